import type { SchedulePolynomialDecay } from '../../../schema/recipe.ts'
import { passed, type ScheduleRow } from './schedule.ts'

/** (1 − end) · (1 − t / length) ^ power + end. Source: keras.optimizers.schedules.PolynomialDecay of Keras 3.15. */
export const polynomial_decay: ScheduleRow<SchedulePolynomialDecay> = ({ end, power }, moment) =>
  (1 - end) * (1 - passed(moment)) ** power + end
