import type { Source, Spec } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { UserError } from '../problem.ts'
import type { Cell, Recipe } from '../recipe/recipe.ts'
import { checkNetworks, type DataShape } from './check_networks.ts'
import { type EngineKind, estimate, type Measured } from './estimate.ts'
import type { PlannedRun } from './planned_run.ts'
import { runId } from './run_id.ts'
import { limited, type Sizes, stepsPerEpoch } from './steps.ts'

/** What a plan asks of the other rooms. */
export type PlanContext = {
  /** @throws UserError where the data are missing */
  data: (source: Source) => Promise<DataShape & { sha256: string }>
  /** Images of each part, before any limit. */
  sizes: (spec: Spec) => Promise<Sizes>
  /** `codeHash()` */
  code: string
  engine: EngineKind
  /** How a run of the store ended; undefined: it is not there. */
  statusOf: (id: string) => Promise<RunRecord['status'] | undefined>
  /** Speed of earlier runs, oldest first. */
  earlier: readonly Measured[]
  /** Whether the file of VGG16's ImageNet weights is there. */
  weights: () => Promise<{ present: true } | { present: false; reason: string; command: string }>
}

/**
 * The runs that a recipe asks for: cells in the order of the file, each with every seed.
 * @throws UserError where a model does not fit together, or the data are missing
 */
export const planRuns = async (recipe: Recipe, context: PlanContext): Promise<PlannedRun[]> => {
  const data = new Map<Cell, DataShape & { sha256: string }>()
  for (const cell of recipe.cells) data.set(cell, await context.data(cell.spec.dataset))
  const { networks, problems } = checkNetworks(recipe, (cell) => data.get(cell) as DataShape)
  if (problems.length > 0) throw new UserError(problems)
  const planned = recipe.cells.map(async (cell) => {
    const network = networks.get(cell)
    if (!network) throw new Error('a network that has no problem is there')
    const { spec } = cell
    const sizes = limited(await context.sizes(spec), spec.limit)
    const shared = {
      cell: cell.cell,
      spec,
      parameters: network.layers.reduce((sum, { parameters }) => sum + parameters, 0),
      steps: stepsPerEpoch(sizes.train, spec.training) * spec.training.epochs,
      estimate: estimate({ network, training: spec.training, model: spec.model, sizes }, context.engine, context.earlier),
    }
    const missing = network.weights.some(({ pretrained }) => pretrained) ? await missingWeights(context) : undefined
    return Promise.all(
      recipe.seeds.map(async (seed): Promise<PlannedRun> => {
        const id = runId({ spec, seed, data: data.get(cell)?.sha256 ?? '', code: context.code })
        const status = await context.statusOf(id)
        const state = status === 'done' ? 'done' : missing ? 'skipped' : (status ?? 'to_do')
        return { id, seed, ...shared, state, ...(state === 'skipped' && missing ? { reason: missing } : {}) }
      }),
    )
  })
  return (await Promise.all(planned)).flat()
}

const missingWeights = async ({ weights }: PlanContext): Promise<string | undefined> => {
  const found = await weights()
  return found.present ? undefined : `${found.reason} Get it with: ${found.command}`
}
