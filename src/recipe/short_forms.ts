import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import { EDIT_WORDS, isEdit } from './list_edit.ts'
import type { Entry, ListValue, MapValue, Value } from './value.ts'

/** A part of the recipe's schema. */
export type SchemaNode = {
  $ref?: string
  type?: string | readonly string[]
  const?: unknown
  oneOf?: readonly SchemaNode[]
  items?: SchemaNode
  properties?: Readonly<Record<string, SchemaNode>>
  additionalProperties?: boolean | SchemaNode
  examples?: readonly unknown[]
}

const defs = schema.$defs as unknown as Readonly<Record<string, SchemaNode>>
/** Of a whole recipe. */
export const RECIPE = schema as unknown as SchemaNode
/** Of a cell. */
export const SPEC = schema.$defs.spec as unknown as SchemaNode
const SECTIONS = SPEC.properties ?? {}

/** The schema of what stands under a key; sections of overrides are those of the recipe. */
export const nodeUnder = (node: SchemaNode | undefined, key: string | number): SchemaNode | undefined => {
  const here = resolved(node)
  if (here === undefined) return undefined
  if (typeof key === 'number' || (here.items && !here.properties)) return here.items
  const own = kindsAt(here).find(({ properties }) => properties?.[key])?.properties?.[key] ?? here.properties?.[key]
  if (own && !own.$ref && own.type === 'object' && !own.properties && key in SECTIONS) return SECTIONS[key]
  return own ?? (typeof here.additionalProperties === 'object' ? here.additionalProperties : undefined)
}

const resolved = (node: SchemaNode | undefined): SchemaNode | undefined =>
  node?.$ref === undefined ? node : resolved(defs[node.$ref.slice(node.$ref.lastIndexOf('/') + 1)])

/** The kinds that may stand here; none: the value is not of a kind. */
const kindsAt = (node: SchemaNode): readonly SchemaNode[] => {
  if (node.properties?.kind?.const !== undefined) return [node]
  const kinds = (node.oneOf ?? []).flatMap((kind) => resolved(kind) ?? [])
  return kinds.every(({ properties }) => properties?.kind?.const !== undefined) ? kinds : []
}

/**
 * The value in its long form: a kind alone (`loss: categorical_crossentropy`) is a map of it. What is written in its long form is the same
 * value, not a copy.
 */
export const longForm = (value: Value, node: SchemaNode | undefined): Value => {
  const here = resolved(node)
  if (here === undefined) return value
  if (value.type === 'scalar') return isKindAlone(value.value, here) ? mapOfKind(value) : value
  if (value.type === 'list') return here.items ? longItems(value, here.items) : value
  return here.items && isEdit(value) ? longEdits(value, here.items) : longEntries(value, here)
}

const isKindAlone = (value: unknown, node: SchemaNode): boolean =>
  typeof value === 'string' && value !== '' && node.type === 'object' && kindsAt(node).length > 0

const mapOfKind = (kind: Value): MapValue => ({
  type: 'map',
  origin: kind.origin,
  entries: new Map([['kind', { key: kind.origin, value: kind }]]),
})

const longItems = (list: ListValue, node: SchemaNode): ListValue => {
  const items = list.items.map((item) => longForm(item, node))
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items }
}

/** Items that change a list, in maps by name or as a list. */
const longEdits = (edits: MapValue, node: SchemaNode): MapValue => {
  const item = (value: Value): Value => (value.type === 'list' ? longItems(value, node) : longForm(value, node))
  return withEntries(edits, (value, word) => {
    if (word === 'remove' || !EDIT_WORDS.includes(word)) return value
    if (word === 'prepend' || word === 'append') return item(value)
    return value.type === 'map' ? withEntries(value, item) : value
  })
}

const withEntries = (map: MapValue, change: (value: Value, key: string) => Value): MapValue => {
  const changed = new Map<string, Entry>()
  for (const [key, entry] of map.entries) {
    const value = change(entry.value, key)
    if (value !== entry.value) changed.set(key, { ...entry, value })
  }
  return changed.size === 0 ? map : { ...map, entries: new Map([...map.entries].map(([key, entry]) => [key, changed.get(key) ?? entry])) }
}

const longEntries = (map: MapValue, node: SchemaNode): MapValue => withEntries(map, (value, key) => longForm(value, nodeUnder(node, key)))

/** Whether a list may stand at a path. */
export const takesList = (path: string): boolean => [nodeAt(path)?.type].flat().includes('array')

const nodeAt = (path: string): SchemaNode | undefined =>
  resolved(
    path.split('.').reduce<SchemaNode | undefined>((node, step) => nodeUnder(node, /^\d+$/.test(step) ? Number(step) : step), RECIPE),
  )

/** A value for a path, in YAML on one line. */
export const exampleAt = (path: string): string => JSON.stringify(nodeAt(path)?.examples?.[0] ?? 3).replaceAll('"', '')

/** Every path into a cell that leads to a value through maps only: `training.optimizer.learning_rate`. */
export const pathsOfSpec = (node: SchemaNode = SPEC, above = ''): string[] => {
  const here = resolved(node)
  if (!here) return []
  const kinds = kindsAt(here)
  const names = (kinds.length > 0 ? kinds : [here]).flatMap(({ properties }) => Object.entries(properties ?? {}))
  return [...new Map(names)].flatMap(([name, inner]) => [`${above}${name}`, ...pathsOfSpec(inner, `${above}${name}.`)])
}
