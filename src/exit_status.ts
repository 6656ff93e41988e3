/** Every status that ferment ends with, and what it means to whoever called it. */
export const EXIT = {
  done: 0,
  /** A recipe or its data is wrong. */
  wrongInput: 1,
  /** An option, a name or a folder on the command line is wrong. */
  wrongUsage: 2,
  /** A run failed. */
  runFailed: 3,
  /** A bug of ferment (sysexits' EX_SOFTWARE), apart from the statuses that a user can act on. */
  bug: 70,
  /** Interrupted; of a run: its checkpoint is kept. */
  interrupted: 130,
} as const

/** The statuses of a failure that a user can act on. */
export type FailureStatus = (typeof EXIT)['wrongInput' | 'wrongUsage' | 'runFailed' | 'interrupted']
