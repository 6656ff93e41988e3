import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** Folder of all that ferment downloads or builds, shared by a user's checkouts: `FERMENT_CACHE_DIR`, else the system's place for caches. */
export const cacheDir = (): string => resolve(process.env.FERMENT_CACHE_DIR || envPaths('ferment', { suffix: '' }).cache)

/** Builds of the native engine, one folder a combination of versions: `FERMENT_ENGINE_DIR`, for one that many users share, else in the cache. */
export const enginesDir = (): string => resolve(process.env.FERMENT_ENGINE_DIR || join(cacheDir(), 'engine'))

/** Wheels wait here until the build is done, so that a set-up that was stopped does not download them again. */
export const downloadsDir = (): string => join(cacheDir(), 'download')
