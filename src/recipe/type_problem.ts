import type { ErrorObject } from 'ajv/dist/2020.js'
import { nearest, suggestion } from '../nearest.ts'
import { accepts } from './accepts.ts'
import type { Found, Rewrite } from './found.ts'
import { type Meant, meantBy } from './meant.ts'
import type { Row } from './schema_row.ts'
import { kindsOf, sortOfKind } from './schema_words.ts'
import { nodeUnder, SPEC } from './short_forms.ts'
import type { Shown } from './subject.ts'
import { child, type ListValue, nameOrigin, type Path, type ScalarValue, type Value, valueAt } from './value.ts'

/** `^classes$` → classes: a form that is one word. */
export const wordOf = (pattern: unknown): string | undefined => /^\^(\w+)\$$/.exec(String(pattern))?.[1]

const typeNames: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
}

/** A value of another type than it must have: what it became when YAML read it, and what to write. */
export const wrongType: Row = ({ error, root, path, shown }) => {
  const value = valueAt(root, path)
  const types = [error.params.type as string | string[]].flat()
  const word = wordOf(error.parentSchema?.pattern)
  const names = types.map((type) => (type === 'string' && word ? `"${word}"` : (typeNames[type] ?? type)))
  return {
    code: 'wrong_type',
    origin: value?.type === 'scalar' ? value.origin : nameOrigin(root, path),
    message: `${shown.subject} must be ${names.join(' or ')}, not ${valueText(value)}.`,
    ...(value ? adviceOf({ error, root, value, types, path, shown }) : {}),
  }
}

type Slip<T extends Value = Value> = { error: ErrorObject; root: Value; value: T; types: readonly string[]; path: Path; shown: Shown }
type Advice = Pick<Found, 'hint' | 'fixes'>

const adviceOf = (slip: Slip): Advice => {
  const { value } = slip
  if (value.type === 'scalar') return isEmpty(value) ? ofNothing({ ...slip, value }) : ofScalar({ ...slip, value })
  return value.type === 'list' ? ofList({ ...slip, value }) : ofMap(slip)
}

const isEmpty = ({ value, source }: ScalarValue): boolean => value === null && source === ''

/** An empty value may stand for an empty map, where that is one. */
const ofNothing = (slip: Slip<ScalarValue>): Advice => {
  const { error, value, types, path } = slip
  const { file, end } = value.origin
  const colon = /^["']?[ \t]*:/.exec(file.text.slice(end))
  if (!colon || !types.includes('object') || !accepts(sectionAt(path) ?? error.parentSchema, '{}'))
    return { hint: 'Give it a value, or take the line out.' }
  const at = { file, start: end, end: end + colon[0].length }
  return { hint: `Write ${before(slip)}{} for an empty map, or take the line out.`, fixes: [{ at, text: `${colon[0]} {}` }] }
}

/** Before the matrix has completed them, sections may lack anything; what they must be in the end is asked here. */
const sectionAt = (path: Path): unknown => (path.length === 1 ? nodeUnder(SPEC, String(path[0])) : undefined)

/** What comes before a value: its key, or the dash of its item where that is on a line of its own. */
const before = ({ root, path }: Pick<Slip, 'root' | 'path'>): string => {
  if (typeof path.at(-1) === 'string') return `${path.at(-1)}: `
  const list = valueAt(root, path.slice(0, -1))
  return list && isFlow(list) ? '' : '- '
}

/** Whether it is written in brackets. */
const isFlow = (value: Value): boolean => /^[[{]/.test(textOf(value))

const textOf = ({ origin: { file, start, end } }: Value): string => file.text.slice(start, end)

const ofScalar = (slip: Slip<ScalarValue>): Advice => {
  const { error, value, types, path } = slip
  const node = error.parentSchema
  const meant = meantBy({ source: value.source, isText: typeof value.value === 'string', key: path.at(-1), node, types })
  if (meant.length > 0)
    return write(
      meant.map((one) => ({ ...one, ...unitOf(one, node) })),
      slip,
    )
  const word = wordOf(error.parentSchema?.pattern)
  if (word !== undefined && nearest(value.source, [word]))
    return { hint: `Did you mean "${word}"?`, fixes: [{ at: value.origin, text: word }] }
  return manyOf(slip, value.source.split(/ *, */)) ?? exampleOf(slip)
}

/** One hint of all that may be meant, and the edits that it names. */
const write = (meant: readonly Meant[], slip: Pick<Slip, 'root' | 'value' | 'path'>): Advice => ({
  hint: meant.map(({ text, why }) => `${why ? `${why} ` : ''}${lead(why)} ${before(slip)}${text}.`).join(' '),
  fixes: meant.map(({ text }): Rewrite => ({ at: slip.value.origin, text })),
})

const lead = (why: string | undefined): string => (why?.endsWith(':') ? 'write' : 'Write')

/** A number without its unit: which one it is in. */
const unitOf = ({ why }: Meant, node: unknown): Partial<Meant> => {
  const { 'x-unit': unit } = (node ?? {}) as { 'x-unit'?: string }
  return unit && why === 'It takes no unit.' ? { why: `It is in ${unit}, which is not written.` } : {}
}

/** Several values where one run can have only one. */
const manyOf = ({ error, path, value }: Slip, texts: readonly string[]): Advice | undefined => {
  if (texts.length < 2 || path.some((step) => typeof step === 'number')) return undefined
  if (!texts.every((text) => accepts(error.parentSchema, text))) return undefined
  const name = path.join('.')
  const sweep = `--sweep ${name}=${texts.join(',')}`
  if (value.origin.file.name === '--set') return { hint: `A run has one. For a run of each, instead of --set: ${sweep}` }
  return {
    hint: `A run has one. For a run of each: matrix: { ${name}: [${texts.join(', ')}] }, or on the command line: ${sweep}`,
  }
}

/** What may stand there instead, where it is not clear what was meant. */
/** The words that a value can be, beside what else it can be in `then`. */
type Words = { enum?: readonly unknown[]; examples?: readonly unknown[] }

const exampleOf = ({ error, root, path, types, value }: Slip): Advice => {
  const { enum: own, then, examples } = (error.parentSchema ?? {}) as Words & { then?: Words }
  const words = own ?? then?.enum
  const kinds = kindsOf(error.parentSchema)
  const source = value.type === 'scalar' ? value.source : ''
  if (kinds.length > 0 && types.includes('object')) return { hint: suggestion(source, kinds, 'Kinds:') }
  if (words) return { hint: suggestion(source, words.map(String), 'One of:') }
  const example = examples?.[0]
  if (example === undefined || typeof example === 'object') return {}
  return { hint: `For example: ${before({ root, path })}${typeof example === 'string' ? example : JSON.stringify(example)}` }
}

const ofList = (slip: Slip<ListValue>): Advice => {
  const { error, value, types } = slip
  const [only, ...others] = value.items
  if (only && others.length === 0 && isFlow(value)) {
    const text = textOf(only)
    if (accepts(error.parentSchema, text)) return write([{ text }], slip)
  }
  const scalars = value.items.flatMap((item) => (item.type === 'scalar' ? [item.source] : []))
  if (types.includes('object') || scalars.length < value.items.length) return exampleOf(slip)
  return manyOf(slip, scalars) ?? exampleOf(slip)
}

const ofMap = (slip: Slip): Advice => {
  const { error, value, types } = slip
  if (types.includes('array') && isFlow(value)) {
    const text = `[${textOf(value)}]`
    if (accepts(error.parentSchema, text)) return write([{ text }], slip)
  }
  if (types.includes('array')) return { hint: 'Begin each item of a list with "- ".' }
  const kind = child(value, 'kind')
  const sort = kind?.type === 'scalar' ? sortOfKind(kind.source) : ''
  const { hint = '', ...rest } = exampleOf(slip)
  return { ...rest, hint: `${sort}${hint}` }
}

/** `the text "no"`, `the number 4.1`, `empty`. */
export const valueText = (value: Value | undefined): string => {
  if (value?.type === 'map') return 'a map'
  if (value?.type === 'list') return 'a list'
  if (value === undefined || value.value === null) return value?.source === '' ? 'empty' : 'null'
  if (typeof value.value === 'string') return `the text "${value.value}"`
  return typeof value.value === 'number' ? `the number ${value.source}` : String(value.value)
}
