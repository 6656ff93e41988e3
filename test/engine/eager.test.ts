import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { eagerProgram } from '../../src/engine/eager.ts'
import type { FunctionSpec, State } from '../../src/engine/engine.ts'
import { backends, loadBackends } from './backends.ts'

const t = (tensors: Record<string, tf.Tensor>, name: string) => tensors[name] as tf.Tensor

const state = (): State => ({
  a: { shape: [2], values: new Float32Array([1, 2]) },
  b: { shape: [2], values: new Float32Array([10, 20]) },
})

const functions: Record<string, FunctionSpec> = {
  step: {
    inputs: { x: { shape: [2], dtype: 'float32' } },
    run: (inputs, s) => ({
      outputs: { sum: tf.sum(tf.add(t(inputs, 'x'), t(s, 'a'))), a: t(s, 'a') },
      updates: [{ pure: () => ({ a: tf.add(t(s, 'a'), t(inputs, 'x')) }) }, { pure: () => ({ b: t(s, 'a') }) }],
    }),
  },
  pair: { inputs: { n: { shape: [], dtype: 'int32' } }, run: ({ n }) => ({ outputs: { n: n as tf.Tensor, twice: n as tf.Tensor } }) },
}

beforeAll(loadBackends)

describe.each(backends.filter((backend) => backend !== 'wasm'))('on %s', (backend) => {
  beforeAll(() => tf.setBackend(backend))

  test('updates are computed from the old state and in force for the next call', async () => {
    const program = eagerProgram(functions, state())
    expect(await program.call('step', { x: new Float32Array([1, 1]) })).toEqual({
      sum: new Float32Array([5]),
      a: new Float32Array([1, 2]),
    })
    expect(await program.read()).toEqual({ a: new Float32Array([2, 3]), b: new Float32Array([1, 2]) })
    expect((await program.call('step', { x: new Float32Array([0, 0]) })).sum).toEqual(new Float32Array([5]))
    program.dispose()
  })

  test('what is written is what is read, and a part not named stays', async () => {
    const program = eagerProgram(functions, state())
    await program.write({ b: new Float32Array([7, 8]) })
    expect(await program.read()).toEqual({ a: new Float32Array([1, 2]), b: new Float32Array([7, 8]) })
    program.dispose()
  })

  test('integers come back as float32', async () => {
    const program = eagerProgram(functions, state())
    expect(await program.call('pair', { n: new Int32Array([3]) })).toEqual({ n: new Float32Array([3]), twice: new Float32Array([3]) })
    program.dispose()
  })

  test('nothing is left behind', async () => {
    const before = tf.memory().numTensors
    const program = eagerProgram(functions, state())
    for (let step = 0; step < 20; step++) await program.call('step', { x: new Float32Array([1, step]) })
    expect(tf.memory().numTensors).toBe(before + 2)
    program.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('a missing input, a wrong size, an unknown function or part is refused by name', async () => {
    const program = eagerProgram(functions, state())
    await expect(program.call('step', {})).rejects.toThrow('function step was not given its input x')
    await expect(program.call('step', { x: new Float32Array(3) })).rejects.toThrow('input x has 3 values, not the 2 of [2]')
    await expect(program.call('stp', {})).rejects.toThrow('no function stp')
    await expect(program.write({ c: new Float32Array(1) })).rejects.toThrow('the state has no c')
    program.dispose()
  })
})
