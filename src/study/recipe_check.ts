import { dataAdvice } from '../data/advice.ts'
import type { Described } from '../data/dataset_cache.ts'
import { describeSource, sourceForm } from '../data/load_dataset.ts'
import { partCounts, partSizes } from '../data/part_counts.ts'
import { startingWeights } from '../model/weights/starting_weights.ts'
import { findWeights } from '../model/weights/vgg16_imagenet.ts'
import { checkCells } from '../plan/check_cells.ts'
import type { DataFacts } from '../plan/data_problems.ts'
import { type Problem, UserError } from '../problem.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import type { Cell, LoadOptions, Recipe } from '../recipe/recipe.ts'

export type RecipeCheck = {
  problems: readonly Problem[]
  /** The recipe in a few words, where it is right. */
  summary?: string
}

/**
 * All that is wrong with a recipe. Data are not read: where they were read before, what is known of them is used; where they are missing,
 * that is a warning, since the recipe may be meant for another machine. So is a file of starting weights that holds others.
 */
export const checkRecipe = async (path: string, options: LoadOptions): Promise<RecipeCheck> => {
  const loaded = await loadRecipe(path, options)
  if (!loaded.ok) return { problems: loaded.problems }
  const { recipe } = loaded
  const facts = new Map<Cell, DataFacts | null>()
  const missing: Problem[] = []
  for (const cell of recipe.cells) facts.set(cell, await factsOf(recipe, cell, missing))
  const { problems: misfits } = checkCells(recipe, (cell) => facts.get(cell) ?? undefined)
  missing.push(...(await wrongWeights(recipe)))
  const problems = [...recipe.warnings, ...misfits, ...new Map(missing.map((problem) => [problem.message, problem])).values()]
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { problems, summary: summaryOf(recipe) }
}

const factsOf = async (recipe: Recipe, cell: Cell, missing: Problem[]): Promise<DataFacts | null> => {
  const { dataset } = cell.spec
  try {
    const description = await describeSource(dataset)
    return description ? { ...description, ...partsOf(recipe, { cell, description }, missing) } : await sourceForm(dataset)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const place = recipe.placeOf(cell, ['dataset', 'path'])
    if (cell.requires.length === 0) missing.push(...error.problems.map((problem) => ({ place, ...problem, severity: 'warning' as const })))
    return sourceForm(dataset)
  }
}

type Splitting = { cell: Cell; description: Described }

/** Images of each part; where the data cannot be divided so, that is wrong with the recipe. */
const partsOf = (recipe: Recipe, { cell, description }: Splitting, problems: Problem[]): Pick<DataFacts, 'sizes' | 'problems'> => {
  try {
    const counts = partCounts(description, cell.spec.split)
    return { sizes: partSizes(counts), problems: dataAdvice(description, cell.spec, counts) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    problems.push(...error.problems.map((problem) => ({ place: recipe.placeOf(cell, ['split']), ...problem })))
    return {}
  }
}

/** A file of starting weights that holds others; that there is none is the plan's to say. */
const wrongWeights = async (recipe: Recipe): Promise<Problem[]> => {
  const cell = recipe.cells.find(({ spec }) => startingWeights(spec.model).length > 0)
  const found = cell && (await findWeights())
  if (!found || found.present || !found.problem) return []
  const layer = cell.spec.model.layers.findIndex((one) => startingWeights({ layers: [one] }).length > 0)
  return [{ ...found.problem, severity: 'warning', place: recipe.placeOf(cell, ['model', 'layers', layer]) }]
}

const summaryOf = ({ cells, seeds, profile }: Recipe): string => {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  return `right; ${count(cells.length, 'cell')} × ${count(seeds.length, 'seed')}${profile ? ` in profile ${profile.name}` : ''}`
}
