import { expect, test } from 'vitest'
import { backgroundWrites } from '../../src/run/background_writes.ts'
import type { Checkpoint } from '../../src/train/checkpoint.ts'

/** A disk whose writes end when they are told to. */
const slowDisk = () => {
  const begun: string[] = []
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = []
  const write = (file: string, { meta }: Checkpoint) => {
    begun.push(`${file} ${meta}`)
    return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }))
  }
  return { begun, ends, ...backgroundWrites('file', write) }
}
const checkpoint = (meta: string): Checkpoint => ({ meta, tensors: {} })

test('the first is not waited for, the second waits for the first, and the end for both', async () => {
  const { begun, ends, begin, finish } = slowDisk()
  const done: string[] = []
  await begin(checkpoint('1'))
  const second = begin(checkpoint('2')).then(() => done.push('second begun'))
  await new Promise(setImmediate)
  expect([begun, done]).toEqual([['file 1'], []])
  ends[0]?.resolve()
  await second
  expect(begun).toEqual(['file 1', 'file 2'])
  const finished = finish().then(() => done.push('finished'))
  await new Promise(setImmediate)
  expect(done).toEqual(['second begun'])
  ends[1]?.resolve()
  await finished
  expect(done).toEqual(['second begun', 'finished'])
})

test.each(['begin', 'finish'] as const)('a failure is told by the next %s, once', async (next) => {
  const { ends, ...writes } = slowDisk()
  await writes.begin(checkpoint('1'))
  ends[0]?.reject(new Error('disk full'))
  await expect(writes[next](checkpoint('2'))).rejects.toThrow('disk full')
  ends[1]?.resolve()
  await writes.finish()
})

test('after one that failed, the next is written all the same', async () => {
  const { begun, ends, begin, finish } = slowDisk()
  await begin(checkpoint('1'))
  ends[0]?.reject(new Error('disk full'))
  await begin(checkpoint('2')).catch(() => {})
  ends[1]?.resolve()
  await finish()
  expect(begun).toEqual(['file 1', 'file 2'])
})
