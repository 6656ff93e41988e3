import { UserError } from '../problem.ts'
import type { Job } from './job.ts'
import { ofJob } from './of_job.ts'
import { provenanceOf } from './provenance.ts'
import { writeRecord } from './store.ts'
import { withoutFolders } from './without_folders.ts'

/** Of a run that failed, with or without an engine. */
const NO_ENGINE = { name: 'none', mode: 'none', device: 'none', gpu: false, tensorflow: null }

/** Why a run failed, in words for the user. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof UserError) return error.problems.map(({ message, hint }) => (hint ? `${message} ${hint}` : message)).join('\n')
  if (!(error instanceof Error)) return String(error)
  const isOfSystem = 'errno' in error
  return isOfSystem ? error.message : `${error.name}: ${error.message}`
}

/** Leaves a record of a run that failed, with the reason, so that reports can say it. */
export const recordFailure = async (job: Job, error: string, started: Date): Promise<void> => {
  const provenance = await provenanceOf(NO_ENGINE, job)
  const now = new Date()
  await writeRecord(job.store, {
    ...ofJob(job),
    status: 'failed',
    error: withoutFolders(error),
    provenance: {
      ...provenance,
      started_at: started.toISOString(),
      finished_at: now.toISOString(),
      seconds: (now.getTime() - started.getTime()) / 1000,
      peak_memory_bytes: process.resourceUsage().maxRSS * 1024,
      resumed: 0,
    },
  })
}
