/**
 * Something to know before reading a number. `not_comparable`: measured, but says nothing of the paper; `missing`: not measured;
 * `note`: worth knowing; `complete`: there is nothing of the first two kinds.
 */
export type Finding = {
  kind: 'not_comparable' | 'missing' | 'note' | 'complete'
  title: string
  /** Code in backticks. */
  text: string
  /** What it is about; empty for everything. */
  cells: readonly string[]
  /** What to type, where the text does not say it already. */
  command: string | null
}
