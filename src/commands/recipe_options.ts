import { type Command, InvalidArgumentError, Option } from 'commander'
import type { LoadOptions } from '../recipe/recipe.ts'

/** Options of every command that reads a recipe. */
export type RecipeOptions = { profile: string; set: string[]; sweep: string[] }

const profileOption = () =>
  new Option('-p, --profile <name>', 'profile of the recipe; auto: by what the machine has; none: the recipe as it is written').default(
    'auto',
  )

const setOption = () =>
  new Option('-s, --set <path=value>', 'replaces a value, e.g. training.batch_size=8; can be given again')
    .argParser((value: string, before: string[]) => {
      if (!value.includes('=')) throw new InvalidArgumentError('It has the form path=value, e.g. training.batch_size=8.')
      return [...before, value]
    })
    .default([], 'nothing')

const sweepOption = () =>
  new Option('--sweep <path=values>', 'makes a run of each value, e.g. training.batch_size=4,32; can be given again')
    .argParser((value: string, before: string[]) => [...before, value])
    .default([], 'nothing')

/** Adds the options that say what is meant of a recipe. */
export const recipeOptions = (command: Command): Command =>
  command.addOption(profileOption()).addOption(setOption()).addOption(sweepOption())

/** What the command line asks of a recipe. Which engine there is, is looked at for `auto` only. */
export const loadOptions = async ({ profile, set, sweep }: RecipeOptions): Promise<LoadOptions> => {
  if (profile === 'none') return { set, sweep, profile: undefined }
  if (profile !== 'auto') return { set, sweep, profile }
  const [{ engineStatus }, { insistedEngine }] = await Promise.all([import('../engine/status.ts'), import('../engine/insist.ts')])
  const machineFor = (engine: string) => {
    const { name, gpu } = engineStatus(insistedEngine(engine))
    return gpu ? 'gpu' : name === 'native' ? 'cpu' : 'wasm'
  }
  return { set, sweep, profile: { auto: machineFor } }
}
