import { createHash } from 'node:crypto'
import type { StoredTensor } from './stored_tensor.ts'

/** A tensor whose values are known by their hash: SHA-256 of them as little-endian float32, row-major. */
export type KnownTensor = { name: string; shape: readonly number[]; sha256: string }

type Tensor = { shape: readonly number[]; values: Float32Array }

export type Found =
  | { ok: true; tensors: ReadonlyMap<string, Tensor> }
  /** In words, to follow the file's name. `table`: of shapes, line by line, with a head. */
  | { ok: false; code: 'weights_other_shapes' | 'weights_other_values'; why: string; table?: readonly string[] }

/**
 * Finds known tensors among those of a file, by their values: names and order differ from one kind of file to another, values do not. Names
 * are only used to say what is wrong.
 */
export const findKnown = (stored: readonly StoredTensor[], known: readonly KnownTensor[]): Found => {
  const misfits = known.map((tensor, index) => ({ tensor, partner: partnerOf(tensor, index, stored) })).filter(isMisfit(stored, known))
  if (misfits.length > 0) return otherShapes(misfits, known.length)
  const readOnce = hashedOnce()
  const found = known.map((tensor) => ({ tensor, values: valuesOf(tensor, stored, readOnce) }))
  const [differing] = found.filter(({ values }) => !values)
  if (differing) return otherValues(differing.tensor, { stored, known, same: found.filter(({ values }) => values).length })
  return {
    ok: true,
    tensors: new Map(found.map(({ tensor: { name, shape }, values }) => [name, { shape, values: values as Float32Array }])),
  }
}

/** The tensor that stands where a known one should: by its layer's name, else by its place. */
const partnerOf = ({ name, shape }: KnownTensor, index: number, stored: readonly StoredTensor[]): StoredTensor | undefined => {
  const [layer = name] = name.split('/')
  const named = stored.filter((one) => one.name.split(/[/.]/).includes(layer))
  const ranked = named.find((one) => one.shape.length === shape.length)
  return ranked ?? (named.length > 0 ? undefined : stored[index])
}

/** Whether a file has fewer tensors of this one's shape than are wanted. */
const isMisfit =
  (stored: readonly StoredTensor[], known: readonly KnownTensor[]) =>
  ({ tensor, partner }: Misfit): boolean => {
    if (partner && sameShape(partner, tensor)) return false
    const count = (tensors: readonly { shape: readonly number[] }[]) => tensors.filter((one) => sameShape(one, tensor)).length
    return count(stored) < count(known)
  }

type Misfit = { tensor: KnownTensor; partner: StoredTensor | undefined }

const sameShape = (a: { shape: readonly number[] }, b: { shape: readonly number[] }): boolean => a.shape.join() === b.shape.join()

const otherShapes = (misfits: readonly Misfit[], of: number): Found => {
  const rows = misfits.map(({ tensor, partner }) => [
    tensor.name,
    shapeText(tensor.shape),
    partner ? `${shapeText(partner.shape)} ${partner.name}` : 'nothing',
  ])
  const all = [['tensor', 'expected', 'found'], ...rows]
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const table = all.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '))
  const [first] = rows as [string[]]
  const why = `${misfits.length} of ${of} tensors are not there in the shape they should have; the first: ${first[0]} ${first[1]}, found ${first[2]}`
  return { ok: false, code: 'weights_other_shapes', why, table }
}

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`

type ReadOnce = (tensor: StoredTensor) => { values: Float32Array; sha256: string }

/** Several known tensors may have the shape of one of the file. */
const hashedOnce = (): ReadOnce => {
  const known = new Map<StoredTensor, ReturnType<ReadOnce>>()
  return (tensor) => {
    const before = known.get(tensor)
    if (before) return before
    const values = tensor.read()
    const sha256 = createHash('sha256')
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      .digest('hex')
    known.set(tensor, { values, sha256 })
    return { values, sha256 }
  }
}

const valuesOf = (tensor: KnownTensor, stored: readonly StoredTensor[], readOnce: ReadOnce): Float32Array | undefined => {
  for (const one of stored.filter((candidate) => sameShape(candidate, tensor))) {
    const { values, sha256 } = readOnce(one)
    if (sha256 === tensor.sha256) return values
  }
  return undefined
}

type Context = { stored: readonly StoredTensor[]; known: readonly KnownTensor[]; same: number }

const otherValues = (tensor: KnownTensor, { stored, known, same }: Context): Found => {
  const partner = partnerOf(tensor, known.indexOf(tensor), stored)
  const where = partner && partner.name !== tensor.name ? ` (there ${partner.name})` : ''
  const others = same === 0 ? 'none of the others fits' : `${same} of ${known.length} tensors are as they should be`
  return { ok: false, code: 'weights_other_values', why: `the first tensor that differs is ${tensor.name}${where}; ${others}` }
}
