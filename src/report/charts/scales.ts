import { scale as vegaScale } from 'vega-scale'

type Linear = { (value: number): number; ticks: (n: number) => number[]; domain: { (): number[]; (ends: readonly number[]): Linear } }

/** Free room beside the outermost number, as a share of the range. */
const MARGIN = 0.06
/** The narrowest range that is drawn, as a share of the largest number: less would show nothing but noise. */
const NARROWEST = 0.02

/** Round numbers within a range, about as many as asked for. */
export const ticksOf = (domain: readonly [number, number], n: number): number[] => linear(domain).ticks(n)

const linear = (ends: readonly number[]): Linear => (vegaScale as (kind: string) => () => Linear)('linear')().domain(ends)

/** The range of some numbers with a little room at both ends, within the limits of what they can be. Null where there are none. */
export const extentOf = (values: readonly number[], [least, most]: readonly [number, number]): [number, number] | null => {
  if (values.length === 0) return null
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  const room = Math.max(MARGIN * (high - low), (NARROWEST * Math.max(Math.abs(low), Math.abs(high))) / 2, Number.EPSILON)
  return [Math.max(least, low - room), Math.min(most, high + room)]
}

/** The ground of a margin about 0. */
export const bandOf = (margin: number): { from: number; to: number } => ({ from: -margin, to: margin })
