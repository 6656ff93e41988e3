import { expect, test } from 'vitest'
import { type Clock, startClock } from '../../src/run/clock.ts'

/** A clock whose time passes when it is told to. */
const stopwatch = (): { clock: Clock; pass: (ms: number) => void } => {
  let now = 100
  const pass = (ms: number) => {
    now += ms
  }
  return { clock: startClock(() => now), pass }
}

/** The parts that have taken time. */
const taken = ({ times }: Clock) => Object.fromEntries(Object.entries(times()).filter(([, seconds]) => seconds > 0))

test('what went before it was started is the start of the process', () => {
  const { clock, pass } = stopwatch()
  clock.turnTo('data')
  pass(20)
  expect(taken(clock)).toEqual({ process: 0.1, data: 0.02 })
})

test('a part within another interrupts it', async () => {
  const { clock, pass } = stopwatch()
  clock.turnTo('loop')
  await clock.charge('inputs', async () => {
    pass(1)
    await clock.charge('steps', async () => pass(50))
    pass(2)
  })
  clock.chargeNow('messages', () => pass(5))
  pass(7)
  expect(taken(clock)).toEqual({ process: 0.1, inputs: 0.003, steps: 0.05, messages: 0.005, loop: 0.007 })
})

test('work that fails is charged too, and what goes on after it is not', async () => {
  const { clock, pass } = stopwatch()
  clock.turnTo('loop')
  const failing = clock.charge('checkpoints', async () => {
    pass(3)
    throw new Error('disk full')
  })
  await expect(failing).rejects.toThrow('disk full')
  expect(() =>
    clock.chargeNow('messages', () => {
      pass(4)
      throw new Error('closed')
    }),
  ).toThrow('closed')
  pass(1)
  expect(taken(clock)).toEqual({ process: 0.1, checkpoints: 0.003, messages: 0.004, loop: 0.001 })
})
