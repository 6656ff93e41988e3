import { askedEngine } from '../engine/choose/choose_engine.ts'
import type { PlannedRun } from '../plan/planned_run.ts'
import { verifiedText } from '../report/verified_text.ts'
import { commitOf } from '../run/commit.ts'
import type { Job } from '../run/job.ts'
import { findRecord } from '../run/published.ts'
import { agreementOf } from '../run/verify/agreement.ts'
import { trainOpening } from '../run/verify/train_opening.ts'
import { type Verified, writeVerified } from '../run/verify/verified.ts'
import { requireEngineOf } from './require_engine.ts'
import { openStudy, type Study } from './study.ts'
import type { StudyOptions } from './study_options.ts'

type Options = { store: string; steps?: number | undefined }
type Counts = { verified: number; reproduced: number }

const STEPS = 50
/** A step of the paper's networks takes some seconds there. */
const STEPS_ON_WASM = 5

/** Verifies the runs of a recipe. @throws UserError with all that is wrong, an engine that cannot be had included */
export const verifyRecipe = async (path: string, options: StudyOptions & Pick<Options, 'steps'>): Promise<Counts> => {
  const study = await openStudy(path, options, say)
  requireEngineOf(study.recipe, askedEngine(options.engine))
  return verifyStudy(study, options)
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** Verifies every run of a study that has a record with its first losses, one after another. */
export const verifyStudy = async (study: Study, options: Options): Promise<Counts> => {
  const steps = options.steps ?? (study.engine.name === 'wasm' ? STEPS_ON_WASM : STEPS)
  const runs = study.runs.filter(({ state }) => state === 'done' || state === 'published')
  if (runs.length === 0) say('Nothing to verify: no run of the recipe is done or published.')
  const counts = { verified: 0, reproduced: 0 }
  for (const run of runs) {
    const verified = await verifyRun(run, { ...options, study, steps })
    if (verified === null) continue
    counts.verified += 1
    counts.reproduced += verified.reproduced ? 1 : 0
  }
  return counts
}

type Task = Omit<Options, 'steps'> & { study: Study; steps: number }

/** @returns null where the record has no losses to compare with */
const verifyRun = async (run: PlannedRun, { study, steps, store }: Task): Promise<Pick<Verified, 'reproduced'> | null> => {
  const label = [...Object.values(run.cell), `seed ${run.seed}`].join(' · ')
  const record = (await findRecord(store, run.id))?.record
  if (!record?.opening?.length) {
    say(`${label}: its record has no losses of first steps; nothing is compared.`)
    return null
  }
  if (run.lacks !== undefined) {
    say(`${label}: not verified. ${run.lacks}`)
    return null
  }
  say(`${label}: training ${Math.min(steps, record.opening.length)} steps …`)
  const abort = new AbortController()
  const opening = await trainOpening(
    { job: jobOf(run, { study, store }), steps: Math.min(steps, record.opening.length) },
    { signal: abort.signal, onMessage: () => {} },
  )
  if ('failed' in opening) {
    say(`${label}: it could not be trained: ${opening.failed}`)
    return { reproduced: false }
  }
  const verified: Verified = {
    ...agreementOf(record.opening, opening.losses),
    at: new Date().toISOString(),
    engine: opening.engine,
    commit: await commitOf(),
  }
  await writeVerified(store, run.id, verified)
  console.log(`${label}: ${verifiedText(verified)}`)
  return verified
}

const jobOf = ({ id, cell, seed, spec }: PlannedRun, { study: { recipe, engine }, store }: Omit<Task, 'steps'>): Job => ({
  id,
  store,
  study: { title: recipe.about.title, recipe: recipe.path, profile: recipe.profile?.name ?? null },
  cell,
  seed,
  spec,
  code: '',
  engine: engine.required ? engine.name : null,
  command: [],
})
