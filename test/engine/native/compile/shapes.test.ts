import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { engineStatuses } from '../../../../src/engine/choose/status.ts'
import { makeGraph } from '../../../../src/engine/native/compile/graph.ts'
import { record } from '../../../../src/engine/native/compile/record.ts'
import { shapeRules } from '../../../../src/engine/native/compile/shapes.ts'
import { loadTensorFlow, type NodeBackend } from '../../../../src/engine/native/load.ts'
import { biasAdd, registerOps, relu } from '../../../../src/engine/ops/register_ops.ts'

const images = (...shape: [number, number, number, number]) => tf.ones(shape) as tf.Tensor4D

/** Each calls operations whose shape has a rule, on sizes that do not come out even. */
const CALLS: Record<string, () => tf.Tensor | tf.Tensor[]> = {}
for (const pad of ['same', 'valid'] as const) {
  for (const strides of [1, 2, [3, 2] as [number, number]]) {
    const name = `${pad}, strides ${strides}`
    const x = () => images(2, 9, 8, 3)
    CALLS[`convolution and its gradients, ${name}`] = () =>
      tf.grads((a, k) => tf.sum(tf.conv2d(a as tf.Tensor4D, k as tf.Tensor4D, strides, pad)))([x(), tf.ones([3, 2, 3, 5])])
    CALLS[`max pool and its gradient, ${name}`] = () => tf.grad((a) => tf.sum(tf.maxPool(a as tf.Tensor4D, [3, 2], strides, pad)))(x())
    CALLS[`average pool and its gradient, ${name}`] = () => tf.grad((a) => tf.sum(tf.avgPool(a as tf.Tensor4D, [3, 2], strides, pad)))(x())
  }
}
for (const pad of ['same', 'valid'] as const)
  CALLS[`depthwise convolution and its gradients, ${pad}`] = () =>
    tf.grads((a, k) => tf.sum(tf.depthwiseConv2d(a as tf.Tensor4D, k as tf.Tensor4D, 2, pad)))([images(2, 9, 8, 3), tf.ones([3, 2, 3, 2])])
CALLS['dilated convolution'] = () => tf.conv2d(images(1, 9, 9, 1), images(3, 3, 1, 2), 1, 'valid', 'NHWC', 2)
CALLS['dilated convolution, same'] = () => tf.conv2d(images(1, 9, 9, 1), images(3, 3, 1, 2), 1, 'same', 'NHWC', 2)
CALLS['padding in numbers'] = () =>
  tf.conv2d(images(1, 5, 5, 1), images(3, 3, 1, 2), 1, [
    [0, 0],
    [1, 2],
    [0, 1],
    [0, 0],
  ])
CALLS['matrix products'] = () =>
  tf.grads((a, b) => tf.sum(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D)))([tf.ones([2, 3]), tf.ones([3, 4])])
CALLS['products of batches'] = () => tf.matMul(tf.ones([5, 2, 3]), tf.ones([5, 4, 3]), false, true)
CALLS['products of one by many'] = () => tf.matMul(tf.ones([1, 2, 3]), tf.ones([5, 3, 4]))
CALLS['bias and ReLU'] = () => tf.grads((a, b) => tf.sum(relu(biasAdd(a, b))))([tf.ones([2, 3, 3, 4]), tf.ones([4])])

CALLS['parts, padded and side by side'] = () => {
  const padded = tf.pad4d(images(2, 3, 4, 5), [
    [0, 0],
    [1, 2],
    [0, 3],
    [0, 0],
  ])
  return tf.concat([tf.slice(padded, [0, 1, 2, 0], [2, 3, 4, 5]), tf.slice(padded, [0, 0, 0, 3], [2, 3, 4, -1])], -1)
}
CALLS['whole numbers side by side'] = () => tf.concat([tf.ones([2, 3], 'int32'), tf.ones([2, 1], 'int32')], 1)

describe.runIf(engineStatuses()[0]?.available)('shapes by rule are those that TensorFlow gives', () => {
  let backend: NodeBackend
  beforeAll(() => {
    const [native] = engineStatuses()
    backend = loadTensorFlow(native && 'binding' in native ? (native.binding ?? '') : '')
    registerOps('tensorflow', 'tensorflow')
  })
  const used = new Set<string>()

  test.each(Object.entries(CALLS))('%s', (_, call) => {
    const shapes = () => tf.tidy(() => [call()].flat().map(({ shape }) => shape))
    const really = shapes()
    const executed: string[] = []
    const byRule = tf.tidy(() => {
      const graph = makeGraph()
      const add: typeof graph.add = (op, ...rest) => {
        executed.push(op)
        return graph.add(op, ...rest)
      }
      return record(backend, { ...graph, add }, shapes)
    })
    expect(byRule).toEqual(really)
    for (const op of executed) used.add(op)
  })

  test('every rule was used', () => {
    for (const op of Object.keys(shapeRules)) expect(used).toContain(op)
  })
})
