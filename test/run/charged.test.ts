import { expect, test } from 'vitest'
import type { Program } from '../../src/engine/engine.ts'
import { chargedBatches, chargedProgram, chargedSession } from '../../src/run/charged.ts'
import { startClock } from '../../src/run/clock.ts'
import type { Session } from '../../src/train/session.ts'
import { tinyBatches } from '../train/tiny_fit.ts'

let now = 0
const pass = (ms: number) => {
  now += ms
}

const clockOf = () => {
  now = 0
  const clock = startClock(() => now)
  clock.turnTo('loop')
  const taken = () => Object.fromEntries(Object.entries(clock.times()).filter(([, seconds]) => seconds > 0))
  return { clock, taken }
}

test('of batches, the waiting is charged and not their use; a reader that stops early ends its source', async () => {
  const { clock, taken } = clockOf()
  let ended = false
  async function* epoch(number: number) {
    try {
      for await (const batch of tinyBatches().epoch(number)) {
        pass(10)
        yield batch
      }
    } finally {
      ended = true
    }
  }
  const sizes: number[] = []
  for await (const { size } of chargedBatches({ ...tinyBatches(), epoch }, clock).epoch(0)) {
    pass(1)
    sizes.push(size)
    if (sizes.length === 3) break
  }
  expect(sizes).toEqual([4, 4, 4])
  expect(ended).toBe(true)
  expect(taken()).toEqual({ batches: 0.03, loop: 0.003 })
})

test('of a session, its steps, the first of them, its inputs and its weights', async () => {
  const { clock, taken } = clockOf()
  const call: Program['call'] = async (name) => {
    pass(name.startsWith('train_') ? 100 : 30)
    return {}
  }
  const program = chargedProgram({ call, read: async () => ({}), write: async () => {}, dispose: () => {} }, clock)
  const bare = {
    train: async () => {
      pass(2)
      await program.call('train_4', {})
    },
    evaluate: () => program.call('evaluate_4', {}),
    read: async () => pass(5),
    write: async () => pass(6),
  } as unknown as Session
  const session = chargedSession(bare, clock)
  for (let step = 1; step <= 3; step++) await session.train({} as Parameters<Session['train']>[0])
  await session.evaluate({} as Parameters<Session['evaluate']>[0])
  await session.read()
  await session.write({})
  expect(taken()).toEqual({ first_step: 0.1, steps: 0.2, inputs: 0.006, validation: 0.03, weights: 0.011 })
})
