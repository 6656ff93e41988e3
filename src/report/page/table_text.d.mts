/** A table as text: its head is the first row. */
export type TextTable = { rows: readonly (readonly string[])[]; sides: readonly ('l' | 'r')[] }
export const tableFormats: Record<'csv' | 'md' | 'tex', (table: TextTable) => string>
