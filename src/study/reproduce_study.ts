import { EXIT } from '../exit_status.ts'
import { loadRecipe } from '../recipe/load_recipe.ts'
import { PUBLISHED } from '../run/published.ts'
import { runRecipe } from './run_recipe.ts'
import { openStudy, type Study } from './study.ts'
import type { StudyOptions } from './study_options.ts'
import { verifyStudy } from './verify_study.ts'
import { writeReport } from './write_report.ts'

/**
 * The published records of a recipe in its full profile, verified on this machine, and their report. With a GPU, what is missing is trained first;
 * without the data, the machine is tried on drawn images. A recipe without any record is run as `run --profile auto` does.
 */
export const reproduceStudy = async (path: string, { store }: { store: string }): Promise<void> => {
  const options: StudyOptions = { store, set: [], sweep: [], only: [], seed: [], profile: await profileFor(path, 'gpu') }
  const study = await openStudy(path, options, say)
  if (study.synthetic) return withoutData(path, options)
  if (!study.runs.some(isMade)) return runRecipe(path, { ...options, ...QUIET, profile: 'auto' })
  say(`${study.plan}\n`)
  const { verified, reproduced } = await verifyStudy(study, { store })
  if (reproduced < verified) process.exitCode = EXIT.runFailed
  if (study.engine.gpu) return runRecipe(path, { ...options, ...QUIET })
  sayWhatIsLeft(study)
  await writeReport(study, options)
}

const QUIET = { profileTime: false, report: true, anew: false }

/** What `--profile auto` would take on such a machine. */
const profileFor = async (path: string, machine: 'gpu' | 'wasm'): Promise<string> => {
  const loaded = await loadRecipe(path, { profile: { auto: () => machine } })
  return (loaded.ok ? loaded.recipe.profile?.name : undefined) ?? 'none'
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** The small run shows that the machine works; the numbers that answer the question are the published ones. */
const withoutData = async (path: string, options: StudyOptions): Promise<void> => {
  const published = await openStudy(path, { ...options, from: PUBLISHED }, () => {}).catch(() => null)
  const isReported = published?.runs.some(isMade) ?? false
  say('The data of this recipe are not on this machine: its machinery is tried on drawn images.\n')
  await runRecipe(path, { ...options, ...QUIET, report: !isReported, profile: await profileFor(path, 'wasm') })
  if (!published || !isReported || process.exitCode === EXIT.interrupted) return
  say('\nThe machinery works here. The numbers below are the published ones; with the data, the same command verifies them.')
  await writeReport(published, { ...options, from: PUBLISHED })
}

const isMade = ({ state }: Study['runs'][number]): boolean => state === 'done' || state === 'published'

const sayWhatIsLeft = ({ recipe, runs }: Study): void => {
  const left = runs.filter(({ state }) => state === 'to_do' || state === 'failed').length
  const command = `npx ferment run ${recipe.path} --profile ${recipe.profile?.name ?? 'none'} --report`
  if (left > 0)
    say(`\n${left} of ${runs.length} runs are not made yet. The plan above says how long they take; this makes them: ${command}`)
}
