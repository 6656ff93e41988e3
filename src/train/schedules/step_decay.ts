import type { ScheduleStepDecay } from '../../../schema/recipe.ts'
import { type ScheduleRow, timesPassed } from './schedule.ts'

/** factor ^ ⌊t / every⌋. Source: torch.optim.lr_scheduler.StepLR (PyTorch 2.15). */
export const step_decay: ScheduleRow<ScheduleStepDecay> = ({ every, factor }, { t }) => factor ** timesPassed(t, every)
