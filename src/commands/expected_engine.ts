import { engineStatuses } from '../engine/status.ts'
import { engineNotice } from '../run/engine_notice.ts'

/**
 * What to say, before anything is run, of the engine that will be used: null where none could be faster, or it was asked for.
 * @param insisted  the engine that is insisted on
 */
export const expectedEngine = (insisted: string | undefined): string | null => {
  if (insisted !== undefined) return null
  const statuses = engineStatuses()
  const used = statuses.findIndex(({ available }) => available)
  const missing = statuses.slice(0, used).flatMap((status) => (status.available ? [] : [status]))
  return engineNotice(statuses[used]?.name ?? '', missing)
}
