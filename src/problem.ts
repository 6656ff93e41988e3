import type { ProblemCode } from '../schema/problem_code.ts'
import { EXIT, type FailureStatus } from './exit_status.ts'

/** Where something is wrong. The text is what a reader sees in an editor. */
export type Place = {
  /** As the user named it, or `--set` for an argument. */
  file: string
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 units. */
  column: number
  /** UTF-16 units to underline; at least 1. */
  length: number
  /** The whole line, without its end; of a very long line the part around the place. */
  lineText: string
  /** 1-based column in the file at which `lineText` begins, where it is only a part of the line. Default 1. */
  lineTextColumn?: number
}

/** Something a user can put right: what is wrong, where, what was expected, what to do. */
export type Problem = {
  /** Stable name, e.g. `unknown_key`; explained in docs/problems.md. */
  code: ProblemCode
  severity: 'error' | 'warning'
  message: string
  place?: Place
  /** What to do, or the nearest right name. One sentence or more. */
  hint?: string
  /** Edits of which each alone puts it right, where the hint says what to write. */
  fixes?: readonly Fix[]
}

/** Text to put where another stands: UTF-16 offsets, 0-based, into the file without a byte order mark, or into the argument. */
export type Fix = { file: string; start: number; end: number; text: string }

/** A failure the user can act on: printed as its problems, never with a stack trace. Anything else that is thrown is a bug of ferment. */
export class UserError extends Error {
  readonly problems: readonly Problem[]
  readonly exitStatus: FailureStatus

  constructor(problems: readonly Problem[], exitStatus: FailureStatus = EXIT.wrongInput) {
    super(problems.map((problem) => problem.message).join('\n'))
    this.name = 'UserError'
    this.problems = problems
    this.exitStatus = exitStatus
  }
}

/** Whether all that is wrong stands in arguments (`--set`, `--profile`): then the recipe is right and the usage wrong. */
export const isWrongUsage = (problems: readonly Problem[]): boolean =>
  problems.every(({ severity, place }) => severity === 'warning' || place?.file.startsWith('--'))

/** A `UserError` of one problem. */
export const userError = (problem: Omit<Problem, 'severity'>, exitStatus: FailureStatus = EXIT.wrongInput): UserError =>
  new UserError([{ severity: 'error', ...problem }], exitStatus)
