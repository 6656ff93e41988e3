import type { ScheduleCosineDecay } from '../../../schema/recipe.ts'
import { halfCosine, passed, type ScheduleRow } from './schedule.ts'

/** (1 − alpha) · (1 + cos(π · t / length)) / 2 + alpha. Source: keras.optimizers.schedules.CosineDecay of Keras 3.15. */
export const cosine_decay: ScheduleRow<ScheduleCosineDecay> = ({ alpha }, moment) => (1 - alpha) * halfCosine(passed(moment)) + alpha
