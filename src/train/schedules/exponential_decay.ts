import type { ScheduleExponentialDecay } from '../../../schema/recipe.ts'
import { type ScheduleRow, timesPassed } from './schedule.ts'

/** decay_rate ^ (t / decay_epochs). Source: keras.optimizers.schedules.ExponentialDecay of Keras 3.15. */
export const exponential_decay: ScheduleRow<ScheduleExponentialDecay> = ({ decay_rate, decay_epochs, staircase }, { t }) =>
  decay_rate ** (staircase ? timesPassed(t, decay_epochs) : t / decay_epochs)
