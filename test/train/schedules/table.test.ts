import { expect, test } from 'vitest'
import type { Schedule } from '../../../schema/recipe.ts'
import { scheduledShare, schedules } from '../../../src/train/schedules/table.ts'
import golden from '../../golden/schedules.json' with { type: 'json' }
import { withDefaults } from '../../schema_defaults.ts'

type Given = { kind: Schedule['kind'] } & Record<string, unknown>
const parts = (...given: Given[]) => given.map((one) => withDefaults<Schedule>('schedule', one))
const { steps, epochs } = golden
const sharesOf = (schedule: readonly Schedule[], trained = epochs) =>
  Array.from({ length: trained * steps }, (_, at) =>
    scheduledShare(schedule, { epoch: Math.floor(at / steps), step: at % steps, steps, epochs: trained }),
  )

test.each(golden.cases.map(({ schedule, shares }) => [JSON.stringify(schedule), schedule as Given[], shares] as const))(
  '%s is what Keras or PyTorch has at every step',
  (_, schedule, shares) => {
    for (const [step, share] of sharesOf(parts(...schedule)).entries()) {
      // Keras computes in float32, and near zero the cosine's own rounding remains.
      expect(Math.abs(share - (shares[step] as number)), `step ${step}`).toBeLessThan(1e-6 * Math.abs(share) + 1e-7)
    }
  },
)

test('every kind is compared, but constant', () => {
  const compared = new Set(golden.cases.flatMap(({ schedule }) => schedule.map(({ kind }) => kind)))
  expect(Object.keys(schedules).filter((kind) => !compared.has(kind))).toEqual(['constant'])
})

test('parts follow one another, each counting from its own beginning; the last one goes on', () => {
  const schedule = parts({ kind: 'constant', factor: 0.5, epochs: 2 }, { kind: 'step_decay', every: 1, epochs: 3 })
  const firsts = sharesOf(schedule).filter((_, at) => at % steps === 0)
  expect(firsts.slice(0, 6).map((share) => Number(share.toPrecision(6)))).toEqual([0.5, 0.5, 1, 0.1, 0.01, 0.001])
})

test('a part may end within an epoch', () => {
  const shares = sharesOf(parts({ kind: 'constant', factor: 0, epochs: 3 / steps }, { kind: 'constant' }))
  expect(shares.slice(0, 5)).toEqual([0, 0, 0, 1, 1])
})

test('a part that training does not reach is no error', () => {
  expect(sharesOf(parts({ kind: 'linear_warmup', epochs: 5 }, { kind: 'cosine_decay' }), 3).at(-1)).toBeCloseTo(20 / 35)
})
