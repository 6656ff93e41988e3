import { fixed, percent } from './format.ts'
import type { Measure } from './measures.ts'
import type { Over, Verdict } from './rule.ts'
import type { Interval } from './statistics/intervals.ts'

export const verdictNames: Record<Verdict, string> = {
  agrees: 'agrees',
  differs: 'differs',
  open: 'open',
  not_comparable: 'not comparable',
  no_claim: 'no claim',
}

/** A measured or claimed number: `55.75 %`, or a loss. */
export const valueText = (value: number, { scale }: Measure): string => (scale === 'share' ? percent(value) : fixed(value, 4))

/** The two ends of an interval; of shares without the percent sign. */
export const rangeText = ([low, high]: Interval, { scale }: Measure): string =>
  scale === 'share' ? `${fixed(100 * low, 2)} – ${fixed(100 * high, 2)}` : `${fixed(low, 4)} – ${fixed(high, 4)}`

/** What an interval varies over. */
export const overNames: Record<Over, string> = { seeds: 'over seeds', images: 'over test images' }
