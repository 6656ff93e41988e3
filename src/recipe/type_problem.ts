import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Row } from './schema_problem.ts'
import { kindsOf } from './schema_words.ts'
import { nameOrigin, type Path, plain, type ScalarValue, type Value, valueAt } from './value.ts'

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
  const hint = value && hintOf({ error, value, types, path })
  return {
    code: 'wrong_type',
    origin: value?.type === 'scalar' ? value.origin : nameOrigin(root, path),
    message: `${shown.subject} must be ${types.map((type) => typeNames[type] ?? type).join(' or ')}, not ${valueText(value)}.`,
    ...(hint ? { hint } : {}),
  }
}

/** `the text "no"`, `the number 4.1`, `empty`. */
export const valueText = (value: Value | undefined): string => {
  if (value?.type === 'map') return 'a map'
  if (value?.type === 'list') return 'a list'
  if (value === undefined || value.value === null) return value?.source === '' ? 'empty' : 'null'
  if (typeof value.value === 'string') return `the text "${value.value}"`
  return typeof value.value === 'number' ? `the number ${value.source}` : String(value.value)
}

type Slip = { error: ErrorObject; value: Value; types: readonly string[]; path: Path }

const hintOf = ({ error, value, types, path }: Slip): string | undefined => {
  const key = path.at(-1)
  const before = typeof key === 'string' ? `${key}: ` : '- '
  if (value.type === 'map' && types.includes('array')) return 'Begin each item of a list with "- ".'
  if (value.type !== 'scalar') return undefined
  if (value.value === null && value.source === '')
    return types.includes('object') ? 'Write {} for an empty map, or take the line out.' : 'Give it a value, or take the line out.'
  if (types.includes('array')) return `Write ${before}[${value.source}].`
  if (typeof value.value !== 'string')
    return types.includes('string') ? `YAML reads it as ${valueText(value)}. In quotes it is a text: "${value.source}".` : undefined
  if (types.includes('object') && kindsOf(error.parentSchema).includes(value.value)) return `Write ${before}{ kind: ${value.value} }.`
  if (types.includes('boolean')) return booleanHint(value)
  return types.includes('number') || types.includes('integer') ? numberHint(value, error) : undefined
}

/** YAML 1.1 had more words for true and false. */
const booleanHint = ({ source }: ScalarValue): string | undefined => {
  const yes = /^(?:(yes|on|y|true)|no|off|n|false)$/i.exec(source)
  return yes ? `In YAML 1.2 that is a text. Write ${yes[1] ? 'true' : 'false'}.` : undefined
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

const numberHint = ({ source }: ScalarValue, error: ErrorObject): string | undefined => {
  if (isNumber(source)) return 'Leave the quotes out.'
  const joined = source.replaceAll('_', '')
  if (isNumber(joined)) return `YAML 1.2 has no underscores in numbers. Write ${joined}.`
  const point = source.replace(',', '.')
  if (isNumber(point)) return `Write ${point}.`
  const [, number, unit] = /^([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?) ?(\D+)$/.exec(source) ?? []
  if (number === undefined || !isNumber(number)) return undefined
  if (unit === '%') return `Write ${percent(number)}.`
  const { 'x-unit': expected } = (error.parentSchema ?? {}) as { 'x-unit'?: string }
  return `Write ${number}, without a unit${expected ? `: it is in ${expected}` : ''}.`
}

/** 20 → 0.2, without the tail of a binary fraction. */
export const percent = (text: string): string => String(+(Number(text) / 100).toPrecision(12))

/** `None` where null is meant, and the like; undefined where the text is not one of them. */
export const nullHint = (value: Value | undefined, allowed: readonly unknown[]): string | undefined =>
  value && allowed.includes(null) && /^(none|nil|nothing)$/i.test(String(plain(value))) ? 'Write null.' : undefined
