import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { encodeSafetensorsHeader, readSafetensorsHeader } from '../model/weights/safetensors.ts'

/** Tensors by name, and what else is to be kept, as JSON text. */
export type Checkpoint = {
  meta: string
  tensors: Record<string, Float32Array>
  /** For other tools; a tensor that has none is written as a list. */
  shapes?: Readonly<Record<string, readonly number[]>>
}

const FORMAT = 'ferment-checkpoint-1'

/**
 * Writes a checkpoint whole or not at all: under a temporary name, synced, then renamed. The file is in the safetensors format, so
 * that other tools can read the weights.
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

const headerOf = ({ meta, tensors, shapes = {} }: Checkpoint): Buffer => {
  const hash = createHash('sha256').update(meta)
  const entries = Object.entries(tensors)
  for (const [name, values] of entries) hash.update(`\0${name}\0`).update(bytesOf(values))
  return encodeSafetensorsHeader(
    { format: FORMAT, meta, sha256: hash.digest('hex') },
    entries.map(([name, values]) => ({ name, shape: (Object.hasOwn(shapes, name) && shapes[name]) || [values.length] })),
  )
}

const bytesOf = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

/** In one call where the system takes all at once: between two calls a training step may have its turn. */
const writeAll = async (handle: FileHandle, parts: readonly Buffer[]): Promise<void> => {
  for (let left = parts; left.length > 0; left = after(left, (await handle.writev(left)).bytesWritten));
}

/** What is left of the parts after so many bytes of them. */
const after = (parts: readonly Buffer[], bytes: number): Buffer[] => {
  const [first, ...rest] = parts
  if (first === undefined) return []
  return bytes < first.length ? [first.subarray(bytes), ...rest] : after(rest, bytes - first.length)
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

const parsed = (file: Buffer): Checkpoint => {
  const read = (start: number, end: number) => file.subarray(start, end)
  const { metadata, tensors } = readSafetensorsHeader({ size: file.length, read })
  const { format, meta = '', sha256 } = metadata
  if (format !== FORMAT) throw new Error('another format')
  const hash = createHash('sha256').update(meta)
  const values = tensors.map(({ name, start, end }): [string, Float32Array] => {
    const data = read(start, end)
    hash.update(`\0${name}\0`).update(data)
    // Copied, because a view of floats must begin at a multiple of four bytes.
    return [name, new Float32Array(Uint8Array.from(data).buffer)]
  })
  if (hash.digest('hex') !== sha256) throw new Error('its checksum does not fit')
  return { meta, tensors: Object.fromEntries(values) }
}

/** What a checkpoint says beside its tensors, without reading these; null where there is none that can be read. Its sum is not checked. */
export const readMeta = async (file: string): Promise<string | null> => {
  const descriptor = await open(file).catch(() => null)
  if (descriptor === null) return null
  try {
    const read = (start: number, end: number) => {
      const bytes = Buffer.alloc(end - start)
      readSync(descriptor.fd, bytes, 0, bytes.length, start)
      return bytes
    }
    const { metadata } = readSafetensorsHeader({ size: (await descriptor.stat()).size, read })
    return metadata.format === FORMAT ? (metadata.meta ?? null) : null
  } catch {
    return null
  } finally {
    await descriptor.close()
  }
}
