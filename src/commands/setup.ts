import { type Command, Option } from 'commander'
import { type Problem, UserError } from '../problem.ts'

type Options = { gpu?: true; cpu?: true; dryRun?: true; remove?: true; weights?: true; from?: string; ifPossible?: true }

const EXAMPLES = `
Examples:
  npx ferment setup --dry-run
  npx ferment setup --weights
  npx ferment setup --weights --from ~/models/vgg16/model.json`

export const registerSetup = (program: Command): void => {
  program
    .command('setup')
    .description('Builds the native engine from TensorFlow (pip, g++), once a user, and links it into this checkout.')
    .addOption(new Option('--gpu', 'with CUDA, even where no NVIDIA GPU is found').conflicts('cpu'))
    .option('--cpu', 'without CUDA, even where there is a GPU')
    .option('--dry-run', 'only say what would be downloaded, and how large it is')
    .option('--remove', 'remove the engine and all that was downloaded for it')
    .option('--weights', 'get the ImageNet weights of VGG16 (59 MB) instead of the engine')
    .addOption(
      new Option(
        '--from <path>',
        "the same weights from a file that is here, checked by its values: Keras' .h5, safetensors, or model.json of TensorFlow.js",
      )
        .implies({ weights: true })
        .conflicts(['dryRun', 'remove']),
    )
    .option('--if-possible', 'where the native engine cannot be had, say why and succeed')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      if (options.weights) return setUpWeights(options)
      if (options.dryRun) return dryRun(options)
      if (options.remove) return interruptible(remove)
      try {
        await interruptible((signal) => setUp(options, signal))
      } catch (error) {
        if (!options.ifPossible) throw error
        fallBack(error)
      }
      const { timeEngine } = await import('../study/timing.ts')
      await interruptible((signal) => timeEngine(say, signal))
    })
}

const setUpWeights = async ({ dryRun, remove, from }: Options): Promise<void> => {
  const { getWeights, importWeights, planWeights, removeWeights } = await import('../machine/setup_weights.ts')
  if (dryRun) return planWeights()
  if (remove) return removeWeights()
  if (from !== undefined) return importWeights(from, say)
  await interruptible((signal) => getWeights(say, signal), WEIGHTS_GO_ON)
}

const dryRun = async (options: Options): Promise<void> => {
  const { setupPlan } = await import('../engine/setup/setup.ts')
  const { wheel, dir, built } = setupPlan(wanted(options))
  if (built) return console.log(`Nothing to download: the native engine is in ${dir}.`)
  const { requirement, downloadMB, diskMB, peakMB } = wheel
  console.log(`Would download ${megabytes(downloadMB)} with pip: ${requirement}${wheel.kind === 'cuda' ? " and NVIDIA's CUDA libraries" : ''}.
Would keep ${megabytes(diskMB)} in ${dir}; ${megabytes(peakMB)} must be free meanwhile.`)
}

const wanted = ({ gpu, cpu }: Options) => (gpu ? 'gpu' : cpu ? 'cpu' : 'auto')

const megabytes = (count: number): string => (count < 1000 ? `${count} MB` : `${(count / 1000).toFixed(1)} GB`)

const remove = async (signal: AbortSignal): Promise<void> => {
  const { removeNative } = await import('../engine/setup/setup.ts')
  const removed = await removeNative({ say, signal })
  console.log(removed.length === 0 ? 'Nothing to remove.' : `Removed ${removed.join(' and ')}.`)
}

const say = (text: string): void => console.error(`setup: ${text}`)
const ENGINE_GOES_ON = 'npx ferment setup goes on; what was downloaded whole is kept.'
const WEIGHTS_GO_ON = 'npx ferment setup --weights goes on from there.'

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does something that Ctrl-C may end; what it has half made is cleared before the process ends. */
const interruptible = async (work: (signal: AbortSignal) => Promise<void>, hint = ENGINE_GOES_ON): Promise<void> => {
  const stop = new AbortController()
  const interrupt = () => stop.abort(new UserError([interrupted(hint)], 130))
  // Not `once`: the library of locks ends the process where no other listener is left.
  for (const signal of STOPS) process.on(signal, interrupt)
  try {
    await work(stop.signal)
  } finally {
    for (const signal of STOPS) process.off(signal, interrupt)
  }
}

const interrupted = (hint: string): Problem => ({ code: 'interrupted', severity: 'error', message: 'The set-up was interrupted.', hint })

const OUTCOMES = { built: 'built and tried', linked: 'linked into this checkout', nothing: 'in place' }

const setUp = async (options: Options, signal: AbortSignal): Promise<void> => {
  const { setupNative } = await import('../engine/setup/setup.ts')
  const { did, tensorflow, gpu, dir } = await setupNative({ want: wanted(options), say, signal })
  console.log(`Native engine ${OUTCOMES[did]}: TensorFlow ${tensorflow} on the ${gpu ? 'GPU' : 'CPU'}, in ${dir}`)
  if (dir.includes('-cuda-') && !gpu) say('TensorFlow found no GPU it can use; TF_CPP_MAX_VLOG_LEVEL=1 makes it say why')
}

/** For `make`: a machine that cannot have the native engine is no failure, since the wasm engine trains too. */
const fallBack = (error: unknown): void => {
  if (!(error instanceof UserError) || error.exitStatus === 130) throw error
  for (const { message, hint } of error.problems) say(hint ? `${message}\n       ${hint}` : message)
  say('going on without the native engine: the wasm engine gives the same results, about ten times slower')
  say('to get the fast one later: see to the above, then run npx ferment setup')
}
