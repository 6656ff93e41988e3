import pc from 'picocolors'
import stringWidth from 'string-width'
import { printable, printableLine } from './printable.ts'
import type { Place, Problem } from './problem.ts'

type Colors = ReturnType<typeof pc.createColors>

/**
 * Problems as somebody at a terminal reads them: place, code, message, the line with carets under the words, what to do. What they quote, of
 * file names, recipes and data, is made printable here.
 * @param options.color whether to write terminal colours; the caller knows whether it writes to a terminal
 */
export const problemText = (problems: readonly Problem[], { color = false }: { color?: boolean } = {}): string =>
  problems.map((problem) => oneText(printed(problem), pc.createColors(color))).join('\n')

/** Workflow commands that GitHub shows beside the lines of a pull request. */
export const problemGithub = (problems: readonly Problem[]): string =>
  problems
    .map(({ severity, code, message, hint, place }) => {
      const at = place && { file: place.file, line: place.line, col: place.column, endColumn: place.column + place.length }
      const properties = Object.entries({ ...at, title: code }).map(
        ([key, value]) => `${key}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
      )
      return `::${severity} ${properties.join(',')}::${escaped(hint === undefined ? message : `${message}\n${hint}`)}`
    })
    .join('\n')

const escaped = (text: string): string => printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A message of several lines has the later ones indented, so that none of them looks like a problem of its own. */
const printed = ({ message, place, hint, ...problem }: Problem): Problem => ({
  ...problem,
  message: indented(printable(message), '  '),
  ...(place ? { place: { ...place, file: printableLine(place.file), lineText: printableLine(place.lineText) } } : {}),
  ...(hint === undefined ? {} : { hint: printable(hint) }),
})

const oneText = ({ severity, code, message, hint, place }: Problem, colors: Colors): string => {
  const paint = severity === 'error' ? colors.red : colors.yellow
  const where = place ? `${colors.bold(`${place.file}:${place.line}:${place.column}`)} ` : ''
  const name = severity === 'warning' ? `warning ${code}` : code
  const head = `${where}${paint(name)}  ${message}`
  // A file that is not there, or empty, has no line to show.
  if (!place?.lineText) return hint === undefined ? head : `${head}\n  ${indented(hint, '  ')}`
  return `${head}\n${frame(place, { hint, paint, colors })}`
}

/** The line, and under it the carets with what to do. */
const frame = (
  place: Place,
  { hint, paint, colors }: { hint: string | undefined; paint: (text: string) => string; colors: Colors },
): string => {
  const { line, column, length, lineText, lineTextColumn = 1 } = place
  const before = lineText.slice(0, column - lineTextColumn)
  const gutter = ' '.repeat(String(line).length)
  const cut = lineTextColumn > 1 ? '…' : ''
  const blank = `${' '.repeat(cut.length)}${blankOf(before)}`
  const words = lineText.slice(before.length, before.length + length)
  const carets = '^'.repeat(Math.max(1, stringWidth(words)))
  const [first = '', ...rest] = hint?.split('\n') ?? []
  const under = `  ${gutter} ${colors.dim('|')} ${blank}${paint(carets)}${first === '' ? '' : ` ${first}`}`
  return [`  ${line} ${colors.dim('|')} ${cut}${lineText}`, under, ...rest.map((text) => `  ${gutter} ${colors.dim('|')} ${text}`)].join(
    '\n',
  )
}

/** Spaces as wide as the text, which may have letters of two columns in it; tabs stay. */
const blankOf = (text: string): string =>
  text
    .split('\t')
    .map((part) => ' '.repeat(stringWidth(part)))
    .join('\t')

const indented = (text: string, indent: string): string => text.replaceAll('\n', `\n${indent}`)
