import canonicalize from 'canonicalize'
import type { Spec } from '../../schema/recipe.ts'
import { axesOf } from './axes.ts'
import type { RawCell } from './expand.ts'
import type { Found } from './found.ts'
import { isEdit } from './list_edit.ts'
import { entryOf, itemsOf, type MapValue, type Value, valueAt } from './value.ts'

type SpecCell = RawCell & { spec: Spec }

/**
 * Cells that would be one and the same run: a run is named by what it does, so that two cells of one name would be one run in two places of
 * a table.
 */
export const sameCells = (whole: MapValue, cells: readonly SpecCell[]): Found[] => {
  const first = new Map<string, SpecCell>()
  const reported = new Set<number>()
  return alike(cells).flatMap((cell) => {
    const key = canonicalize(cell.spec) as string
    const before = first.get(key)
    if (!before) first.set(key, cell)
    if (!before || JSON.stringify(before.cell) === JSON.stringify(cell.cell)) return []
    const found = sameCell(whole, before, cell)
    // Once for a value of an axis, whatever it is combined with.
    if (reported.has(found.origin.start)) return []
    reported.add(found.origin.start)
    return [found]
  })
}

/** Only specs of the same length can be equal; most differ in that already. */
const alike = (cells: readonly SpecCell[]): SpecCell[] => {
  const lengths = cells.map(({ spec }) => JSON.stringify(spec).length)
  const count = new Map<number, number>()
  for (const length of lengths) count.set(length, (count.get(length) ?? 0) + 1)
  return cells.filter((_, index) => (count.get(lengths[index] ?? 0) ?? 0) > 1)
}

const sameCell = (whole: MapValue, { cell: before }: RawCell, { cell }: RawCell): Found => {
  const name = (names: RawCell['cell']) => `"${Object.values(names).join(' · ')}"`
  const axis = Object.keys(cell).find((one) => cell[one] !== before[one])
  const entry = axis === undefined ? undefined : entryOf(valueAt(whole, ['matrix', axis]), cell[axis] ?? '')
  const message = `The cells ${name(before)} and ${name(cell)} are the same run.`
  const hint = 'Their values differ in nothing, or something that comes later replaces what differs: an exception, the profile, --set.'
  return { code: 'same_cells', isDoubtful: true, origin: entry?.key ?? whole.entries.get('include')?.key ?? whole.origin, message, hint }
}

/** Plain values written in axes, exceptions and inclusions that are in no cell in the end, whatever a profile then replaces. */
export const withoutEffect = (whole: MapValue, cells: readonly SpecCell[]): Found[] => {
  const present = new Set<Value>()
  for (const { own } of cells) for (const { leaf } of leavesOf(own)) present.add(leaf)
  const written = [
    ...axesOf(whole).flatMap(({ values }) => values.map(({ overrides }) => overrides)),
    ...['exceptions', 'include'].flatMap((key) => itemsOf(entryOf(whole, key)?.value)),
  ]
  return written.flatMap(ofSections).flatMap(({ leaf, key }): Found[] => {
    if (present.has(leaf)) return []
    const message = `"${key}" is replaced in every cell: this value has no effect.`
    const hint = 'What comes later wins: the axes in their order, then exceptions.'
    return [{ severity: 'warning', code: 'no_effect', isDoubtful: true, origin: leaf.origin, message, hint }]
  })
}

const NOT_SECTIONS = ['where', 'cell', 'requires']

const ofSections = (overrides: Value) =>
  overrides.type === 'map'
    ? [...overrides.entries].flatMap(([key, { value }]) => (NOT_SECTIONS.includes(key) ? [] : leavesOf(value, key)))
    : []

/** Plain values with their keys; a list of plain values is one. `kind` is left out: the same kind is often written again; so is what is removed. */
const leavesOf = (value: Value, key = ''): { leaf: Value; key: string }[] => {
  if (value.type === 'map') {
    const passed = isEdit(value) ? ['remove'] : ['kind']
    return [...value.entries].flatMap(([name, entry]) => (passed.includes(name) ? [] : leavesOf(entry.value, name)))
  }
  if (value.type === 'list' && value.items.some(({ type }) => type !== 'scalar')) return value.items.flatMap((item) => leavesOf(item, key))
  return [{ leaf: value, key }]
}
