import { cellsOf, type Records } from './cells.ts'
import { type ComparedCell, type ComparedTable, comparedTables, hasClaims } from './compare.ts'
import { rangeText, valueText, verdictNames } from './compare_text.ts'
import { findingsOf } from './findings.ts'
import { listed, NONE } from './format.ts'
import { weightsNames } from './measures.ts'
import type { ReportedStudy } from './study.ts'

/**
 * A study for the terminal: its tables with claimed and measured numbers, then what is not comparable or missing and what to do.
 * Lines without colour; a report says the rest.
 */
export const summarize = (study: ReportedStudy, records: Records): string[] => {
  const cells = cellsOf(study, records)
  const findings = findingsOf(study, cells).flatMap(({ title, text, cells: about, command }) => [
    '',
    `${title}${about.length === 0 ? '' : `: ${about.join('; ')}`}`,
    ...(text === '' ? [] : [`  ${text}`]),
    ...(command === null ? [] : [`  ${command}`]),
  ])
  return [study.about.title, ...comparedTables(study, cells).flatMap(tableLines), ...findings].map((line) => line.replaceAll('\u00a0', ' '))
}

const tableLines = (table: ComparedTable): string[] => {
  const rows = [['', 'claimed', 'measured', '95 % interval', '', ''], ...table.cells.flatMap((compared) => cellRows(compared, table))]
  const shown = hasClaims(table) ? rows : rows.map((row) => row.filter((_, column) => column !== 1 && column !== 5))
  const title = [table.title, table.measure.name, table.where].filter((part) => part !== null).join(', ')
  return ['', title, ...aligned(shown).map((line) => `  ${line}`)]
}

const cellRows = (compared: ComparedCell, { measure }: ComparedTable): string[][] => {
  const claimed = compared.claimed === null ? NONE : valueText(compared.claimed, measure)
  const first = [compared.label, claimed]
  if (compared.lines.length === 0) {
    const states = compared.cell?.absent.map(({ state }) => (state === 'to_do' ? 'not run yet' : state)) ?? ['not in this report']
    return [[...first, NONE, '', '', listed(states)]]
  }
  return compared.lines.map((line, index) => [
    ...(index === 0 ? first : ['', '']),
    valueText(line.sample.mean, measure),
    line.spread === null ? '' : rangeText(line.spread.interval, measure),
    weightsNames[line.sample.weights],
    line.counts ? verdictNames[line.verdict] : '',
  ])
}

/** Columns of text under each other, two spaces apart. */
const aligned = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
