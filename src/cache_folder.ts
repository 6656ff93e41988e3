import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** Folder of all that ferment downloads, builds or has read once, shared by a user's checkouts: `FERMENT_CACHE_DIR`, else the system's place for caches. */
export const cacheFolder = (env: Readonly<Record<string, string | undefined>> = process.env): string =>
  resolve(env.FERMENT_CACHE_DIR || envPaths('ferment', { suffix: '' }).cache)
