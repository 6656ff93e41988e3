import type { EngineName } from '../engine.ts'
import { canBeRequired, engineStatuses } from './status.ts'

/** What trains, and whether it computes on a GPU as far as that is known without loading it. */
export type ChosenEngine = {
  name: EngineName
  gpu: boolean
  /** Whether somebody asked for this one; else one that does not load has the next best in its place. */
  required: boolean
}

/**
 * The engine that a user asks for: by the flag `--engine`, else by the variable FERMENT_ENGINE; undefined: leaves it open.
 * A command asks this once and hands the answer down.
 */
export const askedEngine = (flag?: string): string | undefined => flag ?? (process.env.FERMENT_ENGINE || undefined)

/** The engine that must be used: what the user asks for comes before the recipe. @param recipe  what the recipe says: an engine, or `auto` */
export const requiredEngine = (asked: string | undefined, recipe = 'auto'): string | undefined =>
  asked ?? (recipe === 'auto' ? undefined : recipe)

/**
 * What will train: the engine that is required, or the best there is. A required one that cannot be had is an error of `requireEngine`'s; here
 * the best is in its place, so that a plan can be shown all the same.
 */
export const chooseEngine = (asked: string | undefined, recipe = 'auto'): ChosenEngine => {
  const wanted = requiredEngine(asked, recipe)
  const statuses = engineStatuses()
  const chosen = statuses.find((status) => status.name === wanted && canBeRequired(status)) ?? statuses.find(({ available }) => available)
  if (!chosen) throw new Error('the wasm engine is always there')
  return { name: chosen.name, gpu: chosen.available && chosen.gpu, required: chosen.name === wanted }
}
