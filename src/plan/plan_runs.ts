import type { Requirement, Source, Spec } from '../../schema/recipe.ts'
import type { CellProblem } from '../cell_problem.ts'
import { limitedSizes } from '../data/apply_limit.ts'
import { stepsPerEpoch } from '../data/batches/epoch_order.ts'
import type { Sizes } from '../data/part_counts.ts'
import type { Network } from '../model/network.ts'
import { startingWeights } from '../model/weights/starting_weights.ts'
import { type Problem, UserError } from '../problem.ts'
import type { Cell, Recipe } from '../recipe/recipe.ts'
import { checkCells } from './check_cells.ts'
import type { DataFacts } from './data_problems.ts'
import { diskOf } from './disk.ts'
import { type EngineKind, estimator, type Measured } from './estimate.ts'
import type { KnownRecord, PlannedRun, UnusedRecord } from './planned_run.ts'
import { runId } from './run_id.ts'
import { withClasses } from './with_classes.ts'

/** What a plan asks of the other rooms. */
export type PlanContext = {
  /** @throws UserError where the data are missing */
  data: (source: Source) => Promise<DataFacts & { sha256: string }>
  /** Images of each part, before any limit, and what there is to say of them. @throws UserError where the data cannot be split so */
  parts: (spec: Spec) => Promise<{ sizes: Sizes; problems: readonly CellProblem[] }>
  engine: EngineKind
  /** The record of a run, one's own or a published one, or why it is not used; undefined: there is none. */
  recordOf: (id: string) => Promise<KnownRecord | UnusedRecord | undefined>
  /** Where a run has its checkpoint; null where it has none. */
  goesOnFrom: (id: string) => Promise<{ epoch: number; step: number } | null>
  /** Speeds of earlier runs and of timed steps, oldest first. */
  measured: readonly Measured[]
  /** What is missing and how to get it, in words; null where it is there. */
  missing: (requirement: Requirement) => Promise<string | null>
}

type Known = DataFacts & { sha256: string; sizes: Sizes }

/**
 * The runs that a recipe asks for: cells in the order of the file, each with every seed.
 * @returns the runs, and what is hardly meant (warnings)
 * @throws UserError where a model does not fit together or onto the data, or the data are missing
 */
export const planRuns = async (recipe: Recipe, context: PlanContext): Promise<{ runs: PlannedRun[]; warnings: readonly Problem[] }> => {
  const lacking = new Map(await Promise.all(recipe.cells.map(async (cell) => [cell, await missingOf(cell.requires, context)] as const)))
  const facts = new Map<Cell, Known>()
  for (const cell of recipe.cells) {
    const known = await factsOf(recipe, cell, context).catch((error: unknown) => {
      if (lacking.get(cell) !== undefined && error instanceof UserError) return undefined
      throw error
    })
    if (known) facts.set(cell, known)
  }
  const { networks, problems } = checkCells(recipe, (cell) => facts.get(cell))
  if (problems.some(({ severity }) => severity === 'error')) throw new UserError(problems)
  const estimate = estimator(context.engine, context.measured)
  const planned = recipe.cells.map((cell) =>
    planCell(cell, {
      seeds: recipe.seeds,
      facts: facts.get(cell),
      network: networks.get(cell),
      missing: lacking.get(cell),
      estimate,
      context,
    }),
  )
  const runs = (await Promise.all(planned)).flat()
  return { runs, warnings: [...problems, ...runs.flatMap(damagedProblem)] }
}

/** Data of a cell; a problem with them is reported where the recipe names them. */
const factsOf = async (recipe: Recipe, cell: Cell, { data, parts }: PlanContext): Promise<Known> => {
  const { spec } = cell
  const known = await data(spec.dataset).catch(atPlace(recipe, cell, ['dataset', 'path']))
  return { ...known, ...(await parts(spec).catch(atPlace(recipe, cell, ['split']))) }
}

const atPlace =
  (recipe: Recipe, cell: Cell, path: readonly string[]) =>
  (error: unknown): never => {
    if (!(error instanceof UserError)) throw error
    throw new UserError(
      error.problems.map((problem) => ({ place: recipe.placeOf(cell, path), ...problem })),
      error.exitStatus,
    )
  }

const missingOf = async (requires: readonly Requirement[], { missing }: PlanContext): Promise<string | undefined> => {
  const texts = await Promise.all(requires.map(missing))
  return texts.filter((text) => text !== null).join(' ') || undefined
}

type CellPlan = {
  seeds: readonly number[]
  facts: Known | undefined
  network: Network | undefined
  missing: string | undefined
  estimate: ReturnType<typeof estimator>
  context: PlanContext
}

const planCell = async (
  { cell, spec: written }: Cell,
  { seeds, facts, network, missing, estimate, context }: CellPlan,
): Promise<PlannedRun[]> => {
  const spec = facts ? withClasses(written, facts.classes.length) : written
  const needsWeights = network?.weights.some(({ pretrained }) => pretrained) ?? false
  const lacking = missing ?? (needsWeights ? await missingOf([{ kind: 'weights', weights: 'vgg16_imagenet' }], context) : undefined)
  const work =
    network && facts
      ? workOf({ spec, network, facts }, estimate)
      : { parameters: 0, steps: 0, estimate: { seconds: 0, from: 'formula' as const }, disk: { kept: 0, peak: 0 } }
  return Promise.all(
    seeds.map(async (seed): Promise<PlannedRun> => {
      const id = runId({ spec, seed, data: facts?.sha256 ?? 'missing', weights: startingWeights(spec.model) })
      const run = { id, cell, seed, spec, ...work }
      const known = await context.recordOf(id)
      if (known?.state === 'foreign') return { ...run, state: 'skipped', reason: leftAlone(id, known) }
      const lacks = lacking === undefined ? {} : { lacks: lacking }
      if (known?.state === 'done' || known?.state === 'published') return { ...run, ...known, ...lacks }
      if (lacking !== undefined) return { ...run, state: 'skipped', reason: lacking }
      const goesOnFrom = await context.goesOnFrom(id)
      const open = { ...run, ...(goesOnFrom ? { goesOnFrom } : {}) }
      return known?.state === 'damaged' ? { ...open, state: 'to_do', damaged: known } : { ...open, state: known?.state ?? 'to_do' }
    }),
  )
}

const leftAlone = (id: string, { file, why }: UnusedRecord): string =>
  `${file} cannot be used: ${why}. Use the ferment that wrote it, or make the run again: npx ferment runs rm ${id}`

/** A record that was changed behind ferment's back: seldom, and worth a look at the disk. */
const damagedProblem = ({ damaged }: PlannedRun): Problem[] =>
  damaged
    ? [
        {
          code: 'record_damaged',
          severity: 'warning',
          message: `${damaged.file} is damaged: ${damaged.why}.`,
          hint: 'The run is made again; the file is kept beside its new record, as record.damaged.json.',
        },
      ]
    : []

/** What a run takes. */
const workOf = ({ spec, network, facts }: { spec: Spec; network: Network; facts: Known }, estimate: CellPlan['estimate']) => {
  const sizes = limitedSizes(facts.sizes, spec.limit)
  const { training, model } = spec
  return {
    parameters: network.layers.reduce((sum, { parameters }) => sum + parameters, 0),
    steps: stepsPerEpoch(sizes.train, training.batch_size, training.steps_per_epoch) * training.epochs,
    estimate: estimate({ network, training, model, sizes }),
    disk: diskOf({ network, training, tested: sizes.test }),
  }
}
