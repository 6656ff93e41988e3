import { type Command, Option } from 'commander'
import { EXIT } from '../exit_status.ts'
import { printableJson, printableLine } from '../printable.ts'
import { isWrongUsage, type Problem } from '../problem.ts'
import { loadOptions, type RecipeOptions, recipeOptions } from '../study/recipe_options.ts'

type Format = 'text' | 'json' | 'github'

export const registerValidate = (program: Command): void => {
  recipeOptions(program.command('validate'))
    .description('Checks recipes: everything that is wrong, each at its place. Exit status 1 where something is.')
    .argument('<recipes...>', 'recipe files')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'github']).default('text'))
    .addHelpText('after', '\nExample:\n  npx ferment validate recipes/paper/as-reported.yaml')
    .action(async (paths: string[], options: RecipeOptions & { format: Format }) => {
      const { checkRecipe } = await import('../study/recipe_check.ts')
      const load = await loadOptions(options)
      const checked = await Promise.all(paths.map(async (path) => ({ path, ...(await checkRecipe(path, load)) })))
      const problems = checked.flatMap((one) => one.problems)
      await print(problems, options.format)
      const wrong = checked.filter((one) => one.problems.some(({ severity }) => severity === 'error'))
      if (options.format === 'text') for (const { path, summary } of checked) if (summary) console.log(printableLine(`${path}: ${summary}`))
      if (wrong.length > 0) process.exitCode = isWrongUsage(problems) ? EXIT.wrongUsage : EXIT.wrongInput
    })
}

const print = async (problems: readonly Problem[], format: Format): Promise<void> => {
  const { problemGithub, problemText } = await import('../problem_text.ts')
  if (format === 'json') console.log(printableJson({ problems }))
  else if (problems.length === 0) return
  else if (format === 'github') console.log(problemGithub(problems))
  else console.log(problemText(problems, { color: process.stdout.isTTY && !process.env.NO_COLOR }))
}
