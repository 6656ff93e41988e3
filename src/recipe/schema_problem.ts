import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Found } from './found.ts'
import { didYouMean, nearest } from './nearest.ts'
import { type Shown, subject } from './subject.ts'
import { entryOf, nameOrigin, originAt, type Path, plain, type Value, valueAt } from './value.ts'

/** An error of the schema at its place in the recipe. */
type Located = { error: ErrorObject; root: Value; path: Path; shown: Shown }
type Row = (located: Located) => Found | null

/** What the schema's errors say to somebody who types a recipe, one problem for one slip. */
export const schemaProblems = (errors: readonly ErrorObject[], root: Value): Found[] =>
  withoutConsequences(errors).flatMap((error) => {
    const path = pathOf(error.instancePath, root)
    return (rows[error.keyword] ?? otherwise)({ error, root, path, shown: subject(error, path) }) ?? []
  })

/** A value of the wrong type fails the rest too; a key typed wrongly is also missing. */
const withoutConsequences = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties')
  const isMistyped = (error: ErrorObject) =>
    unknown.some(
      (other) =>
        other.instancePath === error.instancePath &&
        nearest(other.params.additionalProperty, takes(other)) === error.params.missingProperty,
    )
  return errors.filter((error) => {
    if (error.keyword === 'type') return true
    if (wrongType.has(error.instancePath)) return false
    if (error.keyword === 'required') return error.params.missingProperty !== 'kind' && !isMistyped(error)
    return error.keyword !== 'oneOf'
  })
}

const pathOf = (pointer: string, root: Value): Path => {
  const path: (string | number)[] = []
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(valueAt(root, path)?.type === 'list' ? Number(key) : key)
  }
  return path
}

const takes = (error: ErrorObject): string[] => Object.keys((error.parentSchema?.properties as object | undefined) ?? {})

const quoted = (words: readonly unknown[]): string => words.map((word) => (word === null ? 'null' : String(word))).join(', ')

const unknownKey: Row = ({ error, root, path, shown }) => {
  const key = error.params.additionalProperty as string
  const known = takes(error)
  const origin = entryOf(valueAt(root, path), key)?.key ?? originAt(root, path)
  return {
    code: 'unknown_key',
    origin,
    message: `${shown.subject} has no "${key}".`,
    hint: `${didYouMean(key, known)}It takes: ${quoted(known)}.`,
  }
}

const missingKey: Row = ({ error, root, path, shown }) => {
  const key = error.params.missingProperty as string
  const properties = error.parentSchema?.properties as Record<string, { description?: string; examples?: unknown[] }> | undefined
  const { description, examples } = properties?.[key] ?? {}
  const example = examples ? ` For example: ${key}: ${JSON.stringify(examples[0])}` : ''
  return {
    code: 'missing_key',
    origin: nameOrigin(root, path),
    message: `${shown.subject} needs "${key}".`,
    ...(description ? { hint: `${description}${example}` } : {}),
  }
}

const kindOf: Row = ({ error, root, path, shown }) => {
  const value = valueAt(root, path)
  const known = kindsOf(error)
  const kind = entryOf(value, 'kind')?.value
  if (!kind) {
    const keys = value?.type === 'map' ? [...value.entries.keys()] : []
    const typed = nearest('kind', keys)
    const origin = (typed !== undefined && entryOf(value, typed)?.key) || nameOrigin(root, path)
    const meant = typed === undefined ? '' : `Did you mean "kind" where "${typed}" is? `
    return { code: 'missing_key', origin, message: `${shown.subject} needs "kind".`, hint: `${meant}One of: ${quoted(known)}.` }
  }
  const written = String(plain(kind))
  const message = `There is no ${shown.what} of kind "${written}".`
  return { code: 'unknown_kind', origin: kind.origin, message, hint: `${didYouMean(written, known)}One of: ${quoted(known)}.` }
}

const kindsOf = (error: ErrorObject): string[] =>
  ((error.parentSchema?.oneOf as { $ref: string }[] | undefined) ?? []).map(({ $ref }) => $ref.replace(/^.*\/[a-z]+_/, ''))

const wrongType: Row = ({ error, root, path, shown }) => {
  const value = valueAt(root, path)
  return {
    code: 'wrong_type',
    origin: value?.type === 'scalar' ? value.origin : nameOrigin(root, path),
    message: `${shown.subject} must be ${typesText(error.params.type as string | string[])}, not ${valueText(value)}.`,
    ...typeHint(error, value, path),
  }
}

/** The two slips that are common: a kind written without its braces, and the words of YAML 1.1 for true and false. */
const typeHint = (error: ErrorObject, value: Value | undefined, path: Path): { hint?: string } => {
  if (value?.type !== 'scalar' || typeof value.value !== 'string') return {}
  if (kindsOf(error).includes(value.value))
    return { hint: `Write ${typeof path.at(-1) === 'string' ? `${path.at(-1)}: ` : '- '}{ kind: ${value.value} }.` }
  const yes = /^(?:(yes|on|y)|no|off|n)$/i.exec(value.value)
  if (yes && [error.params.type].flat().includes('boolean'))
    return { hint: `In YAML 1.2 that is a text. Write ${yes[1] ? 'true' : 'false'}.` }
  return {}
}

const typeNames: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
}

const typesText = (types: string | string[]): string =>
  [types]
    .flat()
    .map((type) => typeNames[type] ?? type)
    .join(' or ')

const valueText = (value: Value | undefined): string => {
  if (value?.type === 'map') return 'a map'
  if (value?.type === 'list') return 'a list'
  if (value === undefined || value.value === null) return value?.source === '' ? 'empty' : 'null'
  if (typeof value.value === 'string') return `the text "${value.value}"`
  return typeof value.value === 'number' ? `the number ${value.source}` : String(value.value)
}

const unknownValue: Row = ({ error, root, path, shown }) => {
  const known = error.params.allowedValues as unknown[]
  const value = valueAt(root, path)
  const written = value ? String(plain(value)) : ''
  return {
    code: 'unknown_value',
    origin: originAt(root, path),
    message: `${shown.subject} cannot be ${value?.type === 'scalar' && typeof value.value === 'string' ? `"${written}"` : valueText(value)}.`,
    hint: `${didYouMean(written, known.map(String))}One of: ${quoted(known)}.`,
  }
}

const comparisons: Record<string, string> = { '>=': 'at least', '>': 'above', '<=': 'at most', '<': 'below' }

const outOfRange: Row = ({ error, root, path, shown }) => {
  const { comparison, limit } = error.params as { comparison: string; limit: number }
  const value = valueAt(root, path)
  const written = value?.type === 'scalar' ? value.source : ''
  return {
    code: 'out_of_range',
    origin: originAt(root, path),
    message: `${shown.subject} must be ${comparisons[comparison]} ${limit}, not ${written}.`,
  }
}

const wrongLength: Row = ({ error, root, path, shown }) => {
  const { limit } = error.params as { limit: number }
  const value = valueAt(root, path)
  const [unit, has] =
    value?.type === 'list'
      ? ['items', value.items.length]
      : value?.type === 'map'
        ? ['keys', value.entries.size]
        : ['characters', plain(value as Value)]
  const few = error.keyword.startsWith('min') ? 'at least' : 'at most'
  const message = `${shown.subject} needs ${few} ${limit} ${limit === 1 ? unit.slice(0, -1) : unit}, not ${typeof has === 'string' ? has.length : has}.`
  return { code: 'wrong_length', origin: value?.type === 'map' ? nameOrigin(root, path) : originAt(root, path), message }
}

const repeated: Row = ({ error, root, path, shown }) => {
  const { i, j } = error.params as { i: number; j: number }
  const later = [...path, Math.max(i, j)]
  return {
    code: 'repeated',
    origin: originAt(root, later),
    message: `${shown.subject} has ${String(plain(valueAt(root, later) as Value))} twice.`,
  }
}

const wrongForm: Row = ({ error, root, path, shown }) => ({
  code: 'wrong_form',
  origin: originAt(root, path),
  message: `${shown.subject} does not have the form that it must have.`,
  hint: `${shown.example}${error.params.pattern ? `As a regular expression: ${error.params.pattern}` : ''}`,
})

const otherwise: Row = ({ error, root, path, shown }) => ({
  code: 'wrong_form',
  origin: originAt(root, path),
  message: `${shown.subject} ${error.message ?? 'is not right'}.`,
})

const rows: Record<string, Row> = {
  additionalProperties: unknownKey,
  required: missingKey,
  discriminator: kindOf,
  type: wrongType,
  enum: unknownValue,
  const: unknownValue,
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  minItems: wrongLength,
  maxItems: wrongLength,
  minLength: wrongLength,
  minProperties: wrongLength,
  uniqueItems: repeated,
  pattern: wrongForm,
}
