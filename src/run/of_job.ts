import type { RunRecord } from '../../schema/record.ts'
import type { Job } from './job.ts'
import { portablePath, withoutFoldersIn } from './without_folders.ts'

/** What a record takes from its job, without the folders of the machine it was made on. */
export const ofJob = ({
  id,
  study,
  cell,
  seed,
  spec,
}: Job): Pick<RunRecord, 'schema_version' | 'id' | 'study' | 'cell' | 'seed' | 'spec'> => ({
  schema_version: 1,
  id,
  study: { ...study, recipe: portablePath(study.recipe) },
  cell: { ...cell },
  seed,
  spec: { ...spec, dataset: withoutFoldersIn(spec.dataset) } as unknown as Record<string, unknown>,
})
