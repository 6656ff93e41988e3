import type { Requirement } from '../../schema/recipe.ts'
import { type Combination, combinations, groupsOf, matches, type Override } from './axes.ts'
import type { Axis } from './axis.ts'
import type { Found, Report } from './found.ts'
import { mergeMaps, pick } from './merge.ts'
import { SECTIONS } from './schema_check.ts'
import { applySets } from './set_argument.ts'
import { entryOf, itemsOf, type MapValue, plain } from './value.ts'

/** One cell before it is checked. */
export type RawCell = {
  cell: Combination['cell']
  value: MapValue
  /** Without the profile. */
  own: MapValue
  requires: readonly Requirement[]
}

const MAX_CELLS = 10_000

/**
 * The cells of a recipe: base, then what the values of the axes override, in the order of the axes, then the exceptions that match, then
 * the profile's values. What they require adds up.
 */
export const expand = (
  recipe: MapValue,
  axes: readonly Axis[],
  profile: MapValue | undefined,
): { cells: RawCell[]; found: readonly Found[] } => {
  const { groups, found } = groupsOf(recipe, axes)
  const count = groups.reduce((product, group) => product * (group[0]?.values.length ?? 1), 1)
  if (count > MAX_CELLS) return { cells: [], found: [...found, tooManyCells(recipe, count)] }
  const wrong: Found[] = []
  const base = sections(recipe)
  const exceptions = itemsOf(entryOf(recipe, 'exceptions')?.value)
  const cells = combinations(recipe, axes, groups).map(({ cell, overrides, swept }) => {
    const matching = exceptions.filter((exception): exception is MapValue => matches(cell, entryOf(exception, 'where')?.value))
    const over = [...overrides, ...matching]
    const merged = onTop((problem) => wrong.push(problem))
    const own = over.reduce(merged, base)
    const value = [...(profile ? [profile] : []), ...swept].reduce(merged, own)
    const requires = [recipe, ...over].flatMap((one) => ('path' in one ? [] : requirementsOf(one)))
    return { cell, own: swept.reduce(merged, own), value, requires }
  })
  const none = count > 0 && cells.length === 0 ? [nothingLeft(recipe)] : []
  return { cells, found: [...found, ...none, ...wrong] }
}

const sections = (map: MapValue): MapValue => pick(map, (key) => SECTIONS.includes(key))

const onTop =
  (report: Report) =>
  (value: MapValue, over: Override): MapValue => {
    if (!('path' in over)) return mergeMaps(value, sections(over), report)
    const { value: changed, found } = applySets(value, [over])
    found.forEach(report)
    return changed
  }

const requirementsOf = (map: MapValue): Requirement[] => {
  const requires = entryOf(map, 'requires')?.value
  return requires?.type === 'list' ? (plain(requires) as Requirement[]) : []
}

const tooManyCells = (recipe: MapValue, count: number): Found => ({
  code: 'too_large',
  origin: entryOf(recipe, 'matrix')?.key ?? recipe.origin,
  message: `The matrix has ${count.toLocaleString('en')} cells; ${MAX_CELLS.toLocaleString('en')} are the most.`,
})

const nothingLeft = (recipe: MapValue): Found => ({
  code: 'no_cell_left',
  origin: entryOf(recipe, 'exclude')?.key ?? recipe.origin,
  message: 'Every cell is excluded: nothing is left to run.',
  hint: 'Exclude less: an entry takes out every cell that has all of its values.',
})
