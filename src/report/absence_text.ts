import type { Absence, Cell } from './cells.ts'
import { duration, plural } from './format.ts'

const stateNames: Record<Absence['state'], string> = { failed: 'Failed', skipped: 'Skipped', to_do: 'Not run yet' }

/** Why a cell has no result or not all of them. */
export const absenceText = (cell: Cell): string =>
  cell.absent
    .map((absence) => (absence.runs.length === cell.runs.length ? '' : `${plural(absence.runs.length, 'run')} `) + reasonText(absence))
    .join(' ')

/** `Skipped: the weights are missing …`, `Not run yet: about 2 h 05 min.`; for some of several runs, how many. */
const reasonText = ({ state, reason, runs }: Absence): string => {
  if (reason !== null) return `${stateNames[state]}: ${reason}`
  const seconds = runs.reduce((sum, run) => sum + (run.seconds ?? 0), 0)
  return seconds === 0 ? `${stateNames[state]}.` : `${stateNames[state]}: about ${duration(seconds)}.`
}
