import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredTensor, TensorReader } from './stored_tensor.ts'

export type WeightFile = {
  /** All files that belong to it, the one that names the others first. */
  files: readonly string[]
  /** Opens it for as long as its tensors are used. @throws Error what is wrong with it, to follow its name */
  read: <T>(use: (tensors: readonly StoredTensor[]) => T) => Promise<T>
}

type Kind = {
  /** Whether a file is of this container, by its first bytes, whatever it is called. */
  recognises: (head: Buffer) => boolean
  filesOf: (path: string) => Promise<string[]>
  /** Loaded when one of this kind is read: that of HDF5 is WebAssembly. */
  reader: () => Promise<TensorReader>
}

const HDF5 = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')
const ZIP = Buffer.from('PK\x03\x04', 'latin1')
const HEAD_BYTES = 9
const alone = async (path: string) => [path]

const kinds: readonly Kind[] = [
  {
    recognises: (head) => head.subarray(0, HDF5.length).equals(HDF5),
    filesOf: alone,
    reader: async () => (await import('./keras_h5.ts')).withKerasH5,
  },
  {
    // After the header's length, whose upper bytes are zero.
    recognises: (head) => head.subarray(6).equals(Buffer.from('\0\0{', 'latin1')),
    filesOf: alone,
    reader: async () => (await import('./safetensors.ts')).withSafetensors,
  },
  {
    recognises: (head) => head.toString('latin1').trimStart().startsWith('{'),
    filesOf: async (path) => (await import('./tfjs_model.ts')).filesOfTfjsModel(path),
    reader: async () => (await import('./tfjs_model.ts')).withTfjsModel,
  },
]

const headOf = async (path: string): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const unknown = (head: Buffer): Error =>
  new Error(
    head.subarray(0, ZIP.length).equals(ZIP)
      ? "is a ZIP archive: if it is one of Keras' .keras files, unpack model.weights.h5 from it"
      : "is of no kind that is read: HDF5 (Keras' .h5), safetensors, or model.json of TensorFlow.js",
  )

/**
 * A file of weights of any kind that is read, by its content: HDF5 of Keras 1, 2 and 3, safetensors, a `model.json` of TensorFlow.js with its
 * shards or the folder it is in.
 * @throws Error what is wrong with it, to follow its name
 */
export const weightFile = async (path: string): Promise<WeightFile> => {
  const file = (await stat(path)).isDirectory() ? join(path, 'model.json') : path
  const head = await headOf(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? 'is a folder without a model.json' : `cannot be read: ${error.message}`)
  })
  const kind = kinds.find(({ recognises }) => recognises(head))
  if (!kind) throw unknown(head)
  return { files: await kind.filesOf(file), read: async (use) => (await kind.reader())(file, use) }
}
