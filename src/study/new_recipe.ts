import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { EXIT } from '../exit_status.ts'
import { userError } from '../problem.ts'
import { makeFolder, unwritable } from '../write_whole.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Copies an example as a recipe of its own: with its name, with commands that run it, and where an editor finds the schema.
 * @returns the file, as the user would name it
 * @throws UserError `file_exists` rather than writing over anything; `unwritable`
 */
export const writeNewRecipe = async (name: string, example: string): Promise<string> => {
  const file = /\.ya?ml$/.test(name) ? name : `${name}.yaml`
  const source = `recipes/examples/${example}.yaml`
  const schema = relative(dirname(resolve(file)), join(ROOT, 'schema/editor.schema.json'))
  const title = basename(file).replace(/\.ya?ml$/, '')
  const text = (await readFile(join(ROOT, source), 'utf8'))
    .replace(/^# yaml-language-server: .*$/m, () => `# yaml-language-server: $schema=${schema}`)
    .replace(/^ {2}title: .*$/m, () => `  title: ${JSON.stringify(title)}`)
    .replaceAll(source, () => file)
  await makeFolder(dirname(resolve(file)))
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw exists(file)
    unwritable(file)(error)
  })
  return file
}

const exists = (file: string) =>
  userError({ code: 'file_exists', message: `${file} is there already.`, hint: 'Take another name, or move it away.' }, EXIT.wrongUsage)
