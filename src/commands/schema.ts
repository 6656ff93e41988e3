import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'

export const registerSchema = (program: Command): void => {
  program
    .command('schema')
    .description('Prints the JSON Schema of recipes, for editors and other programs.')
    .addHelpText('after', '\nExample:\n  ferment schema > recipe.schema.json')
    .action(async () => {
      process.stdout.write(await readFile(new URL('../../schema/recipe.schema.json', import.meta.url), 'utf8'))
    })
}
