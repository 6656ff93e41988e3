export type Column = { name: string; kind: 'text' | 'number' }

/** A plain table, its cells as text ready to be shown. The first column heads its row. */
export type DataTable = { caption: string; columns: readonly Column[]; rows: readonly (readonly string[])[] }

export const text = (name: string): Column => ({ name, kind: 'text' })

/** Aligned right, never broken. */
export const number = (name: string): Column => ({ name, kind: 'number' })
