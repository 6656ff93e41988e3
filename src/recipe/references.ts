import type { Axis } from './expand.ts'
import type { Found } from './found.ts'
import { didYouMean } from './nearest.ts'
import { child, type Entry, itemsOf, type MapValue, type Value } from './value.ts'

/** Tables, charts and exceptions that name axes or values which the matrix does not have. */
export const referenceProblems = (recipe: MapValue, axes: readonly Axis[]): Found[] => {
  const [tables, charts, exceptions] = ['tables', 'charts', 'exceptions'].map((key) => itemsOf(child(recipe, key)))
  return [
    ...(tables ?? []).flatMap((table) => [...whereProblems(child(table, 'where'), axes), ...tableProblems(table, axes)]),
    ...[...(charts ?? []), ...(exceptions ?? [])].flatMap((shown) => whereProblems(child(shown, 'where'), axes)),
  ]
}

const entries = (map: Value | undefined): [string, Entry][] => (map?.type === 'map' ? [...map.entries] : [])

const axisOf = (axes: readonly Axis[], name: string): Axis | undefined => axes.find((axis) => axis.name === name)

const whereProblems = (where: Value | undefined, axes: readonly Axis[]): Found[] =>
  entries(where).flatMap(([name, { key, value }]) => {
    const axis = axisOf(axes, name)
    if (!axis) return [unknownAxis(name, { origin: key, axes })]
    return value.type === 'scalar' ? nameProblem(axis, value.source, value.origin) : []
  })

const tableProblems = (table: Value, axes: readonly Axis[]): Found[] => {
  const [rows, columns] = ['rows', 'columns'].map((key) => child(table, key))
  const unknown = [rows, columns].flatMap((side) =>
    side?.type === 'scalar' && !axisOf(axes, side.source) ? [unknownAxis(side.source, { origin: side.origin, axes })] : [],
  )
  const rowAxis = rows?.type === 'scalar' ? axisOf(axes, rows.source) : undefined
  const columnAxis = columns?.type === 'scalar' ? axisOf(axes, columns.source) : undefined
  const claims = entries(child(table, 'claimed')).flatMap(([row, { key, value }]) => [
    ...(rowAxis ? nameProblem(rowAxis, row, key) : []),
    ...entries(value).flatMap(([column, cell]) => (columnAxis ? nameProblem(columnAxis, column, cell.key) : [])),
  ])
  return [...unknown, ...claims]
}

const unknownAxis = (name: string, { origin, axes }: { origin: Found['origin']; axes: readonly Axis[] }): Found => {
  const names = axes.map((axis) => axis.name)
  const hint = names.length === 0 ? 'It has none.' : `${didYouMean(name, names)}It has: ${names.join(', ')}.`
  return { code: 'unknown_axis', origin, message: `The matrix has no axis "${name}".`, hint }
}

const nameProblem = (axis: Axis, name: string, origin: Found['origin']): Found[] => {
  const names = axis.values.map((value) => value.name)
  if (names.includes(name)) return []
  const hint = `${didYouMean(name, names)}It has: ${names.join(', ')}.`
  return [{ code: 'unknown_axis_value', origin, message: `The axis "${axis.name}" has no value "${name}".`, hint }]
}
