import { type Command, InvalidArgumentError, Option } from 'commander'
import type { EngineName } from '../engine/engine.ts'
import type { LoadOptions } from '../recipe/recipe.ts'

/** Options of every command that reads a recipe. */
export type RecipeOptions = { profile: string; set: string[]; sweep: string[]; engine?: EngineName }

/** Adds the options that say what is meant of a recipe. */
export const recipeOptions = (command: Command): Command =>
  command.addOption(profileOption()).addOption(setOption()).addOption(sweepOption())

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

/** For commands that train, or say what training would take. */
export const engineOption = () => new Option('--engine <name>', 'requires an engine').choices(['native', 'webgpu', 'wasm'])

/** What the command line asks of a recipe. Which engine there is, is looked at for `auto` only. */
export const loadOptions = async ({ profile, set, sweep, engine: flag }: RecipeOptions): Promise<LoadOptions> => {
  if (profile === 'none') return { set, sweep, profile: undefined }
  if (profile !== 'auto') return { set, sweep, profile }
  const { askedEngine, chooseEngine } = await import('../engine/choose/choose_engine.ts')
  const machineFor = (engine: string) => {
    const { name, gpu } = chooseEngine(askedEngine(flag), engine)
    return gpu ? 'gpu' : name === 'native' ? 'cpu' : 'wasm'
  }
  return { set, sweep, profile: { auto: machineFor } }
}
