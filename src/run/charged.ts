import type { Batch, BatchSource } from '../data/dataset.ts'
import type { Program } from '../engine/engine.ts'
import type { Session } from '../train/session.ts'
import type { Clock } from './clock.ts'

/** The same batches; the time that a reader waits for them is charged. */
export const chargedBatches = (source: BatchSource, { charge }: Clock): BatchSource => ({
  ...source,
  async *epoch(number, fromStep): AsyncGenerator<Batch> {
    const reader = source.epoch(number, fromStep)[Symbol.asyncIterator]()
    try {
      for (;;) {
        const { done, value } = await charge('batches', () => reader.next())
        if (done) return
        yield value
      }
    } finally {
      await reader.return?.()
    }
  },
})

/** The same program; its training steps are charged, the first apart from the others. */
export const chargedProgram = (program: Program, { charge }: Clock): Program => {
  let part: 'first_step' | 'steps' = 'first_step'
  const call: Program['call'] = async (name, inputs) => {
    if (!name.startsWith('train_')) return program.call(name, inputs)
    const outputs = await charge(part, () => program.call(name, inputs))
    part = 'steps'
    return outputs
  }
  return { ...program, call }
}

/** The same session as a training uses it. What `train` takes beside the program's step is its inputs. */
export const chargedSession = (session: Session, { charge }: Clock): Session => ({
  ...session,
  train: (args) => charge('inputs', () => session.train(args)),
  evaluate: (batch) => charge('validation', () => session.evaluate(batch)),
  read: () => charge('weights', session.read),
  write: (state) => charge('weights', () => session.write(state)),
})
