import type { ScheduleInverseTimeDecay } from '../../../schema/recipe.ts'
import { type ScheduleRow, timesPassed } from './schedule.ts'

/** 1 / (1 + decay_rate · t / decay_epochs). Source: keras.optimizers.schedules.InverseTimeDecay of Keras 3.15. */
export const inverse_time_decay: ScheduleRow<ScheduleInverseTimeDecay> = ({ decay_rate, decay_epochs, staircase }, { t }) =>
  1 / (1 + decay_rate * (staircase ? timesPassed(t, decay_epochs) : t / decay_epochs))
