import { mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/train/checkpoint.ts'

let dir: string
let file: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ferment-checkpoint-'))
  file = join(dir, 'checkpoint.safetensors')
})

const small: Checkpoint = {
  meta: '{"epoch":3,"name":"é"}',
  tensors: { 'a/kernel': Float32Array.of(1, -2.5, 3e-8), 'b/bias': Float32Array.of(7) },
}

describe('checkpoint', () => {
  test('gives back any tensors and text, bit by bit', async () => {
    const tensors = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => !['__metadata__', '__proto__'].includes(name)),
      fc.float32Array(),
    )
    await fc.assert(
      fc.asyncProperty(fc.string(), tensors, async (meta, values) => {
        await writeCheckpoint(file, { meta, tensors: values })
        const read = await readCheckpoint(file)
        if (read === null) return expect.unreachable()
        expect(read.meta).toBe(meta)
        expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(values).sort())
        for (const [name, value] of Object.entries(values))
          expect(Buffer.from((read.tensors[name] as Float32Array).buffer)).toEqual(Buffer.from(value.slice().buffer))
      }),
      { numRuns: 50 },
    )
  })

  test('has as many tensors as it likes: more than one call to the system writes', async () => {
    const tensors = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`t${index}`, Float32Array.of(index)]))
    await writeCheckpoint(file, { meta: '', tensors })
    expect((await readCheckpoint(file))?.tensors).toEqual(tensors)
  })

  test('is a safetensors file: header length, JSON header, float32 data', async () => {
    await writeCheckpoint(file, small)
    const bytes = await readFile(file)
    const length = Number(bytes.readBigUInt64LE(0))
    const header = JSON.parse(bytes.subarray(8, 8 + length).toString())
    expect(length % 8).toBe(0)
    expect(header['b/bias']).toEqual({ dtype: 'F32', shape: [1], data_offsets: [12, 16] })
    expect(bytes.readFloatLE(8 + length + 12)).toBe(7)
  })

  test('a file that is cut or changed anywhere is no checkpoint', async () => {
    await writeCheckpoint(file, small)
    const whole = await readFile(file)
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x55
      await writeFile(file, changed)
      const read = await readCheckpoint(file)
      // A changed space of the padding is harmless; nothing else may pass.
      if (read !== null) expect(read).toEqual(small)
    }
    for (let length = 0; length < whole.length; length += 5) {
      await writeFile(file, whole)
      await truncate(file, length)
      expect(await readCheckpoint(file)).toBeNull()
    }
  })

  test('leaves nothing behind but the file', async () => {
    await writeCheckpoint(file, small)
    await writeCheckpoint(file, small)
    expect(await readdir(dir)).toEqual(['checkpoint.safetensors'])
    await expect(writeCheckpoint(dir, small)).rejects.toThrow()
    expect(await readdir(dir)).toEqual(['checkpoint.safetensors'])
  })

  test('is none where there is no file', async () => expect(await readCheckpoint(file)).toBeNull())
})
