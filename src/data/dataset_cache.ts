import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { cacheFolder } from '../cache_folder.ts'
import type { Dataset, Rows } from './dataset.ts'
import { type DatasetDescription, describeDataset, imageBytes, payloadBytes, unseal, unsealRows } from './dataset_payload.ts'
import type { Located } from './sources/source_row.ts'

/** A cache file is one line of JSON, filled with spaces to this many bytes; then the images and all that is known of each; then what was found of them. */
const HEADER_BYTES = 65536

type Header = {
  version: Located['version']
  description: DatasetDescription
  /** SHA-256 of what stands behind the data: which images are the same, found once. */
  first: string
}

/** Where data sets are kept once read. */
export const datasetCacheDir = (env: Readonly<Record<string, string | undefined>>): string => join(cacheFolder(env), 'datasets')

/** A data set without its pixels: what a plan needs. */
export type Described = DatasetDescription & Rows

/** What the cache knows of a source, or null where it has nothing current. Reads a few bytes for each image. */
export const readDescription = (dir: string, located: Located): Promise<Described | null> =>
  withEntry(dir, located, async ({ description, first }, file) => {
    const pixels = imageBytes(description)
    const rows = new Uint8Array(new SharedArrayBuffer(payloadBytes(description) - pixels))
    await file.read(rows, 0, rows.length, HEADER_BYTES + pixels)
    const same = await readFirst(file, description, first)
    return same && { ...description, ...unsealRows(description, rows), first: same }
  })

/** Opens a current entry; anything that is wrong with it means that there is none. */
const withEntry = async <T>(
  dir: string,
  located: Located,
  use: (header: Header, file: FileHandle) => Promise<T | null>,
): Promise<T | null> => {
  const file = await open(entryPath(dir, located)).catch(() => null)
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    const { checksum, ...header } = JSON.parse(buffer.toString('utf8', 0, bytesRead)) as Header & { checksum: string }
    if (checksum !== checksumOf(header)) return null
    const { version, description } = header
    const { size } = await file.stat()
    const current =
      JSON.stringify(version) === JSON.stringify(located.version) &&
      size === HEADER_BYTES + payloadBytes(description) + 4 * description.images
    return current ? await use(header, file) : null
  } catch {
    return null
  } finally {
    await file.close()
  }
}

const entryPath = (dir: string, { name }: Located): string =>
  join(dir, `${createHash('sha256').update(name).digest('hex').slice(0, 24)}.bin`)

/** Of the header itself: nothing else shows that a name or a count in it was changed. */
const checksumOf = (header: Header): string => sha256(Buffer.from(JSON.stringify(header)))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const readFirst = async (file: FileHandle, description: DatasetDescription, hash: string): Promise<Int32Array | null> => {
  const bytes = new Uint8Array(4 * description.images)
  await file.read(bytes, 0, bytes.length, HEADER_BYTES + payloadBytes(description))
  return sha256(bytes) === hash ? new Int32Array(bytes.buffer) : null
}

/** The data set of a source as the cache has it, or null where that is not current or is damaged. */
export const readCached = (dir: string, located: Located): Promise<Dataset | null> =>
  withEntry(dir, located, async ({ description, first }, file) => {
    const payload = new Uint8Array(new SharedArrayBuffer(payloadBytes(description)))
    await file.read(payload, 0, payload.length, HEADER_BYTES)
    const same = await readFirst(file, description, first)
    return same && unseal(description, payload, same)
  })

/** Keeps a data set: written to another name first, then renamed, so that no reader sees half of it. */
export const writeCached = async (dir: string, located: Located, dataset: Dataset): Promise<void> => {
  const { buffer, byteOffset, byteLength } = dataset.first
  const first = new Uint8Array(buffer, byteOffset, byteLength)
  const header: Header = { version: located.version, description: describeDataset(dataset), first: sha256(first) }
  const line = Buffer.from(JSON.stringify({ ...header, checksum: checksumOf(header) }))
  if (line.length > HEADER_BYTES) throw new RangeError(`a header of ${line.length} bytes`)
  const padding = Buffer.alloc(HEADER_BYTES - line.length, ' ')
  const path = entryPath(dir, located)
  await mkdir(dirname(path), { recursive: true })
  // Not synced: what a crash leaves half written is found by its hash.
  await writeFileAtomic(path, Buffer.concat([line, padding, payloadOf(dataset), first]), { fsync: false })
}

/** As `seal` has put it together: what is read where it lies begins at the payload's start. */
const payloadOf = (dataset: Dataset): Uint8Array => new Uint8Array(dataset.images.buffer)
