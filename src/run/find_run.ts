import { EXIT } from '../exit_status.ts'
import { userError } from '../problem.ts'
import { listRuns } from './list_runs.ts'

/**
 * The run of a store, or of several stores, whose id begins so.
 * @throws UserError `unknown_run` where none or several do
 */
export const findRun = async (stores: string | readonly string[], start: string): Promise<string> => {
  const all = (await Promise.all([stores].flat().map(listRuns))).flat()
  const ids = [...new Set(all)].sort().filter((id) => id.startsWith(start))
  const [id] = ids
  if (id !== undefined && ids.length === 1) return id
  const store = [stores].flat().join(' or ')
  const message =
    id === undefined ? `${store} has no run whose id begins with ${start}.` : `${ids.length} runs of ${store} begin with ${start}.`
  const hint =
    id === undefined
      ? 'npx ferment runs list shows them.'
      : `Write more of it: ${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}.`
  throw userError({ code: 'unknown_run', message, hint }, EXIT.wrongUsage)
}
