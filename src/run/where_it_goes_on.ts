import { readMeta } from '../train/checkpoint.ts'
import type { FitState } from '../train/fit_state.ts'
import { runFiles } from './store.ts'

/** From where a run will go on: its epoch, from 1, and the steps of it that are done. Null where it has no checkpoint. */
export const whereItGoesOn = async (store: string, id: string): Promise<{ epoch: number; step: number } | null> => {
  const meta = await readMeta(runFiles(store, id).checkpoint)
  if (meta === null) return null
  const { epoch, sums } = JSON.parse(meta) as FitState
  return { epoch: epoch + 1, step: sums.steps }
}
