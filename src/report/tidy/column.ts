/** What a column holds: texts, whole numbers, numbers, yes or no, points in time. Each may be empty. */
type Type = 'STRING' | 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP'
export type Value = string | number | boolean | Date | null

/** A column of a tidy table, and what a row of the source has in it. */
export type Column<Row> = {
  name: string
  type: Type
  /** With its unit, for people. */
  about: string
  of: (row: Row) => Value | undefined
}

/** A table by columns: all of one length. */
export type TidyTable = { columns: readonly { name: string; type: Type; about: string; values: readonly Value[] }[] }

export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): TidyTable => ({
  columns: columns.map(({ of, ...column }) => ({ ...column, values: rows.map((row) => of(row) ?? null) })),
})
