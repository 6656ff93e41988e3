import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { Tensors } from '../../src/engine/engine.ts'
import { areFinite, isScaled, lossScaleState, nextScale, onlyIf, scaleOf } from '../../src/train/loss_scale.ts'
import golden from '../golden/mixed_precision.json' with { type: 'json' }
// The plain backend.
import '@tensorflow/tfjs'

beforeAll(() => tf.setBackend('cpu'))

const fresh = (): Tensors =>
  Object.fromEntries(
    Object.entries(lossScaleState({ type: 'float16', arithmetic: 'native' })).map(([name, { values }]) => [
      name,
      tf.scalar(values[0] as number),
    ]),
  )
const number = (x: tf.Tensor | undefined): number => x?.dataSync()[0] as number

test('only float16 is scaled', () => {
  expect(isScaled({ type: 'float16', arithmetic: 'rounded' })).toBe(true)
  expect(isScaled({ type: 'bfloat16', arithmetic: 'native' })).toBe(false)
  expect(isScaled(null)).toBe(false)
  expect(lossScaleState(null)).toEqual({})
})

test('the factor changes at the steps at which that of Keras does', () => {
  const { not_finite, steps, scales } = golden.loss_scale
  let state = fresh()
  const changes: [number, number][] = []
  for (let step = 0; step < steps; step++) {
    state = tf.tidy(() => nextScale(tf.scalar(!not_finite.includes(step), 'bool'), state))
    const scale = number(scaleOf(state))
    if (changes.at(-1)?.[1] !== scale) changes.push([step, scale])
  }
  expect(changes).toEqual(scales)
  expect(number(state['loss_scale/skipped_steps'])).toBe(not_finite.length)
})

test.each([
  { values: [1, 2], finite: 1 },
  { values: [1, Number.NaN], finite: 0 },
  { values: [Number.NEGATIVE_INFINITY, 2], finite: 0 },
  { values: [3e38, 3e38], finite: 1 },
])('$values are finite: $finite', ({ values, finite }) => {
  expect(number(areFinite([tf.tensor1d([1, 1, 1]), tf.tensor1d(values)]))).toBe(finite)
})

test.each([true, false])('an update takes place where the gradients are finite: %s', (finite) => {
  const state = { w: tf.tensor1d([1, 2]) }
  const { w } = onlyIf(tf.scalar(finite, 'bool'), { pure: () => ({ w: tf.tensor1d([3, Number.NaN]) }) }, state).pure()
  expect([...(w?.dataSync() ?? [])]).toEqual(finite ? [3, Number.NaN] : [1, 2])
})
