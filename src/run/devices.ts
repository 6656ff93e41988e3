import { createHash } from 'node:crypto'
import os from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { cacheFolder } from '../cache_folder.ts'
import type { Gpu } from '../engine/choose/gpus.ts'
import { lockFolder } from '../folder_lock.ts'

/** Where a run is made: what its process finds in its environment, and how it is given back. */
export type Device = {
  env: Readonly<Record<string, string>>
  release: () => Promise<void>
  /** Aborted where another process took it, because this one stood still for too long. */
  lost: AbortSignal
}

/** Waits for a device. Null after an abort. `onWait` is called once where other processes hold all there are. */
export type TakeDevice = (options: { signal: AbortSignal; onWait: () => void }) => Promise<Device | null>

/** How often GPUs that others hold are looked at. */
const POLL_MS = 500

/** Runs on the processor: as many as are asked for share its cores, and none needs to wait. */
export const onProcessor: TakeDevice = async () => ({ env: {}, release: async () => {}, lost: new AbortController().signal })

/** One run a GPU at a time, on this machine and among all of a user's ferments. */
export const onGpus =
  (gpus: readonly Gpu[], env: NodeJS.ProcessEnv = process.env): TakeDevice =>
  async ({ signal, onWait }) => {
    for (let tries = 0; !signal.aborted; tries++) {
      for (const gpu of gpus) {
        const device = await takeGpu(gpu, env)
        if (device) return device
      }
      if (tries === 0) onWait()
      await setTimeout(POLL_MS, undefined, { signal }).catch(() => {})
    }
    return null
  }

const takeGpu = async (gpu: Gpu, env: NodeJS.ProcessEnv): Promise<Device | null> => {
  const lock = await lockFolder(lockDir(gpu))
  return lock && { ...lock, env: environmentOf(gpu, env) }
}

/** A card has one lock, whatever number it goes by; without a UUID it is known by machine and number. */
const lockDir = ({ uuid, id }: Gpu): string =>
  join(
    cacheFolder(),
    'gpu',
    createHash('sha256')
      .update(uuid ?? `${os.hostname()} ${id}`)
      .digest('hex')
      .slice(0, 16),
  )

/** What shows a process one GPU only. By bus order, numbers mean what they mean to us; what a user has numbered otherwise stays so. */
const environmentOf = ({ id }: Gpu, { CUDA_VISIBLE_DEVICES, CUDA_DEVICE_ORDER }: NodeJS.ProcessEnv): Record<string, string> => ({
  ...(CUDA_VISIBLE_DEVICES === undefined && CUDA_DEVICE_ORDER === undefined ? { CUDA_DEVICE_ORDER: 'PCI_BUS_ID' } : {}),
  CUDA_VISIBLE_DEVICES: id,
})
