import { type Command, InvalidArgumentError, Option } from 'commander'
import { type RecipeOptions, recipeOptions } from './recipe_options.ts'

/** What of a recipe is meant, and where its runs are kept. */
export type StudyOptions = RecipeOptions & { only: string[]; seed: number[]; store: string }

export const DEFAULT_STORE = 'runs'

/** Adds the options that choose what of a recipe is meant. */
export const studyOptions = (command: Command): Command =>
  recipeOptions(command)
    .addOption(
      new Option('--only <axis=value>', 'only cells with this value of an axis, e.g. "model=My CNN"; can be given again')
        .argParser((value: string, before: string[]) => [...before, value])
        .default([], 'all'),
    )
    .addOption(
      new Option('--seed <number>', 'only runs of this seed; can be given again')
        .argParser((value: string, before: number[]) => [...before, seedOf(value)])
        .default([], 'all'),
    )
    .addOption(new Option('--store <dir>', 'folder of the runs').default(DEFAULT_STORE))

const seedOf = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(value)
}
