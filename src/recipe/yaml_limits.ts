import type { Found } from './found.ts'
import type { SourceFile } from './source_file.ts'

/** The largest recipe in the repository has about 10 KB; a million bytes is a mistake, or malice. */
export const MAX_BYTES = 1_000_000
/** Of maps and lists inside each other. A recipe needs 9. */
export const MAX_DEPTH = 64
/** Values of a document with its aliases written out. */
export const MAX_VALUES = 200_000
const MAX_INDENT = 256

/**
 * What the text alone shows to be too much, or null. Deep nesting has to be found before the text is parsed: yaml 2.9 builds a regular
 * expression of the size of the indentation, which for a hundred thousand `[` or `- ` ends the process (tried).
 */
export const limitsOf = (file: SourceFile): Found | null => {
  const start = tooDeepAt(file.text)
  if (start === null) return null
  return { code: 'too_deep', origin: { file, start, end: start + 1 }, message: `This is nested more than ${MAX_DEPTH} levels deep.` }
}

const tooDeepAt = (text: string): number | null => {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/[[{\]}]/g)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth = Math.max(0, depth - 1)
    if (depth > MAX_DEPTH) return index
  }
  const line = new RegExp(`^(?: {${MAX_INDENT}}|[ ]*(?:[-?:][ \\t]+){${MAX_DEPTH}})`, 'm').exec(text)
  return line ? line.index + line[0].length - 1 : null
}
