import { access, readdir, stat } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import type { Requirement, Source, Spec } from '../../schema/recipe.ts'
import { dataAdvice, weightAdvice } from '../data/advice.ts'
import { leakAdvice } from '../data/audit/leak_advice.ts'
import type { Described } from '../data/dataset_cache.ts'
import { expandEnvironment } from '../data/environment.ts'
import { describeSource, loadDescription } from '../data/load_dataset.ts'
import { countsOf, partSizes } from '../data/part_counts.ts'
import { splitDataset } from '../data/splits/table.ts'
import { type ChosenEngine, chooseEngine } from '../engine/choose/choose_engine.ts'
import { findWeights } from '../model/weights/vgg16_imagenet.ts'
import type { EngineKind, Measured } from '../plan/estimate.ts'
import { type PlanContext, planRuns } from '../plan/plan_runs.ts'
import type { KnownRecord, PlannedRun, UnusedRecord } from '../plan/planned_run.ts'
import { UserError } from '../problem.ts'
import { openRecipe } from '../recipe/load_recipe.ts'
import type { Loaded, LoadOptions, Recipe } from '../recipe/recipe.ts'
import { type FoundRecord, findRecord } from '../run/published.ts'
import { readSpeeds } from '../run/speed/speeds.ts'
import { keptRecord, readRecord, runFiles } from '../run/store.ts'
import { whereItGoesOn } from '../run/where_it_goes_on.ts'
import { measuredOf } from './measured_of.ts'

export type Plans = {
  recipe: Recipe
  engine: EngineKind & ChosenEngine
  runs: readonly PlannedRun[]
  others: readonly { name: string; runs: readonly PlannedRun[] }[]
}

/** Estimates look at so many records: the newest. */
const MOST_RECORDS = 100

/** What plans of one store have in common. `engineFor`: what trains a recipe, which may require an engine. */
export type StoreContext = Omit<PlanContext, 'engine'> & { engineFor: (recipe: Pick<Recipe, 'engine'>) => Plans['engine'] }

/**
 * Everything that plans of one store have in common. Data sets that were never loaded on this machine are loaded once.
 * @param asked  the engine that the user asks for
 */
export const planContext = async (
  { store, asked }: { store: string; asked: string | undefined },
  onLoad: (source: Source) => void = () => {},
): Promise<StoreContext & { data: (source: Source) => Promise<Described> }> => {
  const descriptions = new Map<string, ReturnType<typeof describe>>()
  const counted = new Map<string, ReturnType<typeof splitFacts>>()
  const describe = async (source: Source) => {
    const known = await describeSource(source)
    if (known) return known
    onLoad(source)
    return loadDescription(source)
  }
  const data = (source: Source) => {
    const key = JSON.stringify(source)
    const description = descriptions.get(key) ?? describe(source)
    descriptions.set(key, description)
    return description
  }
  return {
    data,
    parts: async (spec: Spec) => {
      const { dataset, split } = spec
      const description = await data(dataset)
      const key = JSON.stringify([dataset, split])
      const known = counted.get(key) ?? splitFacts(description, spec)
      counted.set(key, known)
      const { counts, leaks } = known
      const problems = [...dataAdvice(description, spec, counts), ...weightAdvice(spec, description.classes), ...leaks]
      return { sizes: partSizes(counts), problems }
    },
    recordOf: async (id) => knownRecord(await findRecord(store, id)) ?? (await unusedRecord(store, id)),
    goesOnFrom: (id) => whereItGoesOn(store, id),
    measured: [...(await readSpeeds()).map((speed) => ({ ...speed, from: 'steps' as const })), ...(await earlierRuns(store))],
    missing: rememberedMissing(),
    engineFor: ({ engine }) => ({ ...chooseEngine(asked, engine), cores: os.availableParallelism() }),
  }
}

const splitFacts = (description: Described, spec: Spec) => {
  const split = splitDataset(description, spec.split)
  return { counts: countsOf(description, split), leaks: leakAdvice(description, split, spec) }
}

/** Reads a recipe and plans its runs in the profile that is asked for, and in every other. @throws UserError with all that is wrong */
export const makePlans = async (path: string, { profile, ...options }: LoadOptions, context: StoreContext): Promise<Plans> => {
  const load = await openRecipe(path, options)
  const chosen = await planned(load(profile), context)
  const names = chosen.recipe.profiles.filter((name) => name !== chosen.recipe.profile?.name)
  const others: Plans['others'][number][] = []
  for (const name of names) others.push({ name, runs: (await planned(load(name), context)).runs })
  return { ...chosen, others }
}

const planned = async (loaded: Loaded, context: StoreContext): Promise<Omit<Plans, 'others'>> => {
  if (!loaded.ok) throw new UserError(loaded.problems)
  const { recipe } = loaded
  const engine = context.engineFor(recipe)
  const { runs, warnings } = await planRuns(recipe, { ...context, engine })
  return { recipe: { ...recipe, warnings: [...recipe.warnings, ...warnings] }, engine, runs }
}

const unusedRecord = async (store: string, id: string): Promise<UnusedRecord | undefined> => {
  const kept = await keptRecord(store, id)
  return kept === null || kept.is === 'record' ? undefined : { state: kept.is, file: runFiles(store, id).record, why: kept.why }
}

/** Many cells require the same. */
const rememberedMissing = (): StoreContext['missing'] => {
  const known = new Map<string, Promise<string | null>>()
  return (requirement) => {
    const key = JSON.stringify(requirement)
    const answer = known.get(key) ?? missing(requirement)
    known.set(key, answer)
    return answer
  }
}

/** What is missing of what a cell requires, and how to get it; null where it is there. */
const missing = async (requirement: Requirement): Promise<string | null> => {
  if (requirement.kind === 'weights') {
    const found = await findWeights()
    return found.present ? null : `${found.reason} ${found.cure}`
  }
  const { text: path } = expandEnvironment(requirement.path, process.env)
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  return isThere ? null : `There is no ${path}.${requirement.how === undefined ? '' : ` ${requirement.how}`}`
}

const knownRecord = (found: FoundRecord | null): KnownRecord | undefined =>
  found
    ? {
        state: found.record.status === 'failed' ? 'failed' : found.from === 'own' ? 'done' : 'published',
        commit: found.record.provenance.git_commit,
      }
    : undefined

const earlierRuns = async (store: string): Promise<Measured[]> => {
  const ids = await readdir(store).catch(() => [])
  const times = await Promise.all(
    ids.map(async (id) => ({ id, time: (await stat(join(store, id, 'record.json')).catch(() => null))?.mtimeMs ?? 0 })),
  )
  const newest = times
    .filter(({ time }) => time > 0)
    .sort((a, b) => a.time - b.time)
    .slice(-MOST_RECORDS)
  const records = await Promise.all(newest.map(({ id }) => readRecord(store, id)))
  return records.flatMap((record) => (record?.status === 'done' ? measuredOf(record) : []))
}
