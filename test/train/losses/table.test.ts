import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { Loss } from '../../../schema/recipe.ts'
import { losses, perImageLoss } from '../../../src/train/losses/table.ts'
import { describeBackends, loadBackends } from '../../engine/backends.ts'
import keras3 from '../../golden/losses.json' with { type: 'json' }
import keras24 from '../../golden/losses_keras_2_4.json' with { type: 'json' }
import { relativeDifference } from '../../relative_difference.ts'
import { withDefaults } from '../../schema_defaults.ts'

const ACTIVATIONS = { softmax: tf.softmax, sigmoid: tf.sigmoid, linear: (x: tf.Tensor) => x }
type Activation = keyof typeof ACTIVATIONS
type Case = { activation: Activation; spec: Loss; values: (number | string)[]; gradients: (number | string)[][] }

const cases = Object.entries({ 'keras-3': keras3, 'keras-2.4': keras24 }).flatMap(([semantics, golden]) =>
  (golden.cases as Case[]).map((one) => [`${semantics} ${JSON.stringify(one.spec)} behind ${one.activation}`, one] as const),
)

/** Loss of each image, and the gradients of their sum to the logits, in rows. */
const measured = async ({ activation, spec }: Case) => {
  const values = (logits: tf.Tensor) =>
    perImageLoss(withDefaults<Loss>('loss', { ...spec }), {
      y: tf.tensor2d(keras3.targets),
      logits,
      output: ACTIVATIONS[activation](logits),
      outputActivation: activation,
    })
  const logits = tf.tensor2d(keras3.logits)
  const gradients = tf.grad((x) => tf.sum(values(x)))(logits) as tf.Tensor2D
  return { values: (await values(logits).array()) as number[], gradients: await gradients.array() }
}

/** Within two millionths, relative to the largest number of an image; NaN where Keras has NaN. */
const expectClose = (actual: readonly number[], expected: readonly (number | string)[]) => {
  const numbers = expected.map(Number)
  expect(actual.map(Number.isNaN)).toEqual(numbers.map(Number.isNaN))
  const withoutNaN = (values: readonly number[]) => values.filter((value) => !Number.isNaN(value))
  expect(relativeDifference(withoutNaN(actual), withoutNaN(numbers), 1)).toBeLessThan(2e-6)
}

beforeAll(loadBackends)

describeBackends('losses and gradients as Keras has them', (backend) => {
  beforeAll(() => tf.setBackend(backend))

  test.each(cases)('%s', async (_label, which) => {
    const { values, gradients } = await measured(which)
    for (const [index, value] of which.values.entries()) expectClose([values[index] as number], [value])
    for (const [index, row] of which.gradients.entries()) expectClose(gradients[index] as number[], row)
  })
})

test('every kind is tested', () => {
  expect(new Set(keras3.cases.map(({ spec }) => spec.kind))).toEqual(new Set(Object.keys(losses)))
})

test('an image that is surely wrong keeps its full gradient behind a softmax, and has none in the focal loss', async () => {
  const surelyWrong = 6
  const rowOf = async (kind: Loss['kind']) =>
    (await measured({ activation: 'softmax', spec: withDefaults<Loss>('loss', { kind }), values: [], gradients: [] })).gradients[
      surelyWrong
    ]
  expect(await rowOf('categorical_crossentropy')).toEqual([1, 0, 0, -1])
  expect(((await rowOf('categorical_focal_crossentropy')) as number[]).map(Math.abs)).toEqual([0, 0, 0, 0])
})
