import type { Schedule } from '../../../schema/recipe.ts'
import { constant } from './constant.ts'
import { cosine_decay } from './cosine_decay.ts'
import { cosine_decay_restarts } from './cosine_decay_restarts.ts'
import { exponential_decay } from './exponential_decay.ts'
import { inverse_time_decay } from './inverse_time_decay.ts'
import { linear_warmup } from './linear_warmup.ts'
import { multi_step_decay } from './multi_step_decay.ts'
import { one_cycle } from './one_cycle.ts'
import { polynomial_decay } from './polynomial_decay.ts'
import type { ScheduleRow } from './schedule.ts'
import { step_decay } from './step_decay.ts'

type Kind = Schedule['kind']

/** Every kind of schedule that a recipe can name. */
export const schedules: { readonly [K in Kind]: ScheduleRow<Extract<Schedule, { kind: K }>> } = {
  constant,
  linear_warmup,
  step_decay,
  multi_step_decay,
  exponential_decay,
  inverse_time_decay,
  polynomial_decay,
  cosine_decay,
  cosine_decay_restarts,
  one_cycle,
}

/** A step of a training: `epoch` and `step` count from 0, the latter in its epoch of `steps`; `epochs` is how many there are at most. */
export type At = { epoch: number; step: number; steps: number; epochs: number }

/**
 * The share of the learning rate that is in force at a step: that of the part that the step falls into; the last part goes on where
 * training does. Nothing is remembered between steps, so that a resumed training goes on as it would have.
 */
export const scheduledShare = (parts: readonly Schedule[], { epoch, step, steps, epochs }: At): number => {
  const now = epoch + step / steps
  let begun = 0
  for (const [index, part] of parts.entries()) {
    const length = part.epochs ?? Math.max(epochs - begun, 1 / steps)
    if (now - begun < length - 1e-9 || index === parts.length - 1) {
      const isStepwise = part.per === 'step'
      const t = isStepwise ? now - begun : Math.max(epoch - begun, 0)
      return (schedules[part.kind] as ScheduleRow<Schedule>)(part, { t, length, unit: isStepwise ? 1 / steps : 1 })
    }
    begun += length
  }
  return 1
}
