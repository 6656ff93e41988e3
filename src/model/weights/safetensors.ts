import { elements } from '../../elements.ts'
import { openJoined } from './joined_files.ts'
import type { TensorReader } from './stored_tensor.ts'

/**
 * The safetensors format: 8 bytes of a header's length (little-endian), the header (JSON), then the values of all tensors.
 * Source: huggingface/safetensors, README, "Format".
 */
const LENGTH_BYTES = 8
const LONGEST_HEADER = 100_000_000

type Entry = { dtype: string; shape: readonly number[]; data_offsets: readonly [number, number] }

export type SafetensorsHeader = {
  metadata: Readonly<Record<string, string>>
  /** In the order of their values. `start` and `end`: bytes of the file. */
  tensors: readonly { name: string; dtype: string; shape: readonly number[]; start: number; end: number }[]
}

/** The header of a file whose tensors are float32 and follow it in this order; its length is a multiple of 8, so that they are aligned. */
export const encodeSafetensorsHeader = (
  metadata: Readonly<Record<string, string>>,
  tensors: readonly { name: string; shape: readonly number[] }[],
): Buffer => {
  let end = 0
  const entries = tensors.map(({ name, shape }): [string, Entry] => {
    const start = end
    end += Float32Array.BYTES_PER_ELEMENT * elements(shape)
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }]
  })
  const json = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }))
  const padding = Buffer.alloc((LENGTH_BYTES - (json.length % LENGTH_BYTES)) % LENGTH_BYTES, ' ')
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(json.length + padding.length))
  return Buffer.concat([length, json, padding])
}

/**
 * The header of a file of `size` bytes.
 * @throws Error what is wrong with the file, to follow its name
 */
export const readSafetensorsHeader = ({
  size,
  read,
}: {
  size: number
  read: (start: number, end: number) => Uint8Array
}): SafetensorsHeader => {
  const length = size < LENGTH_BYTES ? Number.NaN : Number(Buffer.from(read(0, LENGTH_BYTES)).readBigUInt64LE())
  const start = LENGTH_BYTES + length
  if (!(length <= LONGEST_HEADER && start <= size)) throw new Error('is no safetensors file, or ends within its header')
  const { metadata, entries } = parsed(Buffer.from(read(LENGTH_BYTES, start)).toString('utf8'))
  const tensors = entries
    .map(([name, { dtype, shape, data_offsets }]) => ({ name, dtype, shape, start: start + data_offsets[0], end: start + data_offsets[1] }))
    .sort((a, b) => a.start - b.start)
  const end = tensors.at(-1)?.end ?? start
  if (end !== size) throw new Error(`should be of ${end} bytes by its header and is of ${size}`)
  return { metadata, tensors }
}

const parsed = (text: string): { metadata: Record<string, string>; entries: [string, Entry][] } => {
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    throw new Error('has a header that is no JSON')
  }
  const { __metadata__: metadata = {}, ...rest } = (header ?? {}) as Record<string, unknown>
  const entries = Object.entries(rest)
  for (const [name, entry] of entries) if (!isEntry(entry)) throw new Error(`has a header that says no shape and place of ${name}`)
  return { metadata: metadata as Record<string, string>, entries: entries as [string, Entry][] }
}

const isEntry = (value: unknown): value is Entry => {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>
  return (
    typeof dtype === 'string' && areCounts(shape) && areCounts(offsets) && offsets.length === 2 && Number(offsets[0]) <= Number(offsets[1])
  )
}

const areCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0)

/** The tensors of a safetensors file by the names it gives them, in the order of their values. */
export const withSafetensors: TensorReader = async (path, use) => {
  const file = openJoined([path])
  try {
    const { tensors } = readSafetensorsHeader(file)
    return use(
      tensors.map((tensor) => {
        const { name, shape, start, end } = tensor
        return { name, shape, read: () => valuesOf(tensor, file.read(start, end)) }
      }),
    )
  } finally {
    file.close()
  }
}

/** Bytes of little-endian values, aligned at their start, as float32. */
const floats: Readonly<Record<string, (bytes: ArrayBufferLike) => Float32Array>> = {
  F32: (bytes) => new Float32Array(bytes),
  F64: (bytes) => Float32Array.from(new Float64Array(bytes)),
  BF16: (bytes) => new Float32Array(Uint32Array.from(new Uint16Array(bytes), (half) => half << 16).buffer),
}

const valuesOf = ({ name, dtype, shape }: SafetensorsHeader['tensors'][number], bytes: Uint8Array): Float32Array => {
  const decode = floats[dtype]
  if (!decode) throw new Error(`has values of type ${dtype} for ${name}, not ${Object.keys(floats).join(', ')}`)
  const values = decode(bytes.buffer)
  if (values.length !== elements(shape))
    throw new Error(`has ${values.length} values for ${name}, not as many as its shape [${shape.join(', ')}]`)
  return values
}
