import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'

export const registerSchema = (program: Command): void => {
  program
    .command('schema')
    .description('Prints the JSON Schema of recipe files, for editors and other programs.')
    .addHelpText('after', '\nExample:\n  npx ferment schema > recipe.schema.json')
    .action(async () => {
      process.stdout.write(await readFile(new URL('../../schema/editor.schema.json', import.meta.url), 'utf8'))
    })
}
