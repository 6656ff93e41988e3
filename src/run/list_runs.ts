import { readdir } from 'node:fs/promises'

const ID = /^[0-9a-f]{16}$/

/** Ids of all runs that a store has a folder of, in order; none where there is no store. */
export const listRuns = async (store: string): Promise<string[]> => {
  const entries = await readdir(store, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && ID.test(entry.name))
    .map(({ name }) => name)
    .sort()
}
