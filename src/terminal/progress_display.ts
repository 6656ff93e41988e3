import type { RunAllOptions } from '../run/run_all.ts'

/** Shows the progress of runs on a stream. */
export type Progress = Pick<RunAllOptions, 'onStart' | 'onMessage' | 'onWait' | 'onEnd'> & {
  /** Shows a line that is about no run. */
  say: (text: string) => void
  /** Nothing more is shown. */
  stop: () => void
}

export type ProgressOptions = {
  stream: NodeJS.WriteStream
  total: number
  /** Only failures are said. */
  quiet?: boolean | undefined
  /** `ndjson`: every message as a line of JSON on standard output. */
  format?: 'text' | 'ndjson' | undefined
}
