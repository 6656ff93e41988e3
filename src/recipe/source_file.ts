import type { Place } from '../problem.ts'

/** A text that recipes are read from: a file, or an argument of the command line. */
export type SourceFile = { name: string; text: string }

/** Where something was written: UTF-16 offsets into a text. */
export type Origin = { file: SourceFile; start: number; end: number }

/** Lines longer than this are shown in part. */
const WIDTH = 160

/** Where the line of a place begins. A search from before the beginning would find a line end at it. */
export const lineStartOf = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1)

/** Line, column and text of an origin. */
export const placeOf = ({ file, start, end }: Origin): Place => {
  const { text } = file
  const at = Math.min(start, text.length)
  const lineStart = lineStartOf(text, at)
  const newline = text.indexOf('\n', at)
  const lineEnd = newline < 0 ? text.length : text[newline - 1] === '\r' && newline > lineStart ? newline - 1 : newline
  const column = at - lineStart
  const from = lineEnd - lineStart <= WIDTH ? 0 : Math.max(0, column - WIDTH / 4)
  const lineText = text.slice(lineStart + from, Math.min(lineEnd, lineStart + from + WIDTH))
  const shown = from + lineText.length - column
  return {
    file: file.name,
    line: text.slice(0, lineStart).split('\n').length,
    column: column + 1,
    length: Math.max(1, Math.min(end - at, shown)),
    lineText,
    ...(from > 0 ? { lineTextColumn: from + 1 } : {}),
  }
}
