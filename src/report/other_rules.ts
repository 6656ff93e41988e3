import type { ComparedCell, ComparedTable, Line } from './compare.ts'
import { countingLine } from './compare.ts'
import { type Interval, newcombeInterval } from './statistics/intervals.ts'

/** What other rules than the study's would say of a claim; null where one cannot be applied. */
export type OtherRules = {
  cell: ComparedCell
  line: Line
  /** The claim lies in the interval of the mean. */
  meanInterval: boolean | null
  /** The claim lies in the interval of one more run. */
  oneMoreRun: boolean | null
  /** Newcombe's interval of the first seed's accuracy less the claim holds 0. */
  newcombe: boolean | null
  /** Place among the table's claims and among its measured numbers, the largest first. */
  rank: { claimed: number; measured: number }
}

/** The verdicts of other rules on every claim that was measured, by the weights that count, so that nobody need trust one rule. Places are taken over all tables of a measure. */
export const otherRules = (tables: readonly ComparedTable[]): OtherRules[] => {
  const claims = tables.flatMap((table) =>
    table.cells.flatMap((cell) => {
      const line = countingLine(cell)
      return line === null || cell.claimed === null ? [] : [{ table, cell, line, claimed: cell.claimed }]
    }),
  )
  return claims.map(({ table, cell, line, claimed }): OtherRules => {
    const rivals = claims.filter((other) => other.table.measure === table.measure)
    return {
      cell,
      line,
      meanInterval: holds(line.spread?.interval, claimed),
      oneMoreRun: holds(line.difference?.oneMore?.interval, 0),
      newcombe: newcombeOf(line, claimed, table),
      rank: {
        claimed: placeOf(
          claimed,
          rivals.map((other) => other.claimed),
        ),
        measured: placeOf(
          line.sample.mean,
          rivals.map((other) => other.line.sample.mean),
        ),
      },
    }
  })
}

const holds = (interval: Interval | undefined, value: number): boolean | null =>
  interval === undefined ? null : interval[0] <= value && value <= interval[1]

const newcombeOf = ({ sample }: Line, claimed: number, { measure, rule }: ComparedTable): boolean | null => {
  const [first] = sample.seeds
  const { images } = sample
  if (first === undefined || measure.scale !== 'share' || images === 0) return null
  return holds(newcombeInterval({ share: first.value, images }, { share: claimed, images }, rule.confidence), 0)
}

/** 1 + how many are larger: equal numbers share a place. */
const placeOf = (value: number, all: readonly number[]): number => 1 + all.filter((other) => other > value).length
