import type { ErrorObject } from 'ajv/dist/2020.js'
import { nearest, suggestion } from '../nearest.ts'
import type { Found } from './found.ts'
import { kerasLayer } from './keras_layer.ts'
import { meantBy, percent } from './meant.ts'
import { renamed } from './renamed.ts'
import type { Row } from './schema_row.ts'
import { kindsOf, meaningOf, ownersOf } from './schema_words.ts'
import { subject } from './subject.ts'
import { valueText, wordOf, wrongType } from './type_problem.ts'
import { entryOf, nameOrigin, originAt, type Path, plain, type Value, valueAt } from './value.ts'

/** What the schema's errors say to somebody who types a recipe, one problem for one slip. */
export const schemaProblems = (errors: readonly ErrorObject[], root: Value): Found[] =>
  withoutConsequences(errors).map((error) => {
    const path = pathOf(error.instancePath, root)
    return (rows[error.keyword] ?? otherwise)({ error, root, path, shown: subject(error, path) })
  })

/** A value of the wrong type fails the rest too; a key typed wrongly is also missing. */
const withoutConsequences = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const wrong = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties')
  const isMistyped = (error: ErrorObject) =>
    unknown.some(
      (other) =>
        other.instancePath === error.instancePath &&
        nearest(other.params.additionalProperty, takes(other)) === error.params.missingProperty,
    )
  const relevant = errors.filter((error) => {
    if (error.keyword === 'type') return true
    if (wrong.has(error.instancePath)) return false
    if (error.keyword === 'required') return error.params.missingProperty !== 'kind' && !isMistyped(error)
    return error.keyword !== 'oneOf' && error.keyword !== 'if'
  })
  return together(relevant)
}

/** What one map lacks is one error. */
const together = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const lacking = (path: string) => errors.filter((error) => isRequired(error) && error.instancePath === path)
  return errors.flatMap((error) => {
    const [first, ...others] = isRequired(error) ? lacking(error.instancePath) : [error]
    if (first !== error) return []
    if (others.length === 0) return [error]
    return [{ ...error, params: { ...error.params, also: others.map(({ params }) => params.missingProperty) } }]
  })
}

const isRequired = ({ keyword }: ErrorObject): boolean => keyword === 'required'

const pathOf = (pointer: string, root: Value): Path => {
  const path: (string | number)[] = []
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(valueAt(root, path)?.type === 'list' ? Number(key) : key)
  }
  return path
}

/** `kind` decides which these are, so that it is not among them. */
const takes = (error: ErrorObject): string[] =>
  Object.keys((error.parentSchema?.properties as object | undefined) ?? {}).filter((key) => key !== 'kind')

const unknownKey: Row = ({ error, root, path, shown }) => {
  const key = error.params.additionalProperty as string
  const known = takes(error)
  const owner = nearest(key, known) === undefined ? ownersOf(key) : ''
  const origin = entryOf(valueAt(root, path), key)?.key ?? originAt(root, path)
  return {
    code: 'unknown_key',
    origin,
    message: `${shown.subject} has no "${key}".`,
    ...renamed(key, known, origin),
    hint: known.length === 0 ? `${owner}It takes nothing but "kind".` : `${owner}${suggestion(key, known, 'It takes:')}`,
  }
}

/** All that a map lacks is one problem: the error's parameters name the first, `also` the others. */
const missingKey: Row = ({ error, root, path, shown }) => {
  const { missingProperty: first, also = [] } = error.params as { missingProperty: string; also?: string[] }
  const keys = [first, ...also]
  const names = keys.map((key) => `"${key}"`)
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const meanings = keys.flatMap((key) => {
    const meaning = meaningOf(error.parentSchema, key)
    return meaning ? [keys.length === 1 ? meaning : `${key}: ${meaning}`] : []
  })
  const hint = meanings.length > 0 ? { hint: meanings.join('\n') } : {}
  return { code: 'missing_key', origin: nameOrigin(root, path), message: `${shown.subject} needs ${list}.`, ...hint }
}

const kindOf: Row = ({ error, root, path, shown }) => {
  const value = valueAt(root, path)
  const known = kindsOf(error.parentSchema)
  const kind = entryOf(value, 'kind')?.value
  if (!kind) {
    const typed = nearest('kind', value?.type === 'map' ? [...value.entries.keys()] : [])
    const origin = (typed !== undefined && entryOf(value, typed)?.key) || nameOrigin(root, path)
    const message = `${shown.subject} needs "kind".`
    const ofKeras = value && kerasLayer(value, { known, path })
    if (ofKeras) return { code: 'missing_key', origin, message, ...ofKeras }
    const meant = typed === undefined ? '' : `Did you mean "kind" where "${typed}" is? `
    const fixes = typed === undefined ? {} : { fixes: [{ at: origin, text: 'kind' }] }
    return { code: 'missing_key', origin, message, hint: `${meant}One of: ${known.join(', ')}.`, ...fixes }
  }
  const written = String(plain(kind))
  const message = `There is no ${shown.what} of kind "${written}".`
  return {
    code: 'unknown_kind',
    origin: kind.origin,
    message,
    hint: suggestion(written, known, 'One of:'),
    ...renamed(written, known, kind.origin),
  }
}

const unknownValue: Row = ({ error, root, path, shown }) => {
  const known = (error.params.allowedValues ?? [error.params.allowedValue]) as unknown[]
  const value = valueAt(root, path)
  const isText = value?.type === 'scalar' && typeof value.value === 'string'
  const origin = originAt(root, path)
  const source = value?.type === 'scalar' ? value.source : ''
  const names = known.map(String)
  const [meant] = meantBy({ source, isText, key: path.at(-1), node: error.parentSchema, types: ['boolean'] })
  return {
    code: 'unknown_value',
    origin,
    message: `${shown.subject} cannot be ${isText ? `"${plain(value)}"` : valueText(value)}.`,
    hint: meant ? `Write ${meant.text}.` : suggestion(source, names, 'One of:'),
    ...(meant ? { fixes: [{ at: origin, text: meant.text }] } : renamed(source, names, origin)),
  }
}

const comparisons: Record<string, string> = { '>=': 'at least', '>': 'above', '<=': 'at most', '<': 'below' }

const outOfRange: Row = ({ error, root, path, shown }) => {
  const { comparison, limit } = error.params as { comparison: string; limit: number }
  const value = valueAt(root, path)
  const written = value?.type === 'scalar' ? value.source : ''
  const isPercent = limit === 1 && comparison.startsWith('<') && Number(written) >= 2 && Number(written) < 100
  return {
    code: 'out_of_range',
    origin: originAt(root, path),
    message: `${shown.subject} must be ${comparisons[comparison]} ${limit}, not ${written}.`,
    ...(isPercent
      ? { hint: `For ${written} %: write ${percent(written)}.`, fixes: [{ at: originAt(root, path), text: percent(written) }] }
      : {}),
  }
}

const wrongLength: Row = ({ error, root, path, shown }) => {
  const { limit } = error.params as { limit: number }
  const value = valueAt(root, path)
  const [unit, has] = value === undefined ? ['items', 0] : lengthOf(value)
  const few = error.keyword.startsWith('min') ? 'at least' : 'at most'
  const message = `${shown.subject} needs ${few} ${limit} ${limit === 1 ? unit.slice(0, -1) : unit}, not ${has}.`
  return { code: 'wrong_length', origin: value?.type === 'map' ? nameOrigin(root, path) : originAt(root, path), message }
}

const lengthOf = (value: Value): [unit: string, length: number] => {
  if (value.type === 'list') return ['items', value.items.length]
  return value.type === 'map' ? ['keys', value.entries.size] : ['characters', value.source.length]
}

const repeated: Row = ({ error, root, path, shown }) => {
  const { i, j } = error.params as { i: number; j: number }
  const later = [...path, Math.max(i, j)]
  const value = valueAt(root, later)
  return { code: 'repeated', origin: originAt(root, later), message: `${shown.subject} has ${value ? String(plain(value)) : ''} twice.` }
}

const wrongForm: Row = (located) => {
  const { error, root, path } = located
  const value = valueAt(root, path)
  const word = wordOf(error.params.pattern)
  if (word === undefined || value?.type !== 'scalar') return otherForm(located)
  const types = [error.parentSchema?.type as string | string[]].flat()
  return wrongType({ ...located, error: { ...error, params: { type: types } } })
}

const otherForm: Row = ({ error, root, path, shown }) => ({
  code: 'wrong_form',
  origin: originAt(root, path),
  message: `${shown.subject} does not have the form ${error.params.pattern}.`,
  ...(shown.example ? { hint: shown.example } : {}),
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
