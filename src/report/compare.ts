import { from, op } from 'arquero'
import type { Table } from '../../schema/recipe.ts'
import { type Cell, labelOf, matches } from './cells.ts'
import type { Obstacle } from './comparability.ts'
import { type Measure, measures, type Weights } from './measures.ts'
import { differenceFromOneMore, type Interval, meanInterval, newcombeInterval, type Proportion, wilsonInterval } from './statistics.ts'
import type { Study } from './study.ts'

/** What a measured number says about a claimed one. `undecided`: there is no interval to judge by, or one that nearly any claim would fit. */
export type Verdict = 'agrees' | 'differs' | 'undecided' | 'not_comparable' | 'no_claim'

/** The runs of a cell under one set of weights. */
export type Line = {
  weights: Weights
  seeds: number
  mean: number
  /** 95 %: Student's t over two or more seeds, Wilson's for one accuracy, null for one loss. */
  interval: Interval | null
  /** Measured minus claimed, with the 95 % interval that the verdict is read from. */
  difference: { value: number; interval: Interval | null } | null
  verdict: Verdict
}

export type ComparedCell = {
  label: string
  claimed: number | null
  /** None where nothing was measured. */
  lines: readonly Line[]
  /** The cell of the study, or null where it has no such cell. */
  cell: Cell | null
  obstacles: readonly Obstacle[]
}

/** A table of the recipe with what was measured. */
export type ComparedTable = { title: string; where: string | null; measure: Measure; cells: readonly ComparedCell[] }

/** An interval that reaches further than this share of the claim to either side cannot show agreement: two seeds easily give ± 9 points. */
const WIDEST_OF_CLAIM = 0.1

type Values = { weights: Weights; values: readonly number[]; mean: number; images: number }

/** The numbers of a cell's seeds by weights, those that the recipe asks for first. */
const measured = (cell: Cell, measure: Measure): Values[] => {
  const order: Weights[] = measure.weights === 'last' ? ['last', 'best'] : ['best', 'last']
  const rows = cell.records.flatMap((record) =>
    order.flatMap((weights) => {
      const value = measure.of(record, weights)
      return value === null ? [] : [{ weights, value, images: measure.images(record) }]
    }),
  )
  if (rows.length === 0) return []
  const grouped = from(rows)
    .groupby('weights')
    .rollup({ values: op.array_agg('value'), mean: op.mean('value'), images: op.min('images') })
    .objects() as Values[]
  return order.flatMap((weights) => grouped.find((group) => group.weights === weights) ?? [])
}

const proportion = (share: number, { images }: Values): Proportion => ({ share, images })

const intervalOf = (group: Values, measure: Measure): Interval | null => {
  if (group.values.length > 1) return meanInterval(group.values)
  return measure.scale === 'share' && group.images > 0 ? wilsonInterval(proportion(group.mean, group)) : null
}

const differenceInterval = (group: Values, claimed: number, measure: Measure): Interval | null => {
  if (group.values.length > 1) return differenceFromOneMore(group.values, claimed)
  if (measure.scale !== 'share' || group.images === 0) return null
  return newcombeInterval(proportion(group.mean, group), proportion(claimed, group))
}

const verdictOf = (difference: Line['difference'], { claimed, obstacles }: Pick<ComparedCell, 'claimed' | 'obstacles'>): Verdict => {
  if (difference === null || claimed === null) return 'no_claim'
  if (obstacles.length > 0) return 'not_comparable'
  if (difference.interval === null) return 'undecided'
  const [low, high] = difference.interval
  if (low > 0 || high < 0) return 'differs'
  return (high - low) / 2 > WIDEST_OF_CLAIM * Math.abs(claimed) ? 'undecided' : 'agrees'
}

const lineOf = (group: Values, measure: Measure, judged: Pick<ComparedCell, 'claimed' | 'obstacles'>): Line => {
  const { claimed } = judged
  const difference = claimed === null ? null : { value: group.mean - claimed, interval: differenceInterval(group, claimed, measure) }
  const { weights, values, mean } = group
  return {
    weights,
    seeds: values.length,
    mean,
    interval: intervalOf(group, measure),
    difference,
    verdict: verdictOf(difference, judged),
  }
}

type Place = { label: string; claimed: number | null; cell: Cell | null }

const comparedCell = ({ label, claimed, cell }: Place, measure: Measure): ComparedCell => {
  const obstacles = cell?.obstacles ?? []
  const lines = cell === null ? [] : measured(cell, measure).map((group) => lineOf(group, measure, { claimed, obstacles }))
  return { label, claimed, lines, cell, obstacles }
}

const unique = (items: readonly string[]): string[] => [...new Set(items)]

/** Every row and column of a table with the cells that are there: several where the table leaves an axis open, none where it names no cell. */
const placesOf = (table: Table, study: Pick<Study, 'axes'>, cells: readonly Cell[]): Place[] => {
  const { rows, columns, where = {}, claimed = {} } = table
  const valuesOf = (axis: string) => study.axes.find(({ name }) => name === axis)?.values ?? []
  const rowNames = unique([...valuesOf(rows), ...Object.keys(claimed)])
  const columnNames = unique([...valuesOf(columns), ...Object.values(claimed).flatMap((row) => Object.keys(row))])
  return rowNames.flatMap((row) =>
    columnNames.flatMap((column): Place[] => {
      const place = { [rows]: row, [columns]: column }
      const claim = claimed[row]?.[column] ?? null
      const found = cells.filter(({ values }) => matches(values, { ...where, ...place }))
      if (found.length === 0) return claim === null ? [] : [{ label: labelOf(place), claimed: claim, cell: null }]
      return found.map((cell) => {
        const shown = Object.entries(cell.values).filter(([axis]) => !Object.hasOwn(where, axis))
        return { label: labelOf(Object.fromEntries(shown)), claimed: claim, cell }
      })
    }),
  )
}

/** A table's cells in the order of the axes' values, each claim beside what was measured. */
export const compareTable = (table: Table, study: Pick<Study, 'axes'>, cells: readonly Cell[]): ComparedTable => {
  const measure = measures[table.value]
  const where = table.where && Object.keys(table.where).length > 0 ? labelOf(table.where) : null
  return { title: table.title, where, measure, cells: placesOf(table, study, cells).map((place) => comparedCell(place, measure)) }
}

/** What stands in for the tables of a recipe that has none: every cell's test accuracy, without claims. */
const measuredTable = (cells: readonly Cell[]): ComparedTable => {
  const measure = measures.test_accuracy
  return {
    title: 'Results',
    where: null,
    measure,
    cells: cells.map((cell) => comparedCell({ label: cell.label, claimed: null, cell }, measure)),
  }
}

/** The recipe's tables, or the stand-in. */
export const comparedTables = (study: Pick<Study, 'axes' | 'tables'>, cells: readonly Cell[]): ComparedTable[] =>
  study.tables.length === 0 ? [measuredTable(cells)] : study.tables.map((table) => compareTable(table, study, cells))

/** Whether the paper says anything about a table's cells. */
export const hasClaims = ({ cells }: ComparedTable): boolean => cells.some(({ claimed }) => claimed !== null)

/** Verdicts under one set of weights. */
export type Tally = { weights: Weights; agree: number; differ: number; claims: number }

/** How many claims agree and differ under each set of weights, of all claims. */
export const tallies = (tables: readonly ComparedTable[]): Tally[] => {
  const cells = tables.flatMap((table) => table.cells).filter(({ claimed }) => claimed !== null)
  return (['last', 'best'] as const).map((weights) => {
    const verdicts = cells.flatMap(({ lines }) => lines.filter((line) => line.weights === weights).map(({ verdict }) => verdict))
    const of = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
    return { weights, agree: of('agrees'), differ: of('differs'), claims: cells.length }
  })
}
