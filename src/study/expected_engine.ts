import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import { engineStatuses } from '../engine/choose/status.ts'
import { engineNotice } from '../run/engine_notice.ts'

/**
 * What to say, before anything is run, of the engine that will be used: null where none could be faster, or it is required.
 */
export const expectedEngine = ({ required }: Pick<ChosenEngine, 'required'>): string | null => {
  if (required) return null
  const statuses = engineStatuses()
  const used = statuses.findIndex(({ available }) => available)
  const missing = statuses.slice(0, used).flatMap((status) => (status.available ? [] : [status]))
  return engineNotice(statuses[used]?.name ?? '', missing)
}
