import { merge, pick } from './merge.ts'
import { SECTIONS } from './schema_check.ts'
import { entryOf, itemsOf, type MapValue, type Value } from './value.ts'

/** One combination of the matrix, before it is checked. */
export type RawCell = { cell: Readonly<Record<string, string>>; value: MapValue }

export type Axis = { name: string; values: readonly { name: string; overrides: MapValue }[] }

/** The axes in the order of the file. What is not a map is left out: the frame's check has told of it. */
export const axesOf = (recipe: MapValue): Axis[] => {
  const matrix = entryOf(recipe, 'matrix')?.value
  if (matrix?.type !== 'map') return []
  return [...matrix.entries].flatMap(([name, { value }]) => {
    const values =
      value.type === 'map'
        ? [...value.entries].flatMap(([key, entry]) => (isMap(entry.value) ? [{ name: key, overrides: entry.value }] : []))
        : []
    return values.length > 0 ? [{ name, values }] : []
  })
}

const isMap = (value: Value): value is MapValue => value.type === 'map'

const sections = (map: MapValue): MapValue => pick(map, (key) => SECTIONS.includes(key))

/** Every combination of the axes, the first axis slowest: base, then each axis' overrides in turn, then exceptions, then the profile's values. */
export const expand = (recipe: MapValue, axes: readonly Axis[], profile: MapValue | undefined): RawCell[] => {
  const base: RawCell[] = [{ cell: {}, value: sections(recipe) }]
  const cells = axes.reduce(
    (before, axis) =>
      before.flatMap(({ cell, value }) =>
        axis.values.map(({ name, overrides }) => ({ cell: { ...cell, [axis.name]: name }, value: override(value, overrides) })),
      ),
    base,
  )
  const exceptions = itemsOf(entryOf(recipe, 'exceptions')?.value).filter(isMap)
  return cells.map(({ cell, value }) => {
    const over = [...exceptions.filter((exception) => matches(cell, entryOf(exception, 'where')?.value)), ...(profile ? [profile] : [])]
    return { cell, value: over.reduce(override, value) }
  })
}

const override = (value: MapValue, over: MapValue): MapValue => merge(value, sections(over)) as MapValue

const matches = (cell: RawCell['cell'], where: Value | undefined): boolean =>
  where?.type === 'map' && [...where.entries].every(([axis, { value }]) => value.type === 'scalar' && cell[axis] === value.source)
