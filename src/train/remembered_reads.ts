import type { Session } from './session.ts'

/**
 * The same session, whose state is read once and not again until a step or a write changes it: a checkpoint and a callback that keeps the
 * weights of the same epoch share one copy. Whoever reads must not write into it.
 */
export const rememberedReads = (session: Session): Session => {
  let known: ReturnType<Session['read']> | undefined
  const forget = () => {
    known = undefined
  }
  return {
    ...session,
    train: (args) => {
      forget()
      return session.train(args)
    },
    write: (state) => {
      forget()
      return session.write(state)
    },
    useAverages: () => {
      forget()
      return session.useAverages()
    },
    read: () => {
      known ??= session.read()
      return known
    },
  }
}
