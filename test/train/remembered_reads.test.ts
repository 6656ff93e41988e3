import { expect, test } from 'vitest'
import { rememberedReads } from '../../src/train/remembered_reads.ts'
import type { Session } from '../../src/train/session.ts'

test('the state is read once between two changes of it', async () => {
  let [reads, value] = [0, 1]
  const bare = {
    train: async () => {
      value *= 2
    },
    evaluate: async () => {},
    write: async () => {
      value = 100
    },
    read: async () => {
      reads++
      return { w: Float32Array.of(value) }
    },
  } as unknown as Session
  const session = rememberedReads(bare)
  const found: (number | undefined)[] = []
  const read = async () => found.push((await session.read()).w?.[0])
  await read()
  await session.evaluate({} as Parameters<Session['evaluate']>[0])
  await read()
  await session.train({} as Parameters<Session['train']>[0])
  await read()
  await read()
  await session.write({})
  await read()
  expect(found).toEqual([1, 1, 2, 2, 100])
  expect(reads).toBe(3)
})
