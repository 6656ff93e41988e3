import { engineStatuses } from '../engine/status.ts'
import { engineNotice } from '../run/engine_notice.ts'

/**
 * What to say, before anything is run, of the engine that will be used: null where none could be faster, or it was asked for.
 * @throws UserError where the engine that is insisted on cannot be had: no run need be started to find that out
 */
export const expectedEngine = async (): Promise<string | null> => {
  const statuses = engineStatuses()
  const wanted = process.env.FERMENT_ENGINE
  if (wanted) {
    if (statuses.some(({ name, available }) => available && name === wanted)) return null
    const { openEngine } = await import('../engine/select.ts')
    await openEngine()
  }
  const used = statuses.findIndex(({ available }) => available)
  const missing = statuses.slice(0, used).flatMap((status) => (status.available ? [] : [status]))
  return engineNotice(statuses[used]?.name ?? '', missing)
}
