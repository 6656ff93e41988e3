import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { Optimizer } from '../../../schema/recipe.ts'
import type { Tensors } from '../../../src/engine/engine.ts'
import { accumulateGradients, applyGradients, type GradientStep, slotName } from '../../../src/train/optimizers/apply_gradients.ts'
import { optimizerScalars, optimizerSlots, optimizers, updatesWeights } from '../../../src/train/optimizers/table.ts'
import { describeBackends, loadBackends } from '../../engine/backends.ts'
import keras from '../../golden/optimizer_options.json' with { type: 'json' }
import torch from '../../golden/optimizer_options_torch.json' with { type: 'json' }
import { withDefaults } from '../../schema_defaults.ts'

type Told = { step: number } & Record<string, number | number[]>
type Given = { kind: Optimizer['kind'] } & Record<string, unknown>
const cases = [...keras.cases, ...torch.cases].map(({ spec, steps }) => [JSON.stringify(spec), spec as Given, steps as Told[]] as const)

const SHAPES: Record<string, number[]> = { kernel: [2, 4], bias: [4] }
const PARTS = ['kernel', 'bias'] as const
const nameOf = (part: string) => `layer/${part}`
const tensorOf = (part: string, values: readonly number[]) => tf.tensor([...values], SHAPES[part] as number[])

const startOf = (spec: Optimizer): Tensors =>
  Object.fromEntries(
    PARTS.flatMap((part) => [
      [nameOf(part), tensorOf(part, keras.weights[part])],
      ...Object.entries(optimizerSlots(spec)).map(([slot, value]) => [
        slotName(slot, nameOf(part)),
        tf.fill(SHAPES[part] as number[], value),
      ]),
    ]),
  )

/** The state after a step, numbered from 1. */
const after = (spec: Optimizer, step: number, state: Tensors): Tensors => {
  const scalars = Object.entries(optimizerScalars(spec, step, 'keras-3')).map(([name, value]) => [name, tf.scalar(value)])
  const given: GradientStep = {
    state,
    names: PARTS.map(nameOf),
    gradients: PARTS.map((part) => tensorOf(part, keras.gradients[step - 1]?.[part] as number[])),
    learningRate: tf.scalar(spec.learning_rate),
    scalars: Object.fromEntries(scalars),
    semantics: 'keras-3',
  }
  const updates = (updatesWeights(spec, step) ? applyGradients : accumulateGradients)(spec, given)
  return { ...state, ...Object.assign({}, ...updates.map(({ pure }) => pure())) }
}

/** A told number's name in the state: that of the weight, or of its average. */
const placeOf = (told: string) => (told.startsWith('average/') ? slotName('average', nameOf(told.replace('average/', ''))) : nameOf(told))

const expectNear = async (expected: readonly number[], actual: tf.Tensor | undefined, where: string) => {
  const values = (await actual?.data()) ?? []
  const size = Math.max(...expected.map(Math.abs))
  for (const [index, value] of expected.entries())
    expect(Math.abs(value - (values[index] as number)) / size, `${where}: ${values[index]} for ${value}`).toBeLessThan(1e-6)
}

beforeAll(loadBackends)

describeBackends('25 steps as Keras or PyTorch takes them', (backend) => {
  beforeAll(() => tf.setBackend(backend))

  test.each(cases)('%s', async (_label, given, told) => {
    const spec = withDefaults<Optimizer>('optimizer', given)
    let state = startOf(spec)
    const names = Object.keys(state).sort()
    for (let step = 1; step <= keras.gradients.length; step++) {
      state = after(spec, step, state)
      const { step: _, ...expected } = told.find((one) => one.step === step) ?? { step }
      for (const [part, values] of Object.entries(expected))
        await expectNear(values as number[], state[placeOf(part)], `step ${step}, ${part}`)
    }
    expect(Object.keys(state).sort()).toEqual(names)
  })
})

test('every kind is compared', () => {
  expect(new Set(cases.map(([, { kind }]) => kind))).toEqual(new Set(Object.keys(optimizers)))
})
