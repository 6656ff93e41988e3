import type { Source } from '../../schema/recipe.ts'
import type { Dataset } from './dataset.ts'
import { type Described, datasetCacheDir, readCached, readDescription, writeCached } from './dataset_cache.ts'
import { describeDataset, seal } from './dataset_payload.ts'
import type { DataForm, LoadProgress, Located } from './sources/source_row.ts'
import { formOf, locate } from './sources/table.ts'

export type LoadOptions = {
  /** For `${NAME:-default}` in paths and for `FERMENT_CACHE_DIR`. Default: the process's. */
  env?: Readonly<Record<string, string | undefined>>
  /** Where data sets are kept once read. Default: `datasets` in `FERMENT_CACHE_DIR` or in the user's cache folder. */
  cacheDir?: string
  onProgress?: (progress: LoadProgress) => void
}

/**
 * Images and labels of a source, in shared memory: read or drawn at the first time, taken from the cache afterwards.
 * @throws UserError where the file is missing or unreadable (`data_missing`, `data_unreadable`, `data_compression`), is another one than
 * the recipe's (`data_md5`), or is broken (`csv_…`, the first few problems at once, each with its place); where a folder of images is not
 * as it must be (`folder_…`, `class_folder_…`, `image_…`, also the first few at once) or too large (`data_too_large`)
 */
export const loadDataset = async (source: Source, options: LoadOptions = {}): Promise<Dataset> => {
  const { located, cacheDir } = await find(source, options)
  const dataset = (await readCached(cacheDir, located)) ?? (await readSource(located, cacheDir, options.onProgress))
  located.check(dataset)
  return dataset
}

/**
 * What is known of a source without loading its images: a few milliseconds.
 * @returns null where it was never loaded on this machine, or has changed since
 * @throws UserError where the file is missing or, as far as is known, another one than the recipe's
 */
export const describeSource = async (source: Source, options: LoadOptions = {}): Promise<Described | null> => {
  const { located, cacheDir } = await find(source, options)
  const description = await readDescription(cacheDir, located)
  if (description) located.check(description)
  return description
}

/** The same of a source that was not loaded before: loads it, and describes what is in memory, since the cache may not be writable. */
export const loadDescription = async (source: Source, options: LoadOptions = {}): Promise<Described> => {
  const dataset = await loadDataset(source, options)
  const { labels, usage, targets, groups, first } = dataset
  return { ...describeDataset(dataset), labels, usage, targets, groups, first }
}

/**
 * Shape of the images and names of the classes, as far as they are known before the images are read.
 * @returns null where the source is not there and the recipe alone does not say
 */
export const sourceForm = (source: Source, { env = process.env }: Pick<LoadOptions, 'env'> = {}): Promise<DataForm | null> =>
  formOf(source, { env })

const readSource = async (located: Located, cacheDir: string, onProgress: LoadOptions['onProgress'] = () => {}): Promise<Dataset> => {
  const dataset = seal(await located.read(onProgress))
  // A cache that cannot be written (disk full, read-only home) costs time at the next load, nothing else.
  await writeCached(cacheDir, located, dataset).catch(() => {})
  return dataset
}

const find = async (source: Source, { env = process.env, cacheDir = datasetCacheDir(env) }: LoadOptions) => ({
  located: await locate(source, { env }),
  cacheDir,
})
