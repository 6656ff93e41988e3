import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { biasAdd, registerOps, relu } from '../../../src/engine/ops/register_ops.ts'
import { backends, loadBackends } from '../backends.ts'

const X = [-1.5, 2, 0, 3, -0.25, 1, 4, -2, 0.5, 1.25, -3, 2.5]

/** Value and gradients of Σ w·relu(x + bias), whose derivatives are the w of the positive places. */
const measured = () => {
  const x = tf.tensor(X, [1, 2, 2, 3])
  const bias = tf.tensor([0.5, -1, 0.25])
  const weights = tf.tensor(
    X.map((_, index) => index + 1),
    [1, 2, 2, 3],
  )
  const { value, grads } = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(weights, relu(biasAdd(a, b)))) as tf.Scalar)([
    x,
    bias,
  ])
  return { value: value.dataSync()[0], dx: [...(grads[0] as tf.Tensor).dataSync()], dbias: [...(grads[1] as tf.Tensor).dataSync()] }
}

const expected = () => {
  const bias = [0.5, -1, 0.25]
  const sums = X.map((x, index) => x + (bias[index % 3] as number))
  const dx = sums.map((s, index) => (s > 0 ? index + 1 : 0))
  return {
    value: sums.reduce((total, s, index) => total + Math.max(s, 0) * (index + 1), 0),
    dx,
    dbias: [0, 1, 2].map((c) => dx.filter((_, index) => index % 3 === c).reduce((a, b) => a + b, 0)),
  }
}

beforeAll(loadBackends)

describe.each(backends)('on %s', (backend) => {
  test('value and gradients of bias and ReLU', async () => {
    await tf.setBackend(backend)
    expect(measured()).toEqual(expected())
  })

  test('no gradient of a bias that is a constant is computed', async () => {
    await tf.setBackend(backend)
    const { kernelNames } = await tf.profile(() => tf.grad((x: tf.Tensor) => tf.sum(biasAdd(x, tf.tensor([1, 2, 3]))))(tf.ones([2, 3])))
    expect(kernelNames).toContain('BiasAdd')
    expect(kernelNames).not.toContain('BiasAddGrad')
  })
})

test('registering again does nothing', () => {
  const kernel = tf.getKernel('ReluGrad', 'cpu')
  registerOps('cpu', 'composed')
  expect(tf.getKernel('ReluGrad', 'cpu')).toBe(kernel)
})
