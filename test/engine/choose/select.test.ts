import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openEngine } from '../../../src/engine/choose/select.ts'
import { engineStatuses } from '../../../src/engine/choose/status.ts'
import type { Engine, FunctionSpec } from '../../../src/engine/engine.ts'
import { relu } from '../../../src/engine/ops/register_ops.ts'
import { relativeDifference } from '../../relative_difference.ts'
import { noDevice, onDevice } from '../webgpu/device.ts'

afterEach(() => vi.unstubAllEnvs())

const hasNative = engineStatuses()[0]?.available

/** One step of gradient descent on mean relu(x·w)². */
const descend: FunctionSpec = {
  inputs: { x: { shape: [2, 3], dtype: 'float32' } },
  run: ({ x }, { w }) => {
    const loss = (weights: tf.Tensor) => tf.mean(tf.square(relu(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D)))) as tf.Scalar
    const { value, grad } = tf.valueAndGrad(loss)(w as tf.Tensor)
    return { outputs: { loss: value }, updates: [{ pure: () => ({ w: tf.sub(w as tf.Tensor, tf.mul(grad, 0.1)) }) }] }
  },
}

const losses = async (engine: Engine): Promise<number[]> => {
  const program = await engine.load({ descend }, { w: { shape: [3, 2], values: Float32Array.of(0.5, -0.2, 0.3, 0.8, -0.6, 0.1) } })
  const step = async () => (await program.call('descend', { x: Float32Array.of(1, 2, 3, -1, 0.5, 2) })).loss?.[0] as number
  const values = [await step(), await step(), await step()]
  program.dispose()
  return values
}

describe('an engine that is required', () => {
  test('wasm trains', async () => {
    const engine = await openEngine({ engine: 'wasm' })
    expect(engine).toMatchObject({ name: 'wasm', gpu: false, tensorflow: null, missing: [] })
    const [first, second, third] = (await losses(engine)) as [number, number, number]
    expect(relativeDifference([first], [(1.7 ** 2 + 0.8 ** 2) / 4])).toBeLessThan(1e-6)
    expect(second).toBeLessThan(first)
    expect(third).toBeLessThan(second)
  })

  test.runIf(hasNative)('native gives the same losses', async () => {
    const wasm = await losses(await openEngine({ engine: 'wasm' }))
    const engine = await openEngine({ engine: 'native' })
    expect(engine).toMatchObject({ name: 'native', tensorflow: expect.stringMatching(/^2\./) })
    expect(relativeDifference(await losses(engine), wasm)).toBeLessThan(1e-5)
  })

  test.runIf(hasNative)('native is so again after another one was', async () => {
    const first = await losses(await openEngine({ engine: 'native' }))
    await openEngine({ engine: 'wasm' })
    expect(await losses(await openEngine({ engine: 'native' }))).toEqual(first)
    expect(tf.getBackend()).toBe('tensorflow')
  })

  test.skipIf(noDevice)(onDevice('webgpu gives the same losses, on a software device too'), async () => {
    const wasm = await losses(await openEngine({ engine: 'wasm' }))
    const engine = await openEngine({ engine: 'webgpu' })
    expect(engine).toMatchObject({ name: 'webgpu', mode: 'eager', missing: [] })
    expect(relativeDifference(await losses(engine), wasm)).toBeLessThan(1e-5)
  })

  test('one that cannot be had says why', async () => {
    vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json')
    await expect(openEngine({ engine: 'webgpu' })).rejects.toMatchObject({
      exitStatus: 1,
      message: 'The webgpu engine cannot be used: no Vulkan driver was found.',
      problems: [{ code: 'engine_unavailable', hint: expect.stringMatching(/^Install the Vulkan driver/) }],
    })
  })
})
