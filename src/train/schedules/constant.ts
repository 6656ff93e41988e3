import type { ScheduleConstant } from '../../../schema/recipe.ts'
import type { ScheduleRow } from './schedule.ts'

export const constant: ScheduleRow<ScheduleConstant> = ({ factor }) => factor
