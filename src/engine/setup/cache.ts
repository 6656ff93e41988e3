import { join, resolve } from 'node:path'
import { cacheFolder } from '../../cache_folder.ts'

/** Builds of the native engine, one folder a combination of versions: `FERMENT_ENGINE_DIR`, for one that many users share, else in the cache. */
export const enginesDir = (): string => resolve(process.env.FERMENT_ENGINE_DIR || join(cacheFolder(), 'engine'))

/** Wheels wait here until the build is done, so that a set-up that was stopped does not download them again. */
export const downloadsDir = (): string => join(cacheFolder(), 'download')
