import { printableLine } from '../printable.ts'
import type { RunMessage } from './job.ts'

/** A message as a line of `run.log`: time, what it is, and what it says, as `name=value`. Null for steps: they would fill a disk. */
export const logLine = ({ type, ...rest }: RunMessage, now: Date): string | null => {
  if (type === 'step') return null
  const parts = Object.entries(rest).map(([name, value]) => `${name}=${shown(value)}`)
  return printableLine([now.toISOString(), type, ...parts].join(' '))
}

const shown = (value: unknown): string => {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  return typeof value === 'string' && /[\s"=]/.test(value) ? JSON.stringify(value) : String(value)
}
