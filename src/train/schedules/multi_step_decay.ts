import type { ScheduleMultiStepDecay } from '../../../schema/recipe.ts'
import { type ScheduleRow, timesPassed } from './schedule.ts'

/** factor ^ (milestones that have been reached). Source: torch.optim.lr_scheduler.MultiStepLR (PyTorch 2.15). */
export const multi_step_decay: ScheduleRow<ScheduleMultiStepDecay> = ({ milestones, factor }, { t }) =>
  factor ** milestones.filter((milestone) => timesPassed(t, milestone) > 0).length
