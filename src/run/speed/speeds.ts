import { readFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { cacheFolder } from '../../cache_folder.ts'
import { deviceName } from '../../engine/native/device.ts'
import type { Measured } from '../../plan/estimate.ts'
import { makeFolder } from '../../write_whole.ts'

/** How fast a network trained where it was timed. */
export type Speed = Omit<Measured, 'from'> & {
  /** For people and to tell machines apart that share a home: `NVIDIA H200`, `CPU (2 cores)`. */
  device: string
}

type Kept = Speed & { processor: string }

/** So many are kept: the newest. */
const MOST = 200

/** What was timed on this machine, whatever the engine; oldest first. A few milliseconds. */
export const readSpeeds = async (): Promise<Speed[]> => (await readAll()).filter(isHere)

const readAll = async (): Promise<Kept[]> => {
  try {
    const kept: unknown = JSON.parse(await readFile(speedsFile(), 'utf8'))
    return Array.isArray(kept) ? kept : []
  } catch {
    // Missing or damaged: it is measured again.
    return []
  }
}

const speedsFile = (): string => join(cacheFolder(), 'speeds.json')

const isHere = ({ processor: of, gpu, device }: Kept): boolean => of === processor() && (!gpu || device === deviceName(true))

/** The processor decides, too, where the device has the same name. */
const processor = (): string => `${os.cpus()[0]?.model.trim() ?? process.arch}, ${os.availableParallelism()} cores`

/** Adds to what is known; an older time of the same thing is replaced. A cache that cannot be written costs the estimate, nothing else. */
export const writeSpeeds = async (speeds: readonly Speed[]): Promise<void> => {
  const fresh = speeds.map((speed) => ({ ...speed, processor: processor() }))
  const replaced = new Set(fresh.map(keyOf))
  const kept = [...(await readAll()).filter((one) => !replaced.has(keyOf(one))), ...fresh].slice(-MOST)
  try {
    await makeFolder(cacheFolder())
    await writeFileAtomic(speedsFile(), `${JSON.stringify(kept)}\n`)
  } catch {}
}

const keyOf = ({ imagesPerSecond: _speed, ...what }: Kept): string => JSON.stringify(what)
