import type { Semantics } from '../../../schema/recipe.ts'
import type { Logs } from './callback.ts'

/** A number as JSON can hold it. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity'

type Monitor = { monitor: keyof Logs; mode: 'auto' | 'min' | 'max'; min_delta?: number }

/** −0, which JSON does not have, becomes 0. */
export const toJson = (value: number): JsonNumber => (Number.isFinite(value) ? value + 0 : (String(value) as JsonNumber))

/** What the callback watches, in float32, which every number of Keras' logs is. */
export const monitored = ({ monitor }: Monitor, logs: Logs): number => Math.fround(logs[monitor])

/**
 * Whether `value` betters `best` (null: nothing seen yet) by more than `min_delta`.
 *
 * `keras-3`: the first value always does, NaN too, and after a NaN nothing does; value ∓ min_delta is rounded to float32 before it is
 * compared. `keras-2.4`: the best starts at ±∞, so that a NaN never counts, and the comparison is in float64.
 * Source: `MonitorCallback._is_improvement` of Keras 3.15; the `monitor_op`s of TensorFlow 2.4's callbacks.
 */
export const isImprovement = (
  spec: Monitor,
  value: number,
  { best, semantics }: { best: JsonNumber | null; semantics: Semantics },
): boolean => {
  const lower = lowerIsBetter(spec)
  const delta = spec.min_delta ?? 0
  const shifted = lower ? value + delta : value - delta
  if (best === null && semantics === 'keras-3') return true
  const reference = best === null ? (lower ? Infinity : -Infinity) : Number(best)
  const compared = semantics === 'keras-3' ? Math.fround(shifted) : shifted
  return lower ? compared < reference : compared > reference
}

const lowerIsBetter = ({ monitor, mode }: Monitor): boolean => (mode === 'auto' ? monitor.endsWith('loss') : mode === 'min')
