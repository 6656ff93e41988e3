import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Spec } from '../../../schema/recipe.ts'
import { dataAdvice } from '../../../src/data/advice.ts'
import { partCounts, partSizes } from '../../../src/data/part_counts.ts'
import { checkCells } from '../../../src/plan/check_cells.ts'
import type { Problem } from '../../../src/problem.ts'
import { loadRecipe } from '../../../src/recipe/load_recipe.ts'
import type { Mistake } from './mistakes.ts'

export const base = readFileSync(join(import.meta.dirname, 'base.yaml'), 'utf8')
export const folder = mkdtempSync(join(tmpdir(), 'ferment-mistakes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'base.yaml'), base)

/** The drawn faces, as if they had been read before. */
const facts = {
  imageShape: [48, 48, 1] as const,
  classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
}
const images = {
  name: 'drawn faces',
  classes: facts.classes,
  labels: Uint8Array.from([97, 19, 100, 165, 117, 81, 121].flatMap((count, label) => Array<number>(count).fill(label))),
  usage: null,
  usageNames: [],
  groups: null,
}
const partsOf = (spec: Spec) => {
  const counts = partCounts(images, spec.split)
  return {
    sizes: partSizes(counts),
    problems: dataAdvice({ ...images, images: 700, imageShape: facts.imageShape, leftOut: [] }, spec, counts),
  }
}

/** base.yaml with the slip made. */
export const textOf = ({ name, edits }: Pick<Mistake, 'name' | 'edits'>): string =>
  edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`${name}: base.yaml has no "${from}"`)
    return before.replace(from, () => to)
  }, base)

/** All that is wrong with a recipe of this text. */
export const problemsIn = async (text: string, options: Mistake['options'] = {}): Promise<readonly Problem[]> =>
  (await checked(text, options)).problems

/** The same, and whether it can be read: then what is wrong, if anything, is of its networks and data. */
export const checked = async (
  text: string,
  options: Mistake['options'] = {},
): Promise<{ isRead: boolean; problems: readonly Problem[] }> => {
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, text)
  const loaded = await loadRecipe(file, options)
  if (!loaded.ok) return { isRead: false, problems: loaded.problems }
  const { recipe } = loaded
  const { problems } = checkCells(recipe, ({ spec }) => ({ ...facts, ...partsOf(spec) }))
  return { isRead: true, problems: [...recipe.warnings, ...problems] }
}
