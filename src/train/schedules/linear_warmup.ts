import type { ScheduleLinearWarmup } from '../../../schema/recipe.ts'
import { passed, type ScheduleRow } from './schedule.ts'

/** from + (1 − from) · t / length. Source: the warm-up of keras.optimizers.schedules.CosineDecay (Keras 3.15). */
export const linear_warmup: ScheduleRow<ScheduleLinearWarmup> = ({ from }, moment) => from + (1 - from) * passed(moment)
