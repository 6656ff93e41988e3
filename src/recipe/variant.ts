import type { Spec } from '../../schema/recipe.ts'
import { advice } from './advice.ts'
import { axesOf } from './axes.ts'
import type { Axis } from './axis.ts'
import { writtenOut } from './blocks.ts'
import { expand, type RawCell } from './expand.ts'
import type { Found } from './found.ts'
import { mergeMaps, pick } from './merge.ts'
import { pathProblems } from './path_axis.ts'
import { referenceProblems } from './references.ts'
import { sameCells } from './same_cells.ts'
import { checkSchema, SECTIONS } from './schema_check.ts'
import { schemaProblems } from './schema_problem.ts'
import { applySets, isOfCell, type SetArgument, sectionOf } from './set_argument.ts'
import { type MapValue, plain, valueAt } from './value.ts'

/** A recipe in one profile: the whole tree, its axes, its cells with every default written in, and all that is wrong with them. */
export type Variant = { whole: MapValue; axes: readonly Axis[]; cells: readonly CheckedCell[]; found: readonly Found[] }
type CheckedCell = RawCell & { spec: Spec; found: readonly Found[] }

/** What the command line assigns, and the axes that it adds. */
export type Arguments = { sets: readonly SetArgument[]; sweeps: readonly Axis[] }

/** What a profile changes of the recipe itself; the rest of it goes on top of every cell. */
const OF_THE_RECIPE = ['matrix', 'seeds', 'exclude']

/**
 * A recipe in one profile, expanded and checked.
 * @param recipe with the assignments to anything but sections made
 */
export const variantOf = (recipe: MapValue, profile: MapValue | undefined, { sets, sweeps }: Arguments): Variant => {
  const merging: Found[] = []
  const over = profile && pick(profile, (key) => OF_THE_RECIPE.includes(key))
  const merged = over ? mergeMaps(recipe, over, (problem) => merging.push(problem)) : recipe
  // What the profile has replaced is assigned again: an assignment wins over a profile.
  const again = sets.filter((set) => over?.entries.has(sectionOf(set)))
  const { value: whole, found: setting } = applySets(merged, again)
  const axes = withSweeps(axesOf(whole), sweeps)
  const { cells, found } = expand(whole, axes, profile)
  const checked = cells.map((cell) => checkCell(cell, sets.filter(isOfCell)))
  const problems = [...baseProblems(whole), ...cellProblems(whole, checked)]
  return {
    whole,
    axes,
    cells: checked,
    found: [...merging, ...setting, ...found, ...pathProblems(axes, whole), ...referenceProblems(whole, axes, cells), ...problems],
  }
}

/** An axis of the command line replaces the recipe's of its name, or is the last. */
const withSweeps = (axes: readonly Axis[], sweeps: readonly Axis[]): Axis[] => [
  ...axes.map((axis) => sweeps.find(({ name }) => name === axis.name) ?? axis),
  ...sweeps.filter(({ name }) => !axes.some((axis) => axis.name === name)),
]

const checkCell = (cell: RawCell, sets: readonly SetArgument[]): CheckedCell => {
  const { value: written, found: setting } = applySets(cell.value, sets)
  const { value, found: ofBlocks } = writtenOut(written)
  const spec = plain(value) as Spec
  const wrong = withoutConsequences(schemaProblems(checkSchema('spec', spec), value), written, ofBlocks)
  const all = [...setting, ...ofBlocks, ...wrong]
  return { ...cell, value, spec, found: all.length > 0 ? all : advice(spec, value) }
}

/** Where something is wrong with blocks, what is wrong in their layers may only follow from it. */
const withoutConsequences = (found: readonly Found[], cell: MapValue, ofBlocks: readonly Found[]): readonly Found[] => {
  const blocks = valueAt(cell, ['model', 'blocks'])?.origin
  if (!blocks || ofBlocks.length === 0) return found
  return found.filter(({ origin: { file, start } }) => file !== blocks.file || start < blocks.start || start >= blocks.end)
}

/** What the recipe's own sections say, also where every cell has something else; what they lack, the cells may have. */
const baseProblems = (whole: MapValue): Found[] => {
  const written = pick(whole, (key) => SECTIONS.includes(key))
  const { value: base, found } = writtenOut(written)
  return withoutConsequences(schemaProblems(checkSchema('spec', plain(base)), base), written, found).filter(
    ({ code }) => code !== 'missing_key',
  )
}

/** Of all cells; what is missing in some of them only says in which. */
const cellProblems = (whole: MapValue, cells: readonly CheckedCell[]): Found[] => {
  const keyOf = ({ code, message, origin }: Found) => JSON.stringify([code, message, origin.file.name, origin.start])
  const count = new Map<string, number>()
  for (const { found } of cells) for (const key of new Set(found.map(keyOf))) count.set(key, (count.get(key) ?? 0) + 1)
  const reported = new Set<string>()
  const problems = cells.flatMap(({ cell, found }) =>
    found.flatMap((problem): Found[] => {
      const key = keyOf(problem)
      if (reported.has(key)) return []
      reported.add(key)
      const having = count.get(key) ?? 0
      if (problem.code !== 'missing_key' || having === cells.length) return [problem]
      const where = `(In ${having} of ${cells.length} cells, first in ${Object.values(cell).join(' · ')}.)`
      return [{ ...problem, message: `${problem.message} ${where}` }]
    }),
  )
  return [...problems, ...sameCells(whole, cells)]
}
