import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { Optimizer, Semantics } from '../../../schema/recipe.ts'
import type { Tensors } from '../../../src/engine/engine.ts'
import { scaleOfMeans } from '../../../src/train/optimizers/adam.ts'
import { optimizerScalars, optimizerSlots, optimizerUpdate } from '../../../src/train/optimizers/table.ts'
import { describeBackends, loadBackends } from '../../engine/backends.ts'
import keras3 from '../../golden/optimizers.json' with { type: 'json' }
import keras24 from '../../golden/optimizers_keras_2_4.json' with { type: 'json' }
import { withDefaults } from '../../schema_defaults.ts'

const specOf = (given: Partial<Optimizer> & { kind: string }) => withDefaults<Optimizer>('optimizer', given as { kind: Optimizer['kind'] })

type Step = { weight: number[]; slots: Record<string, number[]> }
type Case = { semantics: Semantics; spec: Optimizer; given: object; steps: Step[] }
const GOLDEN = { 'keras-3': keras3, 'keras-2.4': keras24 } as const
const cases = Object.entries(GOLDEN).flatMap(([semantics, { cases }]) =>
  cases.map(
    (one) => ({ semantics, spec: specOf(one.spec as Partial<Optimizer> & { kind: string }), given: one.spec, steps: one.steps }) as Case,
  ),
)
const label = ({ semantics, given }: Case) => `${semantics} ${JSON.stringify(given)}`

const SHAPE = [2, 4]
const slotName = (name: string) => `kernel/${name}`
const withTensors = (numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]))
const startOf = (spec: Optimizer): Tensors => ({
  kernel: tf.tensor(keras3.weight, SHAPE),
  ...Object.fromEntries(Object.entries(optimizerSlots(spec)).map(([name, value]) => [slotName(name), tf.fill(SHAPE, value)])),
})

/** The update of one step, numbered from 1, of a state with one weight. */
const updateOf = (spec: Optimizer, semantics: Semantics, step: number, state: Tensors) => {
  const { rate_changes, gradients } = keras3
  const slots = Object.keys(optimizerSlots(spec)).map((name) => [name, { name: slotName(name), value: state[slotName(name)] as tf.Tensor }])
  return optimizerUpdate(spec, {
    weight: { name: 'kernel', value: state.kernel as tf.Tensor },
    slots: Object.fromEntries(slots),
    gradient: tf.tensor(gradients[step - 1] as number[], SHAPE),
    learningRate: tf.scalar(spec.learning_rate * (step < rate_changes.step ? 1 : rate_changes.factor)),
    scalars: withTensors(optimizerScalars(spec, step, semantics)),
    semantics,
  })
}

/** Largest difference from Keras' numbers, relative; float32 keeps seven digits. */
const differenceFrom = async (expected: number[], actual: tf.Tensor | undefined): Promise<number> => {
  const values = (await actual?.data()) ?? []
  expect(values).toHaveLength(expected.length)
  return Math.max(...expected.map((value, index) => Math.abs(value - (values[index] as number)) / (Math.abs(value) + 1e-20)))
}

/** What a slot is times that of Keras: of Adam's means see there. */
const scaleOf = (slot: string, { spec, semantics }: Case): number => {
  if (spec.kind !== 'adam') return 1
  const { m, rootV } = scaleOfMeans(spec, semantics)
  return slot === 'm' ? m : rootV ** 2
}

beforeAll(loadBackends)

describeBackends('six steps as Keras takes them', (backend) => {
  beforeAll(() => tf.setBackend(backend))

  test.each(cases.map((which) => [label(which), which] as const))('%s', async (_label, which) => {
    const { spec, semantics, steps } = which
    let state = startOf(spec)
    for (const [index, expected] of steps.entries()) {
      state = { ...state, ...updateOf(spec, semantics, index + 1, state).pure() }
      expect(Object.keys(state).sort()).toEqual(['kernel', ...Object.keys(expected.slots).map(slotName)].sort())
      expect(await differenceFrom(expected.weight, state.kernel)).toBeLessThan(1e-6)
      for (const [name, values] of Object.entries(expected.slots)) {
        const scaled = values.map((value) => value * scaleOf(name, which))
        // A mean may be the small difference of larger terms.
        expect(await differenceFrom(scaled, state[slotName(name)])).toBeLessThan(2e-6)
      }
    }
  })
})

test('every kind that Keras changed is tested with both semantics; the others are in apply_gradients.test.ts', () => {
  for (const semantics of Object.keys(GOLDEN))
    expect(new Set(cases.filter((one) => one.semantics === semantics).map(({ spec }) => spec.kind))).toEqual(
      new Set(['adam', 'sgd', 'rmsprop', 'adagrad']),
    )
})

test.each(Object.entries(GOLDEN))('%s: powers of β are bit for bit those of Keras', (_semantics, { beta_powers }) => {
  for (const { beta, powers } of beta_powers)
    for (const { step, power } of powers) {
      const powers = optimizerScalars(specOf({ kind: 'adam', beta_1: beta, beta_2: beta }), step, 'keras-3')
      for (const ours of [powers.beta_1_power, powers.beta_2_power]) {
        // TensorFlow has no numbers below 2^-126: it takes zero for them, which is the same to 1 − βᵗ.
        if (power === 0) expect(ours).toBeLessThan(2 ** -126)
        else expect(ours).toBe(power)
      }
    }
})

test.each([
  [{ kind: 'adam' }, 'ResourceApplyAdam', 'ResourceApplyAdam'],
  [{ kind: 'sgd' }, 'ResourceApplyGradientDescent', 'ResourceApplyGradientDescent'],
  [{ kind: 'sgd', momentum: 0.9 }, 'ResourceApplyKerasMomentum', 'ResourceApplyKerasMomentum'],
  [{ kind: 'sgd', momentum: 0.9, nesterov: true }, 'ResourceApplyKerasMomentum', 'ResourceApplyKerasMomentum'],
  [{ kind: 'rmsprop' }, undefined, undefined],
  [{ kind: 'rmsprop', momentum: 0.9 }, 'ResourceApplyRMSProp', 'ResourceApplyRMSProp'],
  [{ kind: 'adagrad' }, undefined, 'ResourceApplyAdagradV2'],
])('%j has the fused operation %s, in keras-2.4 %s; none with weight decay', (given, inKeras3, inKeras24) => {
  const fused = (spec: Optimizer, semantics: Semantics) => updateOf(spec, semantics, 1, startOf(spec)).fused?.op
  const spec = specOf(given as Partial<Optimizer> & { kind: string })
  expect([fused(spec, 'keras-3'), fused(spec, 'keras-2.4')]).toEqual([inKeras3, inKeras24])
  expect(fused({ ...spec, weight_decay: 0.01 }, 'keras-3')).toBeUndefined()
  expect(fused({ ...spec, weight_decay: 0.01 }, 'keras-2.4')).toBeUndefined()
})

test('a fused operation is given what TensorFlow says it takes: variables by name, then tensors and numbers, with every setting', () => {
  const specs = cases.map(({ spec, semantics }) => updateOf(spec, semantics, 1, startOf(spec)).fused)
  const seen = new Set<string>()
  for (const fused of specs) {
    if (!fused) continue
    seen.add(fused.op)
    const definition = keras3.operations.find(({ op }) => op === fused.op)
    expect(fused.inputs.map((input) => typeof input === 'string')).toEqual(definition?.inputs.map(({ variable }) => variable))
    expect(Object.keys(fused.attrs).sort()).toEqual(definition?.settings)
    const gradient = definition?.inputs.findIndex(({ name }) => name === 'grad' || name === 'delta') as number
    expect((fused.inputs[gradient] as tf.Tensor).shape).toEqual(SHAPE)
  }
  expect(seen).toEqual(new Set(keras3.operations.map(({ op }) => op)))
})

test("Keras 2's Adam, the fused operation, has a second moment 1.3e-5 smaller than Keras 3's and the same weights", async () => {
  const [today, fused] = [keras3, keras24].map(({ cases }) => cases.find(({ spec }) => spec.kind === 'adam')?.steps as Step[])
  for (const [index, { weight, slots }] of (today as Step[]).entries()) {
    const other = (fused as Step[])[index] as Step
    expect(await differenceFrom(weight, tf.tensor(other.weight))).toBeLessThan(1e-6)
    for (const [place, v] of (slots.v as number[]).entries())
      if (v > 0) expect(1 - (other.slots.v?.[place] as number) / v).toBeCloseTo(1.3e-5, 6)
  }
})
