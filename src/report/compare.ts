import type { Table } from '../../schema/recipe.ts'
import { type Cell, labelOf, matches } from './cells.ts'
import type { Obstacle } from './comparability.ts'
import { bothWeights, type Measure, measures, type Weights } from './measures.ts'
import { meanSpread, oneMoreRun, type Rule, type Spread, seedsToSettle, type Verdict, verdictOf } from './rule.ts'
import { type Sample, sampleOf, seedDeviation } from './samples.ts'
import { type Interval, wilsonInterval } from './statistics/intervals.ts'
import type { Deviation } from './statistics/pooled_deviation.ts'
import type { ReportedStudy } from './study.ts'

/** The runs of a cell under one set of weights. */
export type Line = {
  sample: Sample
  /** Whether the verdict on the claim is this line's: the other weights are shown beside it. */
  counts: boolean
  /** Where the mean over all seeds lies; null for the loss of single seeds. */
  spread: Spread | null
  /** Measured minus claimed, and where one more run would lie; how many seeds would settle an open verdict, where that is known. */
  difference: { value: number; oneMore: Spread | null; needed: number | null } | null
  verdict: Verdict
}

export type ComparedCell = {
  label: string
  /** Axis values that the table tells its cells apart by. */
  shown: Readonly<Record<string, string>>
  claimed: number | null
  /** Wilson's interval of a claimed accuracy, on as many images as were used here. */
  claimedInterval: Interval | null
  /** Those that count first; none where nothing was measured. */
  lines: readonly Line[]
  /** The cell of the study, or null where it has no such cell. */
  cell: Cell | null
  obstacles: readonly Obstacle[]
}

/** A table of the recipe with what was measured. */
export type ComparedTable = {
  title: string
  where: string | null
  rows: string | null
  columns: string | null
  measure: Measure
  weights: Weights
  rule: Rule
  /** How seeds vary under each set of weights, pooled over the study's cells. */
  deviation: Readonly<Record<Weights, Deviation | null>>
  cells: readonly ComparedCell[]
}

type Asked = Pick<Table, 'value' | 'weights' | 'margin' | 'confidence'>
type Frame = Pick<ComparedTable, 'measure' | 'weights' | 'rule' | 'deviation'> & { cells: readonly Cell[]; validation: Measure | null }
type TableCell = { label: string; shown: Readonly<Record<string, string>>; claimed: number | null; cell: Cell | null }

/** A table's cells in the order of the axes' values, each claim beside what was measured. */
export const compareTable = (table: Table, study: Pick<ReportedStudy, 'axes'>, cells: readonly Cell[]): ComparedTable => {
  const frame = frameOf(table, cells)
  const { title, rows, columns, where = {} } = table
  const fixed = Object.fromEntries(Object.entries(where).filter(([axis]) => axis !== rows && axis !== columns))
  return {
    ...frame,
    title,
    rows,
    columns,
    where: Object.keys(fixed).length > 0 ? labelOf(fixed) : null,
    cells: placesOf(table, study, cells).map((place) => comparedCell(place, frame)),
  }
}

const frameOf = ({ value, weights, margin, confidence }: Asked, cells: readonly Cell[]): Frame => {
  const measure = measures[value]
  const validation = measure.validation === null ? null : measures[measure.validation]
  const deviationOf = (one: Weights) => {
    const samples = cells.flatMap((cell) => sampleOf(cell, measure, one, null) ?? [])
    return seedDeviation(samples, measure)
  }
  return {
    measure,
    weights,
    rule: { margin, confidence },
    deviation: { last: deviationOf('last'), best: deviationOf('best') },
    cells,
    validation,
  }
}

/**
 * Every row and column of a table with the cells that are there: several where the table leaves an axis open, none where it names no cell.
 * A table whose `where` fixes its own row or column axis has that one row or column.
 */
const placesOf = (table: Table, study: Pick<ReportedStudy, 'axes'>, cells: readonly Cell[]): TableCell[] => {
  const { rows, columns, where = {}, claimed = {} } = table
  const namesOf = (axis: string, claims: readonly string[]) => {
    const names = unique([...(study.axes.find(({ name }) => name === axis)?.values ?? []), ...claims])
    return Object.hasOwn(where, axis) ? names.filter((name) => name === String(where[axis])) : names
  }
  const rowNames = namesOf(rows, Object.keys(claimed))
  const columnNames = namesOf(
    columns,
    Object.values(claimed).flatMap((row) => Object.keys(row)),
  )
  return rowNames.flatMap((row) =>
    columnNames.flatMap((column): TableCell[] => {
      const place = { [rows]: row, [columns]: column }
      const claim = claimed[row]?.[column] ?? null
      const found = cells.filter(({ values }) => matches(values, { ...where, ...place }))
      if (found.length === 0) return claim === null ? [] : [{ label: labelOf(place), shown: place, claimed: claim, cell: null }]
      return found.map((cell) => {
        const open = Object.entries(cell.values).filter(([axis]) => !Object.hasOwn(where, axis) && !Object.hasOwn(place, axis))
        const shown = { ...place, ...Object.fromEntries(open) }
        return { label: labelOf(shown), shown, claimed: claim, cell }
      })
    }),
  )
}

const unique = (items: readonly string[]): string[] => [...new Set(items)]

const comparedCell = (place: TableCell, frame: Frame): ComparedCell => {
  const { cell } = place
  const order = [frame.weights, ...bothWeights.filter((one) => one !== frame.weights)]
  const samples = cell === null ? [] : order.flatMap((weights) => sampleOf(cell, frame.measure, weights, frame.validation) ?? [])
  return {
    ...place,
    claimedInterval: claimedIntervalOf(place.claimed, samples, frame),
    lines: samples.map((sample) => lineOf(sample, place, frame)),
    obstacles: cell?.obstacles ?? [],
  }
}

const claimedIntervalOf = (claimed: number | null, samples: readonly Sample[], { measure, rule }: Frame): Interval | null => {
  const images = Math.min(...samples.map((sample) => sample.images))
  if (claimed === null || measure.scale !== 'share' || !Number.isFinite(images) || images === 0) return null
  return wilsonInterval({ share: claimed, images }, rule.confidence)
}

const lineOf = (sample: Sample, { claimed, cell }: TableCell, frame: Frame): Line => {
  const { measure, rule } = frame
  const known = { measure, deviation: frame.deviation[sample.weights] }
  const line = { sample, counts: sample.weights === frame.weights, spread: meanSpread(sample, known, rule.confidence) }
  if (claimed === null) return { ...line, difference: null, verdict: 'no_claim' }
  const oneMore = oneMoreRun(sample, claimed, known, rule.confidence)
  const verdict = (cell?.obstacles.length ?? 0) > 0 ? 'not_comparable' : verdictOf(oneMore, rule)
  const deviation = known.deviation
  const needed = verdict === 'open' ? seedsToSettle(sample, claimed, { deviation, cells: frame.cells.length }, rule) : null
  return { ...line, difference: { value: sample.mean - claimed, oneMore, needed }, verdict }
}

/** The recipe's tables, or the stand-in. */
export const comparedTables = (study: Pick<ReportedStudy, 'axes' | 'tables'>, cells: readonly Cell[]): ComparedTable[] =>
  study.tables.length === 0 ? [measuredTable(cells)] : study.tables.map((table) => compareTable(table, study, cells))

const STAND_IN: Asked = { value: 'test_accuracy', weights: 'last', margin: 0.02, confidence: 0.95 }

/** What stands in for the tables of a recipe that has none: every cell's test accuracy, without claims. */
const measuredTable = (cells: readonly Cell[]): ComparedTable => {
  const frame = frameOf(STAND_IN, cells)
  const places = cells.map((cell) => ({ label: cell.label, shown: cell.values, claimed: null, cell }))
  return { ...frame, title: 'Results', rows: null, columns: null, where: null, cells: places.map((place) => comparedCell(place, frame)) }
}

/** Whether the paper says anything about a table's cells. */
export const hasClaims = ({ cells }: Pick<ComparedTable, 'cells'>): boolean => cells.some(({ claimed }) => claimed !== null)

/** The line that the verdict on a cell's claim is read from. Where the weights that count were not evaluated there is none. */
export const countingLine = ({ lines }: ComparedCell): Line | null => lines.find(({ counts }) => counts) ?? null

/** Verdicts of the weights that count, over all claims. `not_run`: without a number. */
export type Tally = { claims: number; agrees: number; differs: number; open: number; not_comparable: number; not_run: number }

/** How many claims agree, differ and are open, of all claims. */
export const tallyOf = (tables: readonly ComparedTable[]): Tally => {
  const verdicts = tables
    .flatMap(({ cells }) => cells)
    .filter(({ claimed }) => claimed !== null)
    .map((cell) => countingLine(cell)?.verdict ?? 'not_run')
  const of = (verdict: Verdict | 'not_run') => verdicts.filter((one) => one === verdict).length
  return {
    claims: verdicts.length,
    agrees: of('agrees'),
    differs: of('differs'),
    open: of('open'),
    not_comparable: of('not_comparable'),
    not_run: of('not_run'),
  }
}
