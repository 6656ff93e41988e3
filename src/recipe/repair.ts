import { parseDocument } from 'yaml'
import type { Found } from './found.ts'
import { nameOf, oddAt, typed, typedInSteps } from './odd_characters.ts'
import { lineStartOf, type SourceFile } from './source_file.ts'

/** A line of a text: offsets of its first character and of its end. */
type Line = { start: number; end: number; text: string }
/** What is said of a line, and what it would have to be. */
type Repair = { line: Line; text: string; start: number; end?: number; said: Pick<Found, 'code' | 'message'> & { why?: string } }
type Repairer = (lines: readonly Line[], text: string) => readonly Repair[]

/** In larger files a slip of syntax is only reported as the parser has it: each trial reads the whole file again. */
const LARGEST = 100_000

/**
 * A slip of syntax that another text of one line would put right: each proposal is tried, so that what the hint says to write can be read.
 * @param at where the parser gave up; the slip is there, or on the line before or after
 */
export const repaired = (file: SourceFile, at: number, repairers: readonly Repairer[]): Found | undefined => {
  const { text } = file
  if (text.length > LARGEST) return undefined
  const lines = linesAround(text, at)
  for (const { line, text: instead, start, end, said } of repairers.flatMap((repairer) => repairer(lines, text))) {
    if (!helps(text, line, instead)) continue
    const { why = '', ...rest } = said
    return {
      ...rest,
      hint: `${why}Write ${instead.trim()}`,
      origin: { file, start, end: Math.max(start + 1, end ?? start + 1) },
      fixes: [{ at: { file, start: line.start, end: line.end }, text: instead }],
    }
  }
  return undefined
}

/** The line of a place, the one before and the one after that are not empty. */
const linesAround = (text: string, at: number): Line[] => {
  const here = lineAt(text, at)
  const after = nextLine(text, here)
  const before = lineBefore(text, here)
  return [here, ...(after ? [after] : []), ...(before ? [before] : [])]
}

const lineAt = (text: string, at: number): Line => {
  const start = lineStartOf(text, Math.min(at, text.length))
  const newline = text.indexOf('\n', start)
  const end = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline
  return { start, end, text: text.slice(start, end) }
}

const nextLine = (text: string, { end }: Line): Line | undefined => {
  const newline = text.indexOf('\n', end)
  if (newline < 0 || newline + 1 >= text.length) return undefined
  const line = lineAt(text, newline + 1)
  return line.text.trim() === '' ? nextLine(text, line) : line
}

const lineBefore = (text: string, { start }: Line): Line | undefined => {
  if (start === 0) return undefined
  const line = lineAt(text, start - 1)
  return line.text.trim() === '' ? lineBefore(text, line) : line
}

/** Whether nothing is wrong any more up to the end of the line. */
const helps = (text: string, { start, end }: Line, instead: string): boolean => {
  if (text.slice(start, end) === instead) return false
  const { errors, warnings } = parseDocument(text.slice(0, start) + instead + text.slice(end), {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  return [...errors, ...warnings].every(({ pos: [from] }) => from > start + instead.length)
}

/** Spaces that are none, full-width colons and the like. */
export const oddCharacters: Repairer = (lines, text) =>
  lines.flatMap((line) => {
    const at = oddAt(line.text)
    if (at < 0) return []
    const plain = typed(line.text).trimStart()
    const indented = indentsAbove(text, line).map((indent) => indent + plain)
    const found = nameOf(line.text.charAt(at))
    const said = {
      code: 'odd_character' as const,
      message: `There is ${found}, which YAML takes for a letter.`,
      why: 'Type the line anew. ',
    }
    return [...typedInSteps(line.text), ...indented].map((instead) => ({ line, text: instead, start: line.start + at, said }))
  })

/** Columns at which the lines above begin, and what follows their dashes, the nearest first. */
const indentsAbove = (text: string, line: Line): string[] => {
  const found: string[] = []
  for (let above = lineBefore(text, line); above && found.length < 8; above = lineBefore(text, above)) {
    const [whole = '', space = ''] = /^( *)(?:- +)?/.exec(above.text) ?? []
    for (const indent of [space, ' '.repeat(whole.length)]) if (!found.includes(indent)) found.push(indent)
  }
  return found
}

const VARIABLE = /\$\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}\n]*)?\}/

/** `path: ${DATA}/x.csv` inside braces, where a brace begins a map. */
export const variables: Repairer = (lines) =>
  lines.flatMap((line) => {
    const match = new RegExp(`(?<=[:,[] *)[^\\s"',[\\]{}:]*(?:${VARIABLE.source}[^"',[\\]{}\\n]*)+`, 'g')
    const found = match.exec(line.text)
    const { index, 0: first } = found ?? { index: -1, 0: '' }
    if (index < 0) return []
    const instead = line.text.replace(match, (one) => {
      const kept = one.trimEnd()
      return `${JSON.stringify(kept)}${one.slice(kept.length)}`
    })
    const start = line.start + index
    const said = {
      code: 'yaml_syntax' as const,
      message: 'Inside { } and [ ], a brace begins a map, also that of a variable.',
      why: 'Put the text into quotes. ',
    }
    return [{ line, text: instead, start, end: start + first.trimEnd().length, said }]
  })

/** A line that begins a space too far to the right or left. */
export const indents: Repairer = (lines, text) =>
  lines.flatMap((line) => {
    const space = /^[ \t]*/.exec(line.text)?.[0] ?? ''
    const rest = line.text.slice(space.length)
    if (rest === '' || rest.startsWith('#')) return []
    return indentsAbove(text, line).flatMap((indent) => {
      if (indent === space) return []
      const by = Math.abs(indent.length - space.length)
      const where = `${by} ${by === 1 ? 'space' : 'spaces'} ${indent.length < space.length ? 'less' : 'more'}`
      const said = {
        code: 'yaml_syntax' as const,
        message: 'This line is indented unlike those beside it.',
        why: `Lines of one map or list begin at the same column: here with ${where}. `,
      }
      const start = line.start + space.length
      const word = /^[^\s:,[\]{}]+/.exec(rest)?.[0] ?? ''
      return [{ line, text: indent + rest, start, end: start + word.length, said }]
    })
  })

/** `title: Two: networks`, `title: @home`: a text that needs quotes. */
export const unquoted: Repairer = ([line]) => {
  const [, head = '', value = '', comment = ''] = /^(\s*(?:- +)?[\w.-]+: +)(\S.*?)(\s+#.*|\s*)$/.exec(line?.text ?? '') ?? []
  if (!line || value === '' || /^["'[{|>&*]/.test(value)) return []
  const start = line.start + head.length
  const said = { code: 'yaml_syntax' as const, message: 'This text would mean something else to YAML.', why: 'Put it into quotes. ' }
  return [{ line, text: `${head}${JSON.stringify(value)}${comment}`, start, end: start + value.length, said }]
}

/** `epochs:3`, `epochs 3`, `epochs = 3` are texts. */
export const colonless: Repairer = (lines) =>
  lines.slice(0, 1).flatMap((line) => {
    const [, head = '', key, between = '', value] = /^(\s*(?:- +)?)([\w.-]+)( *[:=] *| +)(\S.*)$/.exec(line.text) ?? []
    if (key === undefined || value === undefined) return []
    const start = line.start + head.length
    const message = between.startsWith(':') ? `"${key}:${value}" is one text.` : 'A colon is missing behind the key.'
    const why = between.startsWith(':') ? 'Put a space behind the colon. ' : ''
    return [{ line, text: `${head}${key}: ${value}`, start, end: start + key.length, said: { code: 'yaml_syntax' as const, message, why } }]
  })
