import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'
import { recipeIn } from '../report/report_index.ts'

/** The folder of reports, from the working directory. */
const REPORTS = 'reports'

/**
 * Where the report of a recipe is written: by the recipe's name, with its folders before it where that file is something else, such as the report
 * of another recipe of the same name. What is not a report of the recipe is never written over.
 */
export const reportFile = async (recipe: string): Promise<string> => {
  const names = namesOf(recipe)
  const last = names.at(-1) ?? 'report'
  for (let turn = 0; ; turn++) {
    const file = join(REPORTS, `${names[turn] ?? `${last}-${turn - names.length + 2}`}.html`)
    if (!(await isTaken(file, recipe))) return file
  }
}

/** `as-coded`, `paper-as-coded`, `recipes-paper-as-coded`, …: the recipe's name, then with more and more of its folders. */
const namesOf = (recipe: string): string[] => {
  const path = resolve(recipe)
  const folders = dirname(path).split(sep).filter(Boolean)
  const name = basename(path, extname(path))
  return Array.from({ length: folders.length + 1 }, (_, more) => [...folders.slice(folders.length - more), name].join('-'))
}

/** Whether a file is there that is not a report of this recipe. */
const isTaken = async (file: string, recipe: string): Promise<boolean> => {
  const html = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''))
  if (html === null) return false
  const other = recipeIn(html)
  return other === null || resolve(other) !== resolve(recipe)
}
