import os from 'node:os'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { execaNode } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadWasm } from '../../../src/engine/wasm/load.ts'
import { threadedBackend } from '../../../src/engine/wasm/threads.ts'

const wave = (shape: [number, number, number, number]): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => Math.sin(at)),
    shape,
  )

describe.skipIf(os.availableParallelism() === 1)('on more than one core', () => {
  let threads: number
  beforeAll(async () => {
    threads = await loadWasm()
  })

  test('as many are used, eight at most', () => expect(threads).toBe(Math.min(os.availableParallelism(), 8)))

  test('the results are those of one core, bit for bit', async () => {
    const convolved = () => tf.tidy(() => tf.conv2d(wave([3, 17, 13, 5]), wave([3, 3, 5, 7]), 1, 'same')).data()
    const several = await convolved()
    const one = await threadedBackend(1)
    tf.registerBackend('wasm-1', () => one.backend)
    for (const kernel of tf.getKernelsForBackend('wasm')) tf.registerKernel({ ...kernel, backendName: 'wasm-1' })
    await tf.setBackend('wasm-1')
    expect(one.threads).toBe(1)
    expect(await convolved()).toEqual(several)
    await tf.setBackend('wasm')
  })

  test('they do not keep a process from ending', async () => {
    const child = fileURLToPath(new URL('./load_child.ts', import.meta.url))
    const { exitCode, stdout } = await execaNode(child, {
      nodeOptions: ['--import', import.meta.resolve('tsx')],
      timeout: 300_000,
      reject: false,
    })
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: String(4 * 32 * 32 * 8 * 8) })
  })
})
