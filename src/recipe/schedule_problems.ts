import type { Callback, Schedule, Training } from '../../schema/recipe.ts'
import type { Found } from './found.ts'
import { type MapValue, originAt, type Path } from './value.ts'

/** What does not go together in a cell's schedule of the learning rate. */
export const scheduleProblems = ({ schedule, callbacks, epochs }: Training, value: MapValue): Found[] => {
  if (schedule.length === 0) return []
  const at = (...path: Path) => originAt(value, ['training', ...path])
  return [
    ...endlessParts(schedule, (index) => at('schedule', index)),
    ...unreachedParts(schedule, epochs, (index) => at('schedule', index)),
    ...plateaus(callbacks, (index) => at('callbacks', index)),
  ]
}

type At = (index: number) => Found['origin']

/** A part without an end leaves nothing to those after it. */
const endlessParts = (schedule: readonly Schedule[], at: At): Found[] =>
  schedule.slice(0, -1).flatMap(({ kind, epochs }, index) => {
    if (epochs !== undefined) return []
    const message = `Part ${index + 1} of the schedule (${kind}) has no end, and another follows it.`
    return [{ code: 'schedule_endless', origin: at(index), message, hint: 'Say how long it lasts, for example epochs: 5.' }]
  })

/** A profile with few epochs may well leave parts out, so this is a warning. */
const unreachedParts = (schedule: readonly Schedule[], trained: number, at: At): Found[] => {
  const starts = schedule.map((_, index) => schedule.slice(0, index).reduce((sum, { epochs }) => sum + (epochs ?? 0), 0))
  const first = starts.findIndex((start) => start >= trained)
  if (first < 0) return []
  const message = `Part ${first + 1} of the schedule would begin after ${starts[first]} epochs, but training ends after ${trained}.`
  return [{ severity: 'warning', code: 'schedule_unreached', origin: at(first), message }]
}

/** A schedule sets the learning rate of every step, so that what a callback sets would be gone with the next one. */
const plateaus = (callbacks: readonly Callback[], at: At): Found[] =>
  callbacks.flatMap((callback, index) => {
    if (!('min_lr' in callback)) return []
    const message = `${callback.kind} lowers the learning rate, but the schedule sets it anew at every step.`
    return [{ code: 'schedule_and_callback', origin: at(index), message, hint: 'Leave out one of the two.' }]
  })
