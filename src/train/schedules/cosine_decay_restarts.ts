import type { ScheduleCosineDecayRestarts } from '../../../schema/recipe.ts'
import { halfCosine, type ScheduleRow } from './schedule.ts'

/**
 * Half cosines from m_mulⁿ down to alpha, the n-th of them t_mulⁿ times as long as the first.
 * Source: keras.optimizers.schedules.CosineDecayRestarts of Keras 3.15; Loshchilov & Hutter 2017, SGDR.
 */
export const cosine_decay_restarts: ScheduleRow<ScheduleCosineDecayRestarts> = ({ first_epochs, t_mul, m_mul, alpha }, { t }) => {
  const { number, share } = cosineAt(t / first_epochs, t_mul)
  return (1 - alpha) * m_mul ** number * halfCosine(share) + alpha
}

/** Which of the half cosines a moment is in, from 0, and the share of it that has gone by. `t` is in lengths of the first. */
const cosineAt = (t: number, tMul: number): { number: number; share: number } => {
  // As in `timesPassed`, a little less than whole counts as whole.
  const nearly = t + 1e-9
  if (tMul === 1) return { number: Math.floor(nearly), share: Math.max(t - Math.floor(nearly), 0) }
  const number = Math.floor(Math.log(1 - nearly * (1 - tMul)) / Math.log(tMul))
  const before = (1 - tMul ** number) / (1 - tMul)
  return { number, share: Math.max((t - before) / tMul ** number, 0) }
}
