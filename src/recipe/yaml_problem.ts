import { type Document, isCollection, isScalar, type Node, visit, type YAMLParseError, type YAMLWarning } from 'yaml'
import type { ProblemCode } from '../../schema/problem_code.ts'
import type { Found } from './found.ts'
import { colonless, indents, oddCharacters, repaired, unquoted, variables } from './repair.ts'
import { lineStartOf, type SourceFile } from './source_file.ts'

type YamlError = YAMLParseError | YAMLWarning
type Said = { code: ProblemCode; message: string; hint?: string }
/** What is wrong, from `start` on in the text. */
type Placed = Said & { start: number; end?: number }
type Reader = (text: string, error: YamlError, document: Document.Parsed) => Placed | undefined

/**
 * An error of the YAML parser in the words of somebody who types a recipe, at the word that is likely wrong: the parser notices an open
 * bracket or quote only where the next line does not fit.
 */
export const syntaxProblem = (file: SourceFile, error: YamlError, document: Document.Parsed): Found => {
  const { text } = file
  const [at] = error.pos
  if (error.code !== 'DUPLICATE_KEY') {
    // What is opened and never closed makes every line below look wrong.
    const others = unclosed(text, error, document) ? [] : (ofCode[error.code] ?? [])
    const byLine = repaired(file, at, [...ALWAYS, ...others])
    if (byLine) return byLine
  }
  const { start, end, ...said } = (readers[error.code] ?? asTheParserSays)(text, error, document) ?? asTheParserSays(text, error)
  const from = Math.min(start, Math.max(0, text.trimEnd().length - 1))
  const length = end === undefined ? (/^[^\s:,[\]{}]+/.exec(text.slice(from, from + 80))?.[0].length ?? 1) : Math.max(1, end - from)
  return { ...said, origin: { file, start: from, end: from + length } }
}

/** What is tried for every slip, and for some kinds of them, before what is said of the kind. */
const ALWAYS = [oddCharacters, variables]
const ofCode: Readonly<Record<string, typeof ALWAYS>> = {
  TAB_AS_INDENT: [],
  BLOCK_AS_IMPLICIT_KEY: [indents, unquoted],
  BAD_INDENT: [indents],
  BAD_SCALAR_START: [unquoted],
  MULTILINE_IMPLICIT_KEY: [colonless, indents],
  MISSING_CHAR: [colonless],
}

const asTheParserSays = (_text: string, { pos: [start, end], message }: YamlError): Placed => ({
  code: 'yaml_syntax',
  message: `This is not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.?$/, '.')}`,
  start,
  ...(end - start > 1 ? { end } : {}),
})

const say =
  (said: Said): Reader =>
  (_text, { pos: [start, end] }) => ({ ...said, start, ...(end - start > 1 ? { end } : {}) })

const syntax = (message: string, hint?: string): Said => ({ code: 'yaml_syntax', message, ...(hint ? { hint } : {}) })

/** A list or map in brackets, or a quoted text, that ends where the error is: what was opened and is not closed. */
const unclosed: Reader = (text, { pos: [at] }, document) => {
  let start = -1
  visit(document, {
    Node: (_key, node) => {
      const [from, to] = (node as Node).range ?? [0, 0]
      const isOpened = (isCollection(node) && node.flow) || (isScalar(node) && /^QUOTE/.test(node.type ?? ''))
      if (!(text.charAt(from) in closers)) return // `[a: 1]` has a map without braces in it
      if (isOpened && from <= at && at <= to + 1 && !isClosed(text.slice(from, to))) start = Math.max(start, from)
    },
  })
  const opened = text[start]
  return opened === undefined
    ? undefined
    : { ...syntax(`This ${opened} is never closed.`, `Add the missing ${closers[opened]}`), start, end: start + 1 }
}

const closers: Record<string, string> = { '[': ']', '{': '}', '"': '"', "'": "'" }

const isClosed = (text: string): boolean => text.length > 1 && text.trimEnd().endsWith(closers[text.charAt(0)] ?? '\0')

/** `epochs:3`, `epochs 3` and `epochs = 3` are texts. */
const colonMissing: Reader = (text, { pos: [start] }) => {
  const lineStart = lineStartOf(text, start)
  const line = text.slice(lineStart, lineStart + 200)
  const [, key, value] = /^[\s-]*([\w.-]+):(\S+)/.exec(line) ?? []
  if (key === undefined || value === undefined) {
    const [, word, rest] = /^[\s-]*([\w.-]+) *[ =] *([^\s=][^\n]*)$/m.exec(line) ?? []
    if (word === undefined || rest === undefined) return undefined
    return { ...syntax('A colon is missing behind the key.', `Write ${word}: ${rest}`), start: text.indexOf(word, lineStart) }
  }
  return {
    ...syntax(`"${key}:${value}" is one text.`, `Put a space behind the colon: ${key}: ${value}`),
    start: text.indexOf(key, lineStart),
  }
}

/** At the first word of the line. */
const badIndent: Reader = (text, error, document) => {
  const open = unclosed(text, error, document)
  if (open) return open
  const [start] = error.pos
  const space = /^[ \t]*/.exec(text.slice(start, start + 1000))?.[0].length ?? 0
  if (/^-[^\s-]/.test(text.slice(start + space)))
    return { ...syntax('A space is missing behind the dash of a list item.'), start: start + space, end: start + space + 1 }
  return {
    ...syntax('This line is indented unlike those beside it.', 'Lines of one map or list begin at the same column.'),
    start: start + space,
  }
}

const secondKey = say(
  syntax('A second "key: value" on one line.', 'Put a text with a colon into quotes, a map into { }, or the second key on its own line.'),
)

const readers: Readonly<Record<string, Reader>> = {
  DUPLICATE_KEY: (text, { pos: [start] }) => {
    const key = /^["']?([^\s:,"'[\]{}]+)/.exec(text.slice(start, start + 80))?.[1] ?? ''
    return { code: 'duplicate_key', message: `The key "${key}" is already in this map.`, hint: 'Keep one of them.', start }
  },
  TAB_AS_INDENT: say({ code: 'tab', message: 'Lines are indented with spaces, not with tabs.' }),
  MULTIPLE_DOCS: say({
    code: 'several_documents',
    message: 'A second YAML document begins here.',
    hint: 'A recipe is one document: remove the line ---.',
  }),
  TAG_RESOLVE_FAILED: say({ code: 'unknown_tag', message: 'This tag means nothing in a recipe.', hint: 'Leave the !tag out.' }),
  RESOURCE_EXHAUSTION: say({ code: 'too_deep', message: 'This is nested too deeply.' }),
  BLOCK_AS_IMPLICIT_KEY: (text, error, document) => {
    const [start] = error.pos
    const isIndent = text.slice(lineStartOf(text, start), start + 1).trim() === ''
    return isIndent ? badIndent(text, error, document) : secondKey(text, error, document)
  },
  BLOCK_IN_FLOW: say(
    syntax('Inside { } and [ ], commas stand between entries.', 'Add the missing comma before this, or close the bracket.'),
  ),
  BAD_SCALAR_START: say(syntax('A text cannot begin with this character.', 'Put the text into quotes.')),
  MULTILINE_IMPLICIT_KEY: colonMissing,
  MISSING_CHAR: (text, error, document) => unclosed(text, error, document) ?? colonMissing(text, error, document),
  BAD_INDENT: badIndent,
  UNEXPECTED_TOKEN: (text, { pos: [start] }) =>
    /[\]}]/.test(text.charAt(start)) ? { ...syntax(`This ${text.charAt(start)} closes nothing.`), start, end: start + 1 } : undefined,
}
