import { readdir } from 'node:fs/promises'
import canonicalize from 'canonicalize'
import type { Source, Spec } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { PARTS } from '../data/dataset.ts'
import type { DatasetDescription } from '../data/dataset_payload.ts'
import type { EngineKind } from '../plan/estimate.ts'
import { userError } from '../problem.ts'
import { readRecord } from '../run/store.ts'
import { measuredOf } from './measured_of.ts'
import type { StoreContext } from './planning.ts'

type Data = NonNullable<RunRecord['data']>
type Known = RunRecord & { data: Data }

/**
 * What plans ask of a machine, answered by a folder of records alone: neither data, weights nor an engine are needed.
 * @throws UserError `records_missing` of its functions, where no record is of the data that a recipe names
 */
export const recordsContext = async (dir: string): Promise<StoreContext & { data: (source: Source) => Promise<DatasetDescription> }> => {
  const ids = await readdir(dir).catch(() => [])
  const found = await Promise.all(ids.sort().map((id) => readRecord(dir, id)))
  const records = found.filter((record): record is Known => record?.status === 'done' && record.data !== undefined)
  const recordsOf = (source: Source): readonly Known[] => {
    const known = records.filter(isOf(source))
    if (known.length > 0) return known
    const message = `${dir} holds no record of a run on the data that the recipe names.`
    throw userError({ code: 'records_missing', message, hint: 'Without --from, the report is made from the runs of this machine.' })
  }
  return {
    data: async (source) => descriptionOf((recordsOf(source)[0] as Known).data),
    parts: async ({ dataset, split }) => {
      const known = recordsOf(dataset)
      const same = known.find(({ spec }) => canonicalize((spec as Partial<Spec>).split) === canonicalize(split))
      const { counts } = (same ?? (known[0] as Known)).data
      return { sizes: { train: sum(counts.train), validation: sum(counts.validation), test: sum(counts.test) }, problems: [] }
    },
    goesOnFrom: async () => null,
    recordOf: async (id) => {
      const record = records.find((one) => one.id === id)
      return record && { state: 'published', commit: record.provenance.git_commit }
    },
    measured: records.flatMap(measuredOf),
    missing: async () => null,
    engineFor: () => engineOf(records.at(-1)),
  }
}

/** A data set is known by all that the recipe says of it but where the data lie, and by its MD5, where the recipe names one. */
const isOf =
  (source: Source) =>
  ({ data, spec }: Known): boolean => {
    if ('md5' in source && source.md5 !== undefined && data.md5 !== source.md5) return false
    return nameOf(source) === nameOf((spec as Partial<Spec>).dataset)
  }

const nameOf = (source: Source | undefined): string | undefined =>
  canonicalize({ ...source, path: undefined, fallback: undefined, md5: undefined })

const descriptionOf = ({ kind, name, synthetic, path, md5, sha256, image_shape, classes, images, counts }: Data): DatasetDescription => ({
  kind: kind as Source['kind'],
  name,
  synthetic,
  path,
  md5,
  sha256,
  imageShape: image_shape as [number, number, number],
  classes,
  images,
  classCounts: classes.map((_, index) => sum(PARTS.map((part) => counts[part][index] ?? 0))),
  has: { usage: false, targets: false, groups: false },
  usageNames: [],
  leftOut: [],
})

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)

/** What made the records: what is not run yet is estimated for it. */
const engineOf = (record: Known | undefined): ReturnType<StoreContext['engineFor']> => {
  const { engine, cores } = record?.provenance ?? { engine: { name: 'native', gpu: false }, cores: 1 }
  return { name: engine.name as EngineKind['name'], gpu: engine.gpu, cores, required: false }
}
