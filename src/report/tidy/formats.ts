import { csvFormatRows } from 'd3-dsv'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { TidyTable, Value } from './column.ts'

const csvText = (value: Value): string => (value === null ? '' : value instanceof Date ? value.toISOString() : String(value))

/** A table as CSV: a line of names, then a line a row. Nothing is written for what is empty; times are ISO 8601. */
const csv = ({ columns }: TidyTable): string => {
  const rows = (columns[0]?.values ?? []).map((_, row) => columns.map(({ values }) => csvText(values[row] ?? null)))
  return `${csvFormatRows([columns.map(({ name }) => name), ...rows])}\n`
}

/** The same as Apache Parquet, with types and, as the file's metadata, what each column means. */
const parquet = ({ columns }: TidyTable): Buffer =>
  Buffer.from(
    parquetWriteBuffer({
      columnData: columns.map(({ name, type, values }) => ({
        name,
        type,
        nullable: true,
        data: type === 'INT64' ? values.map((value) => (typeof value === 'number' ? BigInt(value) : null)) : [...values],
      })),
      kvMetadata: columns.map(({ name, about }) => ({ key: name, value: about })),
      createdBy: 'ferment',
    }),
  )

/** How a table becomes a file, by the ending of its name. */
export const formats = { csv, parquet } satisfies Record<string, (table: TidyTable) => string | Buffer>
