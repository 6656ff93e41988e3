import canonicalize from 'canonicalize'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import type { Spec } from '../../schema/recipe.ts'

/** What of JSON Schema decides which default a value has. */
type Form = {
  $ref?: string
  properties?: Readonly<Record<string, Form>>
  items?: Form
  oneOf?: readonly Form[]
  const?: unknown
  default?: unknown
}

type Plain = Readonly<Record<string, unknown>>

/**
 * A spec without the values that equal their defaults: what it is named by. So a new word of the language, whose default is what was done
 * before, changes no id.
 */
export const essenceOf = (spec: Spec): Plain => strip(spec, schema.$defs.spec as Form) as Plain

const strip = (value: unknown, form: Form): unknown => {
  const { properties, items } = formOf(value, form)
  if (Array.isArray(value)) return items ? value.map((item) => strip(item, items)) : value
  if (!isMap(value) || !properties) return value
  const kept = Object.entries(value).flatMap(([key, part]) => {
    const known = properties[key]
    if (known === undefined) return [[key, part]]
    const essence = strip(part, known)
    return isDefault(essence, known) ? [] : [[key, essence]]
  })
  return Object.fromEntries(kept)
}

/** A default may itself leave out what has a default, so both are compared by their essence. */
const isDefault = (essence: unknown, form: Form): boolean => {
  const { default: byDefault = resolved(form).default } = form
  return byDefault !== undefined && canonicalize(essence) === canonicalize(strip(byDefault, form))
}

/** The form of this value: behind a reference, and of the kinds that there are, its own. */
const formOf = (value: unknown, form: Form): Form => {
  const { oneOf, ...own } = resolved(form)
  if (!oneOf) return own
  const kind = isMap(value) ? value.kind : undefined
  return oneOf.map(resolved).find(({ properties }) => properties?.kind?.const === kind && kind !== undefined) ?? own
}

const resolved = (form: Form): Form => {
  const name = form.$ref?.replace('#/$defs/', '')
  if (name === undefined) return form
  const { $ref: _, ...own } = form
  return { ...resolved((schema.$defs as Readonly<Record<string, Form>>)[name] as Form), ...own }
}

const isMap = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
