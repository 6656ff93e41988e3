import { EXIT } from '../../exit_status.ts'
import { type UserError, userError } from '../../problem.ts'
import { canBeRequired, type EngineStatus, engineStatuses } from './status.ts'

type Missing = Extract<EngineStatus, { available: false }>

/** @throws UserError `engine_unavailable` where a required engine cannot be had, as far as that is known without loading it */
export const requireEngine = (name: string): void => {
  const status = statusOf(name)
  if (!status.available && !canBeRequired(status)) throw unavailable(status)
}

/** The status of a required engine. @throws UserError `engine_unavailable` where there is no engine of that name */
export const statusOf = (name: string, statuses = engineStatuses()): EngineStatus => {
  const status = statuses.find((one) => one.name === name)
  if (status) return status
  const hint = `It has: ${statuses.map((one) => one.name).join(', ')}.`
  throw userError({ code: 'engine_unavailable', message: `This version of ferment has no engine "${name}".`, hint }, EXIT.wrongUsage)
}

/** Why a required engine cannot be had, and how to get it. */
export const unavailable = ({ name, why, cure }: Pick<Missing, 'name' | 'why' | 'cure'>): UserError =>
  userError({ code: 'engine_unavailable', message: `The ${name} engine cannot be used: ${why}.`, hint: cure })
