import type { About, Chart, Recipe as RecipeFile, Requirement, Spec, Table } from '../../schema/recipe.ts'
import type { Fix, Place, Problem } from '../problem.ts'

/** One combination of the matrix: axis name → value name, and all that decides a run's result but its seed, every default written in; what must be there to run it. */
export type Cell = { cell: Readonly<Record<string, string>>; spec: Spec; requires: readonly Requirement[] }

/** A recipe that is right: composed, checked, expanded. */
export type Recipe = {
  /** As the user named it. */
  path: string
  about: About
  /** The engine that it requires, or `auto`. */
  engine: RecipeFile['engine']
  /** The profile in force, or null. */
  profile: { name: string; description?: string } | null
  profiles: readonly string[]
  axes: readonly { name: string; values: readonly string[] }[]
  seeds: readonly number[]
  cells: readonly Cell[]
  tables: readonly Table[]
  charts: readonly Chart[]
  warnings: readonly Problem[]
  /** Where a value is written, e.g. `['model', 'layers', 3]` of a cell's spec; for a default, where its map is. `cell` null: a value of the recipe itself. */
  placeOf: (cell: Cell | null, path: readonly (string | number)[]) => Place
  /** The edit that makes a value of a cell's spec this one (YAML), or null where its map is not written either. */
  fixAt: (cell: Cell, path: readonly (string | number)[], text: string) => Fix | null
  /** As `placeOf`, or null for a default. */
  writtenAt: (cell: Cell, path: readonly (string | number)[]) => Place | null
}

export type LoadOptions = {
  /** A profile's name, or what the machine has for the engine that the recipe names, for its `auto_profile` to choose by; undefined: the recipe as written. */
  profile?: string | { auto: (engine: string) => 'gpu' | 'cpu' | 'wasm' } | undefined
  /** `path=value` each, the value typed as YAML. */
  set?: readonly string[]
  /** `path=value,value` each: one more axis, typed as YAML. */
  sweep?: readonly string[]
  env?: Readonly<Record<string, string | undefined>>
}

export type Loaded = { ok: true; recipe: Recipe } | { ok: false; problems: readonly Problem[] }
