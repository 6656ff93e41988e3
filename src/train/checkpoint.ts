import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Tensors by name, and what else is to be kept, as JSON text. */
export type Checkpoint = {
  meta: string
  tensors: Record<string, Float32Array>
  /** For other tools; a tensor that has none is written as a list. */
  shapes?: Readonly<Record<string, readonly number[]>>
}

const HEADER_LENGTH_BYTES = 8
const FORMAT = 'ferment-checkpoint-1'

type Header = { __metadata__: { format: string; meta: string; sha256: string } } & Record<
  string,
  { dtype: 'F32'; shape: readonly number[]; data_offsets: [number, number] }
>

const bytesOf = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

const headerOf = ({ meta, tensors, shapes = {} }: Checkpoint): Buffer => {
  const hash = createHash('sha256').update(meta)
  let end = 0
  const entries = Object.entries(tensors).map(([name, values]) => {
    hash.update(`\0${name}\0`).update(bytesOf(values))
    const start = end
    end += values.byteLength
    return [name, { dtype: 'F32', shape: shapes[name] ?? [values.length], data_offsets: [start, end] }]
  })
  const json = JSON.stringify({ __metadata__: { format: FORMAT, meta, sha256: hash.digest('hex') }, ...Object.fromEntries(entries) })
  // Padded with spaces so that the data is aligned, as the format recommends.
  const text = Buffer.from(
    json.padEnd(Math.ceil(Buffer.byteLength(json) / HEADER_LENGTH_BYTES) * HEADER_LENGTH_BYTES + json.length - Buffer.byteLength(json)),
  )
  const length = Buffer.alloc(HEADER_LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text])
}

/** What is left of the parts after so many bytes of them. */
const after = (parts: readonly Buffer[], bytes: number): Buffer[] => {
  const [first, ...rest] = parts
  if (first === undefined) return []
  return bytes < first.length ? [first.subarray(bytes), ...rest] : after(rest, bytes - first.length)
}

/** In one call where the system takes all at once: between two calls a training step may have its turn. */
const writeAll = async (handle: FileHandle, parts: readonly Buffer[]): Promise<void> => {
  for (let left = parts; left.length > 0; left = after(left, (await handle.writev(left)).bytesWritten));
}

/**
 * Writes a checkpoint whole or not at all: under a temporary name, synced, then renamed. The file is in the safetensors format (8-byte header
 * length, JSON header, little-endian float32 data), so that other tools can read the weights.
 */
export const writeCheckpoint = async (file: string, checkpoint: Checkpoint): Promise<void> => {
  // Hashed before anything is awaited, so that this work is done when the function first returns.
  const parts = [headerOf(checkpoint), ...Object.values(checkpoint.tensors).map(bytesOf)]
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const handle = await open(temporary, 'w')
    try {
      await writeAll(handle, parts)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

const parsed = (file: Buffer): Checkpoint => {
  const start = HEADER_LENGTH_BYTES + Number(file.readBigUInt64LE(0))
  const { __metadata__: about, ...entries } = JSON.parse(file.subarray(HEADER_LENGTH_BYTES, start).toString('utf8')) as Header
  if (about.format !== FORMAT) throw new Error('another format')
  const hash = createHash('sha256').update(about.meta)
  const tensors = Object.entries(entries).map(([name, { data_offsets }]): [string, Float32Array] => {
    const data = file.subarray(start + data_offsets[0], start + data_offsets[1])
    hash.update(`\0${name}\0`).update(data)
    // Copied, because a view of floats must begin at a multiple of four bytes.
    return [name, new Float32Array(Uint8Array.from(data).buffer)]
  })
  if (hash.digest('hex') !== about.sha256) throw new Error('its checksum does not fit')
  return { meta: about.meta, tensors: Object.fromEntries(tensors) }
}

/** Reads a checkpoint; null where there is none, or where the file is not whole (then the run begins anew). */
export const readCheckpoint = async (file: string): Promise<Checkpoint | null> => {
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return null
  try {
    return parsed(bytes)
  } catch {
    return null
  }
}
