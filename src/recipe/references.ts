import { suggestion } from '../nearest.ts'
import { matches, unknownAxis } from './axes.ts'
import type { Axis } from './axis.ts'
import type { RawCell } from './expand.ts'
import type { Found } from './found.ts'
import { renamed } from './renamed.ts'
import { child, type Entry, itemsOf, type MapValue, type Path, type Value, valueAt } from './value.ts'

type Names = { name: string; values: readonly string[] }[]

/** Where tables, charts, exceptions, exclusions and inclusions name axes or values which the matrix does not have, or cells that nothing is left of. */
export const referenceProblems = (recipe: MapValue, axes: readonly Axis[], cells: readonly RawCell[]): Found[] => {
  const own: Names = axes.map(({ name, values }) => ({ name, values: values.map((value) => value.name) }))
  const all: Names = own.map(({ name, values }) => ({
    name,
    values: [...new Set([...values, ...cells.flatMap(({ cell }) => cell[name] ?? [])])],
  }))
  const at = (key: string) => itemsOf(child(recipe, key))
  const isNowhere = (where: Value | undefined) => cells.length > 0 && !cells.some(({ cell }) => matches(cell, where))
  const shown = [...at('tables'), ...at('charts'), ...at('exceptions')].map((one) => child(one, 'where'))
  return onceEach([
    ...at('tables').flatMap((table) => tableProblems(table, all)),
    ...shown.flatMap((where) => {
      const wrong = whereProblems(where, all)
      return wrong.length > 0 || !where || !isNowhere(where) ? wrong : [noCell(where)]
    }),
    ...at('exclude').flatMap((where) => whereProblems(where, own)),
    ...at('include').flatMap((included) => inclusionProblems(included, own, cells)),
  ])
}

/** A name that is wrong in several places is mostly right in all of them, and wrong in the matrix. */
const onceEach = (found: readonly Found[]): Found[] => {
  const same = (a: Found, b: Found) => a.code.startsWith('unknown_axis') && a.message === b.message
  return found.flatMap((problem, index) => {
    if (found.findIndex((other) => same(other, problem)) < index && problem.code.startsWith('unknown_axis')) return []
    const count = found.filter((other) => same(other, problem)).length
    return [count > 1 ? { ...problem, message: `${problem.message} (In ${count} places.)` } : problem]
  })
}

const tableProblems = (table: Value, axes: Names): Found[] => {
  const [rows, columns] = ['rows', 'columns'].map((key) => child(table, key))
  const unknown = [rows, columns].flatMap((side) =>
    side?.type === 'scalar' && !axisOf(axes, side.source) ? [unknownAxis(side.source, { origin: side.origin, axes })] : [],
  )
  const rowAxis = rows?.type === 'scalar' ? axisOf(axes, rows.source) : undefined
  const columnAxis = columns?.type === 'scalar' ? axisOf(axes, columns.source) : undefined
  const claims = entries(child(table, 'claimed')).flatMap(([row, { key, value }]) => [
    ...(rowAxis ? nameProblem(rowAxis, row, key) : []),
    ...entries(value).flatMap(([column, cell]) => [
      ...(columnAxis ? nameProblem(columnAxis, column, cell.key) : []),
      ...claimProblem(table, cell.value),
    ]),
  ])
  return [...unknown, ...claims]
}

const axisOf = (axes: Names, name: string) => axes.find((axis) => axis.name === name)

const entries = (map: Value | undefined): [string, Entry][] => (map?.type === 'map' ? [...map.entries] : [])

const nameProblem = (axis: Names[number], name: string, origin: Found['origin']): Found[] => {
  if (axis.values.includes(name)) return []
  const hint = suggestion(name, axis.values, 'It has:')
  return [
    {
      code: 'unknown_axis_value',
      origin,
      message: `The axis "${axis.name}" has no value "${name}".`,
      hint,
      ...renamed(name, axis.values, origin),
    },
  ]
}

/** Accuracies are fractions. */
const claimProblem = (table: Value, claim: Value): Found[] => {
  const measure = valueAt(table, ['value'] satisfies Path)
  const name = measure?.type === 'scalar' ? measure.source : 'test_accuracy'
  if (!name.endsWith('accuracy') || claim.type !== 'scalar' || typeof claim.value !== 'number') return []
  if (claim.value >= 0 && claim.value <= 1) return []
  const hint =
    claim.value > 1 && claim.value <= 100
      ? {
          hint: `Write ${+(claim.value / 100).toPrecision(12)} for ${claim.source} %.`,
          fixes: [{ at: claim.origin, text: String(+(claim.value / 100).toPrecision(12)) }],
        }
      : undefined
  return [
    {
      code: 'claim_range',
      origin: claim.origin,
      message: `An accuracy is a fraction from 0 to 1, not ${claim.source}.`,
      ...hint,
    },
  ]
}

const whereProblems = (where: Value | undefined, axes: Names): Found[] =>
  entries(where).flatMap(([name, { key, value }]) => {
    const axis = axisOf(axes, name)
    if (!axis) return [unknownAxis(name, { origin: key, axes })]
    return value.type === 'scalar' ? nameProblem(axis, value.source, value.origin) : []
  })

const noCell = (where: Value): Found => ({
  code: 'no_such_cell',
  origin: where.origin,
  message: 'No cell is all of this.',
  hint: 'The combination is excluded, or its axes vary together (zip).',
})

const inclusionProblems = (included: Value, axes: Names, cells: readonly RawCell[]): Found[] => {
  const cell = child(included, 'cell')
  if (cell?.type !== 'map') return []
  const unknown = entries(cell).flatMap(([name, { key }]) => (axisOf(axes, name) ? [] : [unknownAxis(name, { origin: key, axes })]))
  const missing = axes.filter(({ name }) => !cell.entries.has(name)).map(({ name }) => `"${name}"`)
  const isTwice = missing.length === 0 && cells.filter((other) => matches(other.cell, cell)).length > 1
  if (isTwice) return [...unknown, { code: 'repeated', origin: cell.origin, message: 'There is such a cell already.' }]
  if (missing.length === 0) return unknown
  const message = `A cell needs a name for each axis; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`
  return [...unknown, { code: 'missing_key', origin: cell.origin, message }]
}
