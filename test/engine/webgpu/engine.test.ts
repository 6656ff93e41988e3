import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Engine, FunctionSpec, State } from '../../../src/engine/engine.ts'
import { openWebgpu } from '../../../src/engine/webgpu/engine.ts'
import { noDevice, onDevice } from './device.ts'

const SIZE = 24

/** A step of gradient descent of a small convolution. */
const step: FunctionSpec = {
  inputs: { x: { shape: [2, SIZE, SIZE, 3], dtype: 'float32' } },
  run: ({ x }, { w }) => {
    const loss = (kernel: tf.Tensor) =>
      tf.mean(tf.square(tf.maxPool(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'), 2, 2, 'valid'))) as tf.Scalar
    const { value, grad } = tf.valueAndGrad(loss)(w as tf.Tensor)
    return { outputs: { loss: value }, updates: [{ pure: () => ({ w: tf.sub(w as tf.Tensor, tf.mul(grad, 0.01)) }) }] }
  },
}
const state = (): State => ({ w: { shape: [3, 3, 3, 8], values: Float32Array.from({ length: 216 }, (_, at) => Math.sin(at)) } })
const x = Float32Array.from({ length: 2 * SIZE * SIZE * 3 }, (_, at) => Math.cos(at))

/** Of the backend's buffers: bytes that tensors use, and all that it holds. */
const memory = () => {
  const { numBytesInGPU, numBytesAllocatedInGPU, numTensors } = tf.memory() as tf.MemoryInfo & Record<string, number>
  return { numBytesInGPU, numBytesAllocatedInGPU, numTensors }
}

describe.skipIf(noDevice)(onDevice('webgpu'), () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openWebgpu({ software: true })
  })

  test('names its device', () => {
    expect(engine).toMatchObject({ name: 'webgpu', mode: 'eager', tensorflow: null, device: expect.stringMatching(/\w/) })
  })

  test('a step learns, and leaves no buffer behind', async () => {
    const program = await engine.load({ step }, state())
    const losses: number[] = []
    const run = async () => losses.push((await program.call('step', { x: x.slice() })).loss?.[0] as number)
    for (let warmUp = 0; warmUp < 5; warmUp++) await run()
    const before = memory()
    for (let steps = 0; steps < 50; steps++) await run()
    expect(memory()).toEqual(before)
    expect(losses.at(-1)).toBeLessThan(losses[0] as number)
    const rest = tf.memory().numTensors
    program.dispose()
    expect(tf.memory().numTensors).toBe(rest - 1)
  })

  test('what is written is what is read', async () => {
    const program = await engine.load({ step }, state())
    await program.write({ w: new Float32Array(216).fill(0.5) })
    expect((await program.read()).w).toEqual(new Float32Array(216).fill(0.5))
    program.dispose()
  })

  test('an error that the device tells of later ends the training', async () => {
    const impossible: FunctionSpec = {
      inputs: {},
      run: () => {
        const { device } = tf.backend() as unknown as { device: GPUDevice }
        device.createBuffer({ size: 16, usage: 0xffff })
        return { outputs: { one: tf.scalar(1) } }
      },
    }
    const program = await engine.load({ step, impossible }, state())
    await expect(program.call('impossible', {})).rejects.toThrow(/^WebGPU failed: Value 65535 is invalid/)
    await expect(program.call('step', { x })).rejects.toThrow(/^WebGPU failed: /)
    await expect(program.read()).rejects.toThrow(/^WebGPU failed: /)
  })
})
