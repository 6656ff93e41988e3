import type { Absence, Cell } from './cells.ts'
import { plural } from './format.ts'

const stateNames: Record<Absence['state'], string> = { failed: 'Failed', skipped: 'Skipped', to_do: 'Not run yet' }

/** `Skipped: the weights are missing …`; for some of several runs, how many. */
const reasonText = ({ state, reason }: Absence): string => (reason === null ? `${stateNames[state]}.` : `${stateNames[state]}: ${reason}`)

/** Why a cell has no result or not all of them. */
export const absenceText = (cell: Cell): string =>
  cell.absent
    .map((absence) => (absence.runs.length === cell.runs.length ? '' : `${plural(absence.runs.length, 'run')} `) + reasonText(absence))
    .join(' ')
