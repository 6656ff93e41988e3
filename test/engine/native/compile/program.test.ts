import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openEngine } from '../../../../src/engine/choose/select.ts'
import { engineStatuses } from '../../../../src/engine/choose/status.ts'
import type { Engine, FunctionSpec, State } from '../../../../src/engine/engine.ts'
import { loadTensorFlow } from '../../../../src/engine/native/load.ts'

type Named = Record<string, tf.Tensor>
const at = (tensors: Named, name: string): tf.Tensor => tensors[name] as tf.Tensor
const vector = (...values: number[]) => Float32Array.of(...values)
const state = (): State => ({ a: { shape: [2], values: vector(1, 2) }, 'b, of another name': { shape: [2], values: vector(10, 20) } })
const B = 'b, of another name'
const x: FunctionSpec['inputs'] = { x: { shape: [2], dtype: 'float32' } }

const functions: Record<string, FunctionSpec> = {
  /** Each update and output is of the old state, in whatever order they are listed. */
  swap: {
    inputs: {},
    run: (_, s) => ({ outputs: { a: at(s, 'a') }, updates: [{ pure: () => ({ a: at(s, B) }) }, { pure: () => ({ [B]: at(s, 'a') }) }] }),
  },
  /** a ← a − 0.5·x by TensorFlow's own operation, b ← b + old a by definition. */
  descend: {
    inputs: x,
    run: (i, s) => ({
      outputs: { sum: tf.sum(at(s, 'a')) },
      updates: [
        {
          pure: () => ({ a: tf.sub(at(s, 'a'), tf.mul(at(i, 'x'), 0.5)) }),
          fused: { op: 'ResourceApplyGradientDescent', inputs: ['a', 0.5, at(i, 'x')], attrs: { use_locking: false } },
        },
        { pure: () => ({ [B]: tf.add(at(s, B), at(s, 'a')) }) },
      ],
    }),
  },
  integers: {
    inputs: { n: { shape: [3], dtype: 'int32' } },
    run: ({ n }) => ({
      outputs: { n: n as tf.Tensor, twice: tf.mul(n as tf.Tensor, tf.scalar(2, 'int32')), even: tf.equal(n as tf.Tensor, 2) },
    }),
  },
  nothing: { inputs: x, run: (i) => ({ outputs: {}, updates: [{ pure: () => ({ a: at(i, 'x') }) }] }) },
}

describe.runIf(engineStatuses()[0]?.available)('a compiled program', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ engine: 'native' })
  })
  const load = (given = functions) => engine.load(given, state())
  const binding = () => loadTensorFlow('').binding

  // Where variables keep JavaScript's memory, TensorFlow's threads free it at once and the process ends, mostly within a second.
  test('can be written and run on, again and again', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `w${index}`)
    const of = (value: number) => new Float32Array(64).fill(value)
    const grow: FunctionSpec = {
      inputs: { x: { shape: [64], dtype: 'float32' } },
      run: ({ x }, s) => ({
        outputs: {},
        updates: names.map((name) => ({ pure: () => ({ [name]: tf.add(at(s, name), x as tf.Tensor) }) })),
      }),
    }
    const program = await engine.load({ grow }, Object.fromEntries(names.map((name) => [name, { shape: [64], values: of(0) }])))
    for (let round = 0; round < 4000; round++) {
      await program.write(Object.fromEntries(names.map((name) => [name, of(round)])))
      await program.call('grow', { x: of(1) })
    }
    expect((await program.read()).w7?.every((value) => value === 4000)).toBe(true)
    program.dispose()
  })

  test('is what the native engine makes, unless it is told otherwise', async () => {
    expect(engine.mode).toBe('compiled')
    expect((await load()).uncompiled).toBeUndefined()
    vi.stubEnv('FERMENT_STEP', 'eager')
    expect((await openEngine({ engine: 'native' })).mode).toBe('eager')
    vi.unstubAllEnvs()
  })

  test('computes updates and outputs from the state before the call', async () => {
    const program = await load()
    expect(await program.call('swap', {})).toEqual({ a: vector(1, 2) })
    expect(await program.read()).toEqual({ a: vector(10, 20), [B]: vector(1, 2) })
    expect(await program.call('descend', { x: vector(2, 4) })).toEqual({ sum: vector(30) })
    expect(await program.read()).toEqual({ a: vector(9, 18), [B]: vector(11, 22) })
    program.dispose()
  })

  test('gives integers and truth values as float32', async () => {
    const program = await load()
    const { n, twice, even } = await program.call('integers', { n: Int32Array.of(1, 2, 3) })
    expect([n, twice, even]).toEqual([vector(1, 2, 3), vector(2, 4, 6), vector(0, 1, 0)])
    program.dispose()
  })

  test('updates without any output', async () => {
    const program = await load()
    expect(await program.call('nothing', { x: vector(5, 6) })).toEqual({})
    expect((await program.read()).a).toEqual(vector(5, 6))
    program.dispose()
  })

  test('what is written is what is read, a part not named stays, and the written values are not touched later', async () => {
    const program = await load()
    const written = vector(7, 8)
    await program.write({ a: written })
    expect(await program.read()).toEqual({ a: vector(7, 8), [B]: vector(10, 20) })
    await program.call('descend', { x: vector(2, 2) })
    expect((await program.read()).a).toEqual(vector(6, 7))
    expect(written).toEqual(vector(7, 8))
    await program.write({})
    await expect(program.write({ c: vector(1) })).rejects.toThrow('the state has no c')
    program.dispose()
  })

  test('two programs have states of their own', async () => {
    const [one, other] = [await load(), await load()]
    await one.call('swap', {})
    expect((await other.read()).a).toEqual(vector(1, 2))
    one.dispose()
    expect((await other.call('swap', {})).a).toEqual(vector(1, 2))
    other.dispose()
  })

  test('names what it was not given', async () => {
    const program = await load()
    await expect(program.call('descend', {})).rejects.toThrow('function descend was not given its input x')
    await expect(program.call('ascend', {})).rejects.toThrow('no function ascend was loaded')
    program.dispose()
  })

  test('leaves no tensor and no file behind, however often it is called', async () => {
    // A folder of its own: other processes make and remove graphs in the common one.
    const own = mkdtempSync(join(tmpdir(), 'ferment-program-'))
    vi.stubEnv('TMPDIR', own)
    const folders = () => readdirSync(own)
    const before = { tensors: binding().getNumOfTensors(), numTensors: tf.memory().numTensors, models: binding().getNumOfSavedModels() }
    const now = () => ({
      tensors: binding().getNumOfTensors(),
      numTensors: tf.memory().numTensors,
      models: binding().getNumOfSavedModels(),
    })
    const program = await load()
    expect(now()).toEqual({ ...before, models: before.models + 1 })
    expect(folders()).toEqual([])
    for (let step = 0; step < 50; step++) await program.call('descend', { x: vector(1, step) })
    expect(now()).toEqual({ ...before, models: before.models + 1 })
    program.dispose()
    expect(now()).toEqual(before)
    vi.unstubAllEnvs()
    rmSync(own, { recursive: true })
  })

  test('takes as much memory after 8,000 calls as after 2,000', async () => {
    const size = 4096
    const big: FunctionSpec = {
      inputs: { x: { shape: [size], dtype: 'float32' } },
      run: (i, s) => ({
        outputs: { y: tf.mul(at(i, 'x'), at(s, 'w')) },
        updates: [{ pure: () => ({ w: tf.add(at(s, 'w'), at(i, 'x')) }) }],
      }),
    }
    const program = await engine.load({ big }, { w: { shape: [size], values: new Float32Array(size) } })
    const run = async (times: number) => {
      for (let step = 0; step < times; step++) await program.call('big', { x: new Float32Array(size).fill(step) })
      return process.memoryUsage().rss
    }
    const early = await run(2000)
    // One kept buffer a call would be 6,000 · 16 KiB = 98 MB; garbage may wait for its collector.
    expect((await run(6000)) - early).toBeLessThan(60e6)
    program.dispose()
  })
})

describe.runIf(engineStatuses()[0]?.available)('what cannot be written down runs op by op, and says why', () => {
  const outside = () => tf.keep(tf.neg(tf.tensor1d([-1, -2])))
  test.each([
    {
      why: /reads values while it runs/,
      make: (): FunctionSpec['run'] => (i) => ({ outputs: { y: tf.scalar(tf.sum(at(i, 'x')).dataSync()[0] as number) } }),
    },
    {
      why: /Mul reads a tensor that was made outside of the step/,
      make: (): FunctionSpec['run'] => {
        const kept = outside()
        return (i) => ({ outputs: { y: tf.sum(tf.mul(at(i, 'x'), kept)) } })
      },
    },
  ])('$why', async ({ why, make }) => {
    const engine = await openEngine({ engine: 'native' })
    const program = await engine.load({ f: { inputs: x, run: make() } }, state())
    expect(program.uncompiled).toMatch(why)
    expect((await program.call('f', { x: vector(1, 1) })).y?.[0]).toBeGreaterThan(1)
    program.dispose()
  })

  test('a mistake in the function itself is not hidden', async () => {
    const engine = await openEngine({ engine: 'native' })
    const wrong: FunctionSpec = {
      inputs: x,
      run: (i) => ({ outputs: { y: tf.matMul(at(i, 'x') as tf.Tensor2D, at(i, 'x') as tf.Tensor2D) } }),
    }
    await expect(engine.load({ wrong }, state())).rejects.toThrow(/ndims must be >= 2/)
  })
})
