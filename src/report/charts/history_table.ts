import type { Cell } from '../cells.ts'
import { type DataTable, number, text } from '../data_table.ts'
import { count, fixed, NONE, percent, significant } from '../format.ts'
import { type Epoch, marksOf } from './history.ts'

/** Rows of all epoch tables together; above it each shows every k-th epoch, so that the report of a large study stays a file one can send. */
const MOST_ROWS = 2000

const COLUMNS = ['epoch', 'seed', 'loss', 'accuracy', 'val. loss', 'val. accuracy', 'learning rate', 'seconds', 'images/s'].map(number)

/** The numbers behind the learning curves: a table of epochs for each cell, and one of events. */
export const historyTables = (cells: readonly Cell[]): DataTable[] => {
  const epochs = cells.flatMap(({ records }) => records.map(({ history = [] }) => history.length))
  const every = Math.ceil(epochs.reduce((sum, one) => sum + one, 0) / MOST_ROWS)
  return [...cells.map((cell) => epochTable(cell, Math.max(1, every))), ...eventTable(cells)]
}

const epochTable = (cell: Cell, every: number): DataTable => ({
  caption: `${cell.label}: epochs${every > 1 ? `, one in ${every} and the last` : ''}`,
  columns: COLUMNS,
  rows: cell.records.flatMap(({ seed, history = [] }) => {
    const validated = history.some(({ val_loss, val_accuracy }) => val_loss !== null || val_accuracy !== null)
    const kept = history.filter((_, index) => index % every === 0 || index === history.length - 1)
    return kept.map((epoch) => rowOf(seed, epoch, validated))
  }),
})

const rowOf = (seed: number, epoch: Epoch, validated: boolean): string[] => [
  String(epoch.epoch),
  String(seed),
  loss(epoch.loss),
  shares(epoch.accuracy),
  validated ? loss(epoch.val_loss) : NONE,
  shares(epoch.val_accuracy),
  significant(epoch.learning_rate),
  fixed(epoch.seconds, 1),
  count(epoch.images_per_second),
]

const loss = (value: number | null): string => (value === null ? 'not finite' : fixed(value, 4))

const shares = (value: number | null): string => (value === null ? NONE : percent(value))

const eventTable = (cells: readonly Cell[]): DataTable[] => {
  const rows = cells.flatMap((cell) =>
    marksOf(cell).map(({ seed, epoch, callback, message }) => [cell.label, String(seed), String(epoch), callback, message]),
  )
  return rows.length === 0
    ? []
    : [
        {
          caption: 'What the callbacks did',
          columns: [text('cell'), number('seed'), number('epoch'), text('callback'), text('message')],
          rows,
        },
      ]
}
