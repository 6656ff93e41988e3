import stringWidth from 'string-width'

/** Rows under a head, in columns as wide as their widest text; numbers stand to the right. */
export const textTable = (rows: readonly (readonly string[])[], isRight: (column: number) => boolean): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))))
  const cell = (text: string, column: number) => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(text)))
    return isRight(column) ? `${space}${text}` : `${text}${space}`
  }
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}
