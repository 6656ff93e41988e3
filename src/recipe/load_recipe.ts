import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import type { Recipe as RecipeFile } from '../../schema/recipe.ts'
import { nearest } from '../nearest.ts'
import { usedAxes } from './axes.ts'
import { compose } from './compose.ts'
import { type Checked, type Found, fixOf, problemsOf } from './found.ts'
import { parseSweep } from './path_axis.ts'
import { chooseProfile, profilesOf } from './profile.ts'
import type { Cell, Loaded, LoadOptions, Recipe } from './recipe.ts'
import { rewriteAt } from './rewrite_at.ts'
import { withoutEffect } from './same_cells.ts'
import { checkSchema } from './schema_check.ts'
import { schemaProblems } from './schema_problem.ts'
import { applySets, isOfCell, parseSet } from './set_argument.ts'
import { placeOf } from './source_file.ts'
import { type MapValue, originAt, type Path, plain, valueAt } from './value.ts'
import { type Arguments, type Variant, variantOf } from './variant.ts'

/**
 * Reads a recipe: composes it, checks it, expands its matrix, writes the defaults in. All problems at once, each where its value was
 * written; also those of profiles that are not asked for.
 */
export const loadRecipe = async (path: string, { profile, ...options }: LoadOptions = {}): Promise<Loaded> =>
  (await openRecipe(path, options))(profile)

/** Reads a recipe that is wanted in several profiles: what they have in common is done once. */
export const openRecipe = async (
  path: string,
  { set = [], sweep = [] }: Pick<LoadOptions, 'set' | 'sweep'> = {},
): Promise<(profile: LoadOptions['profile']) => Loaded> => {
  const composed = await compose(path, { file: { name: path, text: '' }, start: 0, end: 0 })
  const sets = set.map(parseSet)
  const sweeps = sweep.map(parseSweep)
  const reading = [composed, ...sets, ...sweeps].flatMap(({ found }) => found)
  if (!composed.value) return () => ({ ok: false, problems: problemsOf(reading) })
  const build = builder({ path, written: composed.value, sets: valuesOf(sets), sweeps: valuesOf(sweeps) })
  return (profile) => {
    const { recipe, found } = build(profile)
    const problems = problemsOf([...reading, ...found])
    const isRight = problems.every(({ severity }) => severity === 'warning')
    return isRight ? { ok: true, recipe: { ...recipe, warnings: problems } } : { ok: false, problems }
  }
}

const valuesOf = <T>(parsed: readonly Checked<T>[]): T[] => parsed.flatMap(({ value }) => (value === undefined ? [] : [value]))

type RecipeText = { path: string; written: MapValue } & Arguments
type Build = (profile: LoadOptions['profile']) => { recipe: Recipe; found: readonly Found[] }

const builder = ({ path, written, sets, sweeps }: RecipeText): Build => {
  const { value: recipe, found: setting } = applySets(
    written,
    sets.filter((set) => !isOfCell(set)),
  )
  const profiles = profilesOf(recipe)
  const variants = new Map<string | null, Variant>()
  const variantIn = (name: string | null): Variant => {
    const variant = variants.get(name) ?? variantOf(recipe, profiles.get(name ?? ''), { sets, sweeps })
    variants.set(name, variant)
    return variant
  }
  return (profile) => {
    const chosen = chooseProfile(recipe, profile)
    const variant = variantIn(chosen.name)
    // The whole tree as it is in force, and the profiles on their own: what only another profile says is checked with its cells.
    const frame = plain(variant.whole) as RecipeFile
    const frameFound = schemaProblems(checkSchema('frame', frame), variant.whole)
    const others = [...profiles.keys()].filter((name) => name !== chosen.name).map(variantIn)
    // Warnings of a profile that is not asked for would be repeated again and again.
    const elsewhere = others.flatMap(({ found }) => found.filter(({ severity }) => severity !== 'warning'))
    const found = [...chosen.found, ...variant.found, ...withoutEffect(variant.whole, variant.cells), ...elsewhere]
    return {
      recipe: recipeOf({ path, frame, chosen: chosen.name, profiles: [...profiles.keys()], variant }),
      found: [...setting, ...frameFound, ...withoutConsequences(variant.whole, found)],
    }
  }
}

/** Where a part of the recipe has its name mistyped, all that is in it seems to be missing. */
const CONSEQUENCES = ['missing_key', 'unknown_axis', 'unknown_axis_value', 'unknown_profile']

const withoutConsequences = (whole: MapValue, found: readonly Found[]): readonly Found[] => {
  const known = Object.keys(schema.properties)
  const isMistyped = [...whole.entries.keys()].some((key) => !known.includes(key) && nearest(key, known) !== undefined)
  return isMistyped ? found.filter(({ code }) => !CONSEQUENCES.includes(code)) : found
}

type Parts = { path: string; frame: RecipeFile; chosen: string | null; profiles: readonly string[]; variant: Variant }

const recipeOf = ({ path, frame, chosen, profiles, variant: { whole, axes, cells } }: Parts): Recipe => {
  const description = chosen === null ? undefined : frame.profiles?.[chosen]?.description
  const origins = new Map<Cell | null, MapValue>()
  const checked = cells.map(({ cell, spec, requires, value }) => {
    const one = { cell, spec, requires }
    origins.set(one, value)
    return one
  })
  return {
    path,
    about: frame.about,
    engine: frame.engine,
    profile: chosen === null ? null : { name: chosen, ...(description === undefined ? {} : { description }) },
    profiles,
    axes: usedAxes(axes, cells),
    seeds: frame.seeds,
    cells: checked,
    tables: named(frame.tables ?? [], 'tables', whole),
    charts: named(frame.charts ?? [], 'charts', whole),
    warnings: [],
    placeOf: (cell, at) => placeOf(originAt(origins.get(cell) ?? whole, at)),
    fixAt: (cell, at, text) => {
      const rewrite = rewriteAt(origins.get(cell) ?? whole, at, text)
      return rewrite ? fixOf(rewrite) : null
    },
    writtenAt: (cell, at) => {
      const value = valueAt(origins.get(cell) ?? whole, at)
      return value ? placeOf(value.origin) : null
    },
  }
}

/** `where` by the names of axis values as they are written: `4`, not the number. */
const named = <T extends object>(list: readonly T[], key: string, whole: MapValue): T[] =>
  (Array.isArray(list) ? list : []).map((shown: T, index) => {
    const where = valueAt(whole, [key, index, 'where'] satisfies Path)
    if (where?.type !== 'map') return shown
    const names = [...where.entries].map(([axis, { value }]) => [axis, value.type === 'scalar' ? value.source : ''] as const)
    return { ...shown, where: Object.fromEntries(names) }
  })
