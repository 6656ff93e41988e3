import { contactSheet } from '../data/augmentations/contact_sheet.ts'
import { pngOf } from '../data/picture.ts'
import { UserError } from '../problem.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import type { Cell, LoadOptions, Recipe } from '../recipe/recipe.ts'
import { inspectionPage, inspectionText } from '../report/inspection.ts'
import { type Inspected, inspect, inspectionOf, numbersOf } from '../terminal/inspection.ts'
import { writeWhole } from '../write_whole.ts'

type Wanted = { format: 'text' | 'json'; html?: string; augment?: string; near: boolean }

/**
 * Inspects the data of a recipe, of its first cell where the cells have several, and writes the files that are wanted.
 * @returns what is to be printed
 * @throws UserError with all that is wrong with the recipe, or with its data
 */
export const inspectRecipe = async (path: string, wanted: Wanted, options: LoadOptions): Promise<string> => {
  const loaded = await loadRecipe(path, options)
  if (!loaded.ok) throw new UserError(loaded.problems)
  const { recipe } = loaded
  const [cell] = recipe.cells
  if (!cell) throw new RangeError('a recipe without a cell')
  const inspected = await inspect(cell.spec, wanted).catch(atDataset(recipe, cell))
  const inspection = await inspectionOf(inspected, cell.spec, titleOf(recipe, cell))
  if (wanted.html !== undefined) await writeWhole(wanted.html, await inspectionPage(inspection))
  if (wanted.augment !== undefined) await writeWhole(wanted.augment, await sheetOfCell(recipe, inspected))
  return wanted.format === 'json' ? JSON.stringify(numbersOf(inspected), null, 2) : inspectionText(inspection)
}

const titleOf = ({ about, cells }: Recipe, { spec }: Cell): string => {
  const others = cells.filter(
    (other) => JSON.stringify([other.spec.dataset, other.spec.split]) !== JSON.stringify([spec.dataset, spec.split]),
  )
  return others.length === 0 ? about.title : `${about.title}: data of the first of ${cells.length} cells (--set shows others)`
}

/** Of the first cell that augments. */
const sheetOfCell = async ({ cells, seeds }: Recipe, { dataset, split }: Inspected): Promise<Buffer> => {
  const cell = cells.find(({ spec }) => spec.augmentation.kind !== 'none') ?? (cells[0] as Cell)
  return pngOf(contactSheet(dataset, split.train, { ...cell.spec, seed: seeds[0] ?? 0 }))
}

const atDataset =
  (recipe: Recipe, cell: Cell) =>
  (error: unknown): never => {
    if (!(error instanceof UserError)) throw error
    const at = (code: string) => (code.startsWith('split_') ? ['split'] : ['dataset', 'path'])
    throw new UserError(
      error.problems.map((problem) => ({ place: recipe.placeOf(cell, at(problem.code)), ...problem })),
      error.exitStatus,
    )
  }
