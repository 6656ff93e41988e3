import { suggestion } from '../nearest.ts'
import type { Axis, AxisValue } from './axis.ts'
import type { Found } from './found.ts'
import { pathAxis } from './path_axis.ts'
import { renamed } from './renamed.ts'
import { isOfCell, type SetArgument } from './set_argument.ts'
import { type Entry, entryOf, itemsOf, type MapValue, type Value } from './value.ts'

/** What goes on top of a cell. */
export type Override = MapValue | SetArgument
/** One combination: axis name → value name, and what its values override, in order; `swept`: what comes after the profile. */
export type Combination = { cell: Readonly<Record<string, string>>; overrides: readonly Override[]; swept: readonly Override[] }

const EMPTY: ReadonlyMap<string, Entry> = new Map()

/** The axes in the order of the file. What is not a map overrides nothing: the frame's check has reported it. */
export const axesOf = (recipe: MapValue): Axis[] =>
  entriesOf(entryOf(recipe, 'matrix')?.value).flatMap(([name, { key: own, value }]) => {
    if (value.type === 'list') return value.items.length > 0 ? [pathAxis(name, own, value)] : []
    const values = entriesOf(value).map(([key, entry]) => ({
      name: key,
      overrides: isMap(entry.value) ? entry.value : { type: 'map' as const, origin: entry.value.origin, entries: EMPTY },
    }))
    return values.length > 0 ? [{ name, values }] : []
  })

const entriesOf = (value: Value | undefined): [string, Entry][] => (value?.type === 'map' ? [...value.entries] : [])

const isMap = (value: Value): value is MapValue => value.type === 'map'

/** Axes that vary on their own, and those that vary together (`zip`), at the place of the first of them. */
export const groupsOf = (recipe: MapValue, axes: readonly Axis[]): { groups: readonly (readonly Axis[])[]; found: readonly Found[] } => {
  const found: Found[] = []
  const zipped = new Map<string, readonly Axis[]>()
  for (const zip of itemsOf(entryOf(recipe, 'zip')?.value)) {
    const group = zipGroup(zip, axes, found)
    const again = itemsOf(zip).find((item) => item.type === 'scalar' && zipped.has(item.source))
    if (again) found.push({ code: 'repeated', origin: again.origin, message: 'This axis is in another group of "zip" already.' })
    else if (group) for (const { name } of group) zipped.set(name, group)
  }
  const groups = axes.flatMap((axis) => {
    const group = zipped.get(axis.name) ?? [axis]
    return group[0] === axis ? [group] : []
  })
  return { groups, found }
}

const zipGroup = (zip: Value, axes: readonly Axis[], found: Found[]): Axis[] | undefined => {
  const names = itemsOf(zip).flatMap((item) => (item.type === 'scalar' ? [item] : []))
  const unknown = names.filter(({ source }) => !axes.some(({ name }) => name === source))
  found.push(...unknown.map(({ source, origin }) => unknownAxis(source, { origin, axes })))
  if (unknown.length > 0) return undefined
  const group = axes.filter(({ name }) => names.some(({ source }) => source === name))
  if (new Set(group.map(({ values }) => values.length)).size <= 1) return group
  const sizes = group.map(({ name, values }) => `${name} has ${values.length}`).join(', ')
  found.push({ code: 'zip_length', origin: zip.origin, message: `Axes that vary together need as many values each: ${sizes}.` })
  return undefined
}

/** Every combination, the first group slowest; without those that `exclude` names; then those of `include`. */
export const combinations = (recipe: MapValue, axes: readonly Axis[], groups: readonly (readonly Axis[])[]): Combination[] => {
  const choices = groups.reduce<Map<Axis, number>[]>(
    (before, group) =>
      before.flatMap((choice) =>
        (group[0]?.values ?? []).map((_, index) => new Map([...choice, ...group.map((axis) => [axis, index] as const)])),
      ),
    [new Map()],
  )
  const excluded = itemsOf(entryOf(recipe, 'exclude')?.value)
  const product = choices.map((choice) => {
    const values = axes.flatMap((axis) => {
      const value = axis.values[choice.get(axis) ?? 0]
      return value ? [[axis.name, value] as const] : []
    })
    const cell = Object.fromEntries(values.map(([axis, { name }]) => [axis, name]))
    return { cell, ...overridesOf(values.map(([, value]) => value)) }
  })
  const included = itemsOf(entryOf(recipe, 'include')?.value).filter(isMap)
  return [...product.filter(({ cell }) => !excluded.some((where) => matches(cell, where))), ...included.map((one) => inclusion(one, axes))]
}

const overridesOf = (values: readonly AxisValue[]): Omit<Combination, 'cell'> => {
  const isSwept = ({ set }: AxisValue) => set?.written.file.name === '--sweep'
  // A list under a name that is no path changes nothing; it is reported where paths are checked.
  const own = ({ overrides, set }: AxisValue): Override[] => (set === undefined ? [overrides] : isOfCell(set) ? [set] : [])
  return { overrides: values.filter((value) => !isSwept(value)).flatMap(own), swept: values.filter(isSwept).flatMap(own) }
}

const inclusion = (included: MapValue, axes: readonly Axis[]): Combination => {
  const names = entriesOf(entryOf(included, 'cell')?.value).map(([axis, { value }]) => [axis, sourceOf(value)] as const)
  const cell = Object.fromEntries(axes.flatMap(({ name }) => names.filter(([axis]) => axis === name)))
  const known = axes.flatMap(({ name, values }) => values.filter((value) => value.name === cell[name]))
  const { overrides, swept } = overridesOf(known)
  return { cell, overrides: [...overrides, included], swept }
}

const sourceOf = (value: Value): string => (value.type === 'scalar' ? value.source : '')

/** The axes with the names that `include` adds, without those that no cell has. */
export const usedAxes = (axes: readonly Axis[], cells: readonly { cell: Combination['cell'] }[]): { name: string; values: string[] }[] =>
  axes.map(({ name, values }) => {
    const used = new Set(cells.flatMap(({ cell }) => cell[name] ?? []))
    const known = values.map((value) => value.name).filter((value) => used.has(value))
    return { name, values: [...known, ...[...used].filter((value) => !known.includes(value))] }
  })

/** Whether a cell has all that a `where` names. */
export const matches = (cell: Combination['cell'], where: Value | undefined): boolean =>
  where?.type === 'map' && [...where.entries].every(([axis, { value }]) => cell[axis] === sourceOf(value))

export const unknownAxis = (name: string, { origin, axes }: { origin: Found['origin']; axes: readonly { name: string }[] }): Found => {
  const names = axes.map((axis) => axis.name)
  const hint = names.length === 0 ? 'It has none.' : suggestion(name, names, 'It has:')
  return { code: 'unknown_axis', origin, message: `The matrix has no axis "${name}".`, hint, ...renamed(name, names, origin) }
}
