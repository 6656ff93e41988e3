import type { Recipe as RecipeFile, Spec, Where } from '../../schema/recipe.ts'
import { compose } from './compose.ts'
import { type Axis, axesOf, expand, type RawCell } from './expand.ts'
import { type Found, problemsOf } from './found.ts'
import { merge, pick } from './merge.ts'
import { chooseProfile, profilesOf } from './profile.ts'
import type { Cell, Loaded, LoadOptions, Recipe } from './recipe.ts'
import { referenceProblems } from './references.ts'
import { checkSchema, SECTIONS } from './schema_check.ts'
import { schemaProblems } from './schema_problem.ts'
import { applySet, parseSet, type SetArgument } from './set_argument.ts'
import { placeOf } from './source_file.ts'
import { type MapValue, originAt, type Path, plain, valueAt } from './value.ts'

const MAX_CELLS = 10_000

/**
 * Reads a recipe: composes it, checks it, expands its matrix, writes the defaults in. All problems at once, each where its value was
 * written; also those of profiles that are not asked for.
 */
export const loadRecipe = async (path: string, options: LoadOptions = {}): Promise<Loaded> => {
  const argument = { file: { name: path, text: '' }, start: 0, end: 0 }
  const composed = await compose(path, argument)
  const sets = (options.set ?? []).map(parseSet)
  const found = [...composed.found, ...sets.flatMap((set) => set.found)]
  if (!composed.value) return { ok: false, problems: problemsOf(found) }
  const arguments_ = sets.flatMap((set) => set.value ?? [])
  const { recipe, found: wrong } = build(path, composed.value, {
    ...options,
    sets: { frame: arguments_.filter((set) => !isOfCell(set)), cell: arguments_.filter(isOfCell) },
  })
  const problems = problemsOf([...found, ...wrong])
  const isRight = problems.every(({ severity }) => severity === 'warning')
  return isRight ? { ok: true, recipe: { ...recipe, warnings: problems } } : { ok: false, problems }
}

type Variant = { whole: MapValue; axes: readonly Axis[]; cells: readonly CheckedCell[]; found: readonly Found[] }
type CheckedCell = RawCell & { spec: Spec; found: readonly Found[] }
type Sets = { frame: readonly SetArgument[]; cell: readonly SetArgument[] }

/** What is said of a section holds for every cell, whatever matrix and profile have; what is said of the rest changes the recipe. */
const isOfCell = ({ path }: SetArgument): boolean => SECTIONS.includes(String(path[0]))

const build = (
  path: string,
  written: MapValue,
  { sets, profile }: LoadOptions & { sets: Sets },
): { recipe: Recipe; found: readonly Found[] } => {
  const { value: recipe, found } = applyAll(written, sets.frame)
  const frame = plain(recipe) as RecipeFile
  const frameFound = schemaProblems(checkSchema('frame', frame), recipe)
  const profiles = profilesOf(recipe)
  const chosen = chooseProfile(recipe, profile)
  const variant = variantOf(recipe, profiles.get(chosen.name ?? ''), sets)
  const others = [...profiles].filter(([name]) => name !== chosen.name).map(([, other]) => variantOf(recipe, other, sets))
  return {
    recipe: recipeOf({ path, chosen: chosen.name, profiles: [...profiles.keys()], variant }),
    found: [...found, ...frameFound, ...chosen.found, ...[variant, ...others].flatMap((one) => one.found)],
  }
}

const applyAll = (root: MapValue, sets: readonly SetArgument[]): { value: MapValue; found: readonly Found[] } =>
  sets.reduce<{ value: MapValue; found: readonly Found[] }>(
    ({ value, found }, set) => {
      const applied = applySet(value, set)
      return { value: applied.value ?? value, found: [...found, ...applied.found] }
    },
    { value: root, found: [] },
  )

/** The recipe in one profile, expanded and checked. */
const variantOf = (recipe: MapValue, profile: MapValue | undefined, sets: Sets): Variant => {
  const over = profile && pick(profile, (key) => key === 'matrix' || key === 'seeds')
  const whole = applyAll(over ? (merge(recipe, over) as MapValue) : recipe, sets.frame).value
  const axes = axesOf(whole)
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > MAX_CELLS) return { whole, axes, cells: [], found: [tooManyCells(whole, count)] }
  const cells = expand(whole, axes, profile).map((cell) => checkCell(cell, sets.cell))
  return { whole, axes, cells, found: [...referenceProblems(whole, axes), ...cellProblems(cells)] }
}

const tooManyCells = (whole: MapValue, count: number): Found => ({
  code: 'too_large',
  origin: whole.entries.get('matrix')?.key ?? whole.origin,
  message: `The matrix has ${count} cells; ${MAX_CELLS} are the most.`,
})

const checkCell = ({ cell, value }: RawCell, sets: readonly SetArgument[]): CheckedCell => {
  const set = applyAll(value, sets)
  const spec = plain(set.value) as Spec
  const found = schemaProblems(checkSchema('spec', spec), set.value)
  return { cell, value: set.value, spec, found: [...set.found, ...found] }
}

/** Of all cells; what is missing in some of them only says in which. */
const cellProblems = (cells: readonly CheckedCell[]): Found[] => {
  const same = (a: Found, b: Found) => a.code === b.code && a.message === b.message && a.origin.start === b.origin.start
  return cells.flatMap(({ cell, found }) =>
    found.map((problem) => {
      const having = cells.filter((other) => other.found.some((one) => same(one, problem)))
      if (problem.code !== 'missing_key' || having.length === cells.length || having[0]?.cell !== cell) return problem
      return {
        ...problem,
        message: `${problem.message} (In ${having.length} of ${cells.length} cells, first in ${Object.values(cell).join(' · ')}.)`,
      }
    }),
  )
}

type Parts = { path: string; chosen: string | null; profiles: readonly string[]; variant: Variant }

const recipeOf = ({ path, chosen, profiles, variant: { whole, axes, cells } }: Parts): Recipe => {
  const frame = plain(whole) as RecipeFile
  checkSchema('frame', frame) // writes the defaults
  const description = chosen === null ? undefined : frame.profiles?.[chosen]?.description
  const origins = new Map<Cell, MapValue>()
  const checked = cells.map(({ cell, spec, value }) => {
    const one = { cell, spec }
    origins.set(one, value)
    return one
  })
  return {
    path,
    about: frame.about,
    profile: chosen === null ? null : { name: chosen, ...(description === undefined ? {} : { description }) },
    profiles,
    axes: axes.map(({ name, values }) => ({ name, values: values.map((value) => value.name) })),
    seeds: frame.seeds,
    cells: checked,
    tables: (frame.tables ?? []).map((table, index) => withNames(table, whole, ['tables', index])),
    charts: (frame.charts ?? []).map((chart, index) => withNames(chart, whole, ['charts', index])),
    warnings: [],
    placeOf: (cell, at) => placeOf(originAt(origins.get(cell) ?? whole, at)),
    writtenAt: (cell, at) => {
      const value = valueAt(origins.get(cell) ?? whole, at)
      return value ? placeOf(value.origin) : null
    },
  }
}

/** `where` by the names of axis values as they are written: `4`, not the number. */
const withNames = <T extends { where?: Where }>(shown: T, whole: MapValue, path: Path): T => {
  const where = valueAt(whole, [...path, 'where'])
  if (where?.type !== 'map') return shown
  const names = [...where.entries].map(([axis, { value }]) => [axis, value.type === 'scalar' ? value.source : ''] as const)
  return { ...shown, where: Object.fromEntries(names) }
}
