import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeSafetensorsHeader, withSafetensors } from '../../../src/model/weights/safetensors.ts'

let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-safetensors-'))
  path = join(folder, 'weights')
})
afterAll(() => rm(folder, { recursive: true }))

type Written = { name: string; shape: number[]; values: Float32Array }

const encoded = (tensors: readonly Written[]): Buffer =>
  Buffer.concat([encodeSafetensorsHeader({ format: 'np' }, tensors), ...tensors.map(({ values }) => Buffer.from(values.buffer))])

/** A header as another tool writes it, and the bytes behind it. */
const raw = (header: object | string, data: Uint8Array = new Uint8Array()): Buffer => {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, data])
}

const read = async (bytes: Uint8Array) => {
  await writeFile(path, bytes)
  return withSafetensors(path, (tensors) => tensors.map(({ name, shape, read }) => ({ name, shape, values: read() })))
}

const tensor = fc
  .record({
    name: fc.string().filter((name) => !['__metadata__', '__proto__'].includes(name)),
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  })
  .chain(({ name, shape }) => {
    const count = shape.reduce((product, extent) => product * extent, 1)
    return fc.float32Array({ minLength: count, maxLength: count, noNaN: true }).map((values) => ({ name, shape, values: values.slice() }))
  })
const tensors = fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 5 })

describe('withSafetensors', () => {
  test('gives back what was written, in the order of its values', async () => {
    await fc.assert(
      fc.asyncProperty(tensors, async (written) => {
        expect(await read(encoded(written))).toEqual(written)
      }),
      { numRuns: 50 },
    )
  })

  test('a file that is cut or goes on is never taken for whole', async () => {
    const bytes = encoded([{ name: 'dense/kernel', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }])
    for (let length = 0; length < bytes.length; length++) await expect(read(bytes.subarray(0, length)), `${length} bytes`).rejects.toThrow()
    await expect(read(Buffer.concat([bytes, Buffer.alloc(1)]))).rejects.toThrow(/should be of \d+ bytes by its header and is of \d+/)
  })

  test('float64 and bfloat16 become float32', async () => {
    const data = Buffer.concat([Buffer.from(Float64Array.of(0.5, -2).buffer), Buffer.from(Uint16Array.of(0x3f80, 0xc040).buffer)])
    const header = {
      half: { dtype: 'BF16', shape: [2], data_offsets: [16, 20] },
      double: { dtype: 'F64', shape: [2], data_offsets: [0, 16] },
    }
    expect(await read(raw(header, data))).toEqual([
      { name: 'double', shape: [2], values: Float32Array.of(0.5, -2) },
      { name: 'half', shape: [2], values: Float32Array.of(1, -3) },
    ])
  })

  test.each([
    ['a header that is no JSON', '{no', /header that is no JSON/],
    ['no place', { a: { dtype: 'F32', shape: [1] } }, /no shape and place of a/],
    ['a type that is not read', { a: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, /has values of type I64 for a/],
    ['fewer values than the shape', { a: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, /has 2 values for a, .* \[3\]/],
  ])('%s is told', async (_what, header, message) => {
    await expect(read(raw(header, new Uint8Array(typeof header === 'string' ? 0 : 8)))).rejects.toThrow(message)
  })
})
