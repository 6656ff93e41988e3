import type { Dataset, Rows } from '../dataset.ts'

/** Of a long load: bytes read or images drawn so far, and in all. */
export type LoadProgress = { phase: 'reading' | 'drawing'; done: number; total: number }

export type SourceContext = { env: Readonly<Record<string, string | undefined>> }

/** What a source has, without the images. */
type DatasetFacts = Omit<Dataset, 'images' | 'sha256' | keyof Rows>

/** All of a source, not yet in shared memory. */
/** `first` is found when it is sealed. */
export type RawDataset = DatasetFacts & {
  images: Uint8Array
  labels: Uint8Array
  usage: Uint8Array | null
  targets: Float32Array | null
  groups: Int32Array | null
}

/** A source that is there. */
export type Located = {
  /** Names the place in the cache: sources of the same name replace each other there. */
  name: string
  /** Changes whenever the content may have changed. */
  version: Readonly<Record<string, unknown>>
  read: (onProgress: (progress: LoadProgress) => void) => Promise<RawDataset>
  /** Refuses content that is not what the recipe wants. @throws UserError */
  check: (facts: Pick<DatasetFacts, 'md5' | 'path'>) => void
}

/** What a network has to fit. */
export type DataForm = Pick<Dataset, 'imageShape' | 'classes'>

/** A kind of source. */
export type SourceRow<S> = {
  /** What is known of the images before they are read, or null: the source is not there, and the recipe alone does not say. */
  form: (source: S, context: SourceContext) => Promise<DataForm | null>
  /** Finds the source without reading it. @throws UserError where it is not there */
  locate: (source: S, context: SourceContext) => Promise<Located>
}
