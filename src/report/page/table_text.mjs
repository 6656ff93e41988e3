// Tables as text for other programs: in a report's page, where scripts run, and for `ferment report --format`.
const TEX = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '→': '$\\to$',
  '√': '$\\surd$',
}
const tex = (text) => text.replace(/[\\~^−±×→√]|[&%$#_{}]/g, (sign) => TEX[sign] ?? `\\${sign}`)
const markdownRow = (row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A value of a CSV file. */
export const quoted = (value) => {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table's head and rows as text; `sides`: `l` or `r` for each column. */
export const tableFormats = {
  csv: ({ rows }) => rows.map((row) => row.map((cell) => quoted(cell.replaceAll('−', '-'))).join(',')).join('\n'),
  md: ({ rows: [head, ...body], sides }) =>
    [head, sides.map((side) => (side === 'r' ? '---:' : '---')), ...body].map(markdownRow).join('\n'),
  tex: ({ rows, sides }) => {
    const [head, ...body] = rows.map((row) => `  ${row.map(tex).join(' & ')} \\\\`)
    return [`\\begin{tabular}{${sides.join('')}}`, '  \\toprule', head, '  \\midrule', ...body, '  \\bottomrule', '\\end{tabular}'].join(
      '\n',
    )
  },
}
