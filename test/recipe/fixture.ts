import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'
import type { LoadOptions, Recipe } from '../../src/recipe/recipe.ts'

/** The smallest recipe; line 1 is empty. */
export const BASE = `
about: { title: Base }
dataset: { kind: synthetic_faces }
split: { kind: stratified_holdout }
model: { layers: [{ kind: flatten }, { kind: dense, units: 7, activation: softmax }] }
training: { optimizer: { kind: adam }, loss: { kind: categorical_crossentropy }, epochs: 2 }
`

let folder = ''

/** Gives the test file a folder of its own. */
export const useFolder = (): void => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ferment-recipe-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
}

/** A path without the folder. */
export const short = (text: string): string => text.replaceAll(`${folder}/`, '')

/** Of a file in the folder. */
export const pathOf = (name: string): string => join(folder, name)

/** Writes files and loads the first. */
export const load = async (files: Record<string, string | Uint8Array>, options: LoadOptions = {}) => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return loadRecipe(join(folder, Object.keys(files)[0] as string), options)
}

export const recipeOf = async (files: Record<string, string>, options?: LoadOptions): Promise<Recipe> => {
  const loaded = await load(files, options)
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.recipe
}

/** Code, file, line and underlined words of each problem. */
export const wrongs = async (files: Record<string, string>, options?: LoadOptions) => {
  const loaded = await load(files, options)
  const problems = loaded.ok ? loaded.recipe.warnings : loaded.problems
  return problems.map(({ code, place }) => {
    const { file, line, column, length, lineText } = place ?? { file: '', line: 0, column: 1, length: 0, lineText: '' }
    return [code, short(file), line, lineText.slice(column - 1, column - 1 + length)]
  })
}

/** The spec of a recipe's only cell. */
export const only = async (files: Record<string, string>, options?: LoadOptions) => {
  const { cells } = await recipeOf(files, options)
  const [cell, ...others] = cells
  if (!cell || others.length > 0) throw new Error(`${cells.length} cells`)
  return cell.spec
}
