import { EXIT } from '../exit_status.ts'
import { type UserError, userError } from '../problem.ts'
import { canInsist, type EngineStatus, engineStatuses } from './status.ts'

type Missing = Extract<EngineStatus, { available: false }>

/**
 * Who insists on an engine, by its name; undefined: nobody does. The variable FERMENT_ENGINE, which `--engine` sets, comes before the recipe.
 * @param recipe  what the recipe says: an engine, or `auto`
 */
export const insistedEngine = (recipe = 'auto'): string | undefined =>
  process.env.FERMENT_ENGINE || (recipe === 'auto' ? undefined : recipe)

/** Why an engine that is insisted on cannot be had, and how to get it. */
export const unavailable = ({ name, why, cure }: Pick<Missing, 'name' | 'why' | 'cure'>): UserError =>
  userError({ code: 'engine_unavailable', message: `The ${name} engine cannot be used: ${why}.`, hint: cure })

/** The status of an engine that is insisted on. @throws UserError `engine_unavailable` where there is no engine of that name */
export const statusOf = (name: string, statuses = engineStatuses()): EngineStatus => {
  const status = statuses.find((one) => one.name === name)
  if (status) return status
  const hint = `It has: ${statuses.map((one) => one.name).join(', ')}.`
  throw userError({ code: 'engine_unavailable', message: `This version of ferment has no engine "${name}".`, hint }, EXIT.wrongUsage)
}

/** @throws UserError `engine_unavailable` where an engine that is insisted on cannot be had, as far as that is told without loading it */
export const requireEngine = (name: string): void => {
  const status = statusOf(name)
  if (!status.available && !canInsist(status)) throw unavailable(status)
}
