import type { ScheduleOneCycle } from '../../../schema/recipe.ts'
import { halfCosine, type ScheduleRow } from './schedule.ts'

/**
 * From 1 / div_factor up to 1 at the last step of the first `pct_start`, then down to 1 / (div_factor · final_div_factor) at the very last step.
 * Source: torch.optim.lr_scheduler.OneCycleLR (PyTorch 2.15) with cosines in two phases; Smith 2018, A disciplined approach.
 */
export const one_cycle: ScheduleRow<ScheduleOneCycle> = ({ pct_start, div_factor, final_div_factor }, { t, length, unit }) => {
  const first = 1 / div_factor
  const [top, end] = [Math.max(pct_start * length - unit, 0), length - unit]
  if (t < top) return between(first, 1, t / top)
  return between(1, first / final_div_factor, end > top ? Math.min((t - top) / (end - top), 1) : 0)
}

const between = (from: number, to: number, share: number): number => to + (from - to) * halfCosine(share)
