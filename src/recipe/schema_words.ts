import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import { nearest } from '../nearest.ts'

type Node = {
  title?: string
  description?: string
  examples?: readonly unknown[]
  oneOf?: readonly { $ref: string }[]
  properties?: Readonly<Record<string, Node & { $ref?: string }>>
}

const defs = schema.$defs as unknown as Readonly<Record<string, Node>>

/** `layer_dense` → layer, dense. */
export const kindOfTitle = (title: string | undefined): { what: string; kind: string } | null => {
  const [, what, kind] =
    /^(layer|optimizer|schedule|loss|callback|source|split|step|augmentation|transform|mix|chart|requirement)_(.+)$/.exec(title ?? '') ?? []
  return what && kind ? { what, kind } : null
}

/** The kinds of a definition that has some. */
export const kindsOf = (node: unknown): string[] =>
  ((node as Node | undefined)?.oneOf ?? []).flatMap(({ $ref }) => kindOfTitle(nameOf($ref))?.kind ?? [])

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** What a key means, with an example, for somebody who has left it out. */
export const meaningOf = (parent: unknown, key: string): string | undefined => {
  const property = (parent as Node | undefined)?.properties?.[key]
  const node = property?.$ref ? { ...defs[nameOf(property.$ref)], ...property } : property
  if (!node?.description) return undefined
  const kinds = kindsOf(node)
  const example = node.examples ? ` For example: ${key}: ${inYaml(node.examples[0])}` : ''
  return `${node.description}${kinds.length > 0 ? ` Kinds: ${kinds.join(', ')}.` : example}`
}

const inYaml = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ')

/** What a kind is that stands where none of its sort may: `"cosine_decay" is a schedule. "schedule" belongs to "training". `, or nothing. */
export const sortOfKind = (written: string): string => {
  const kinds = Object.keys(defs).flatMap((name) => kindOfTitle(name) ?? [])
  const kind = nearest(
    written,
    kinds.map((one) => one.kind),
  )
  const what = kinds.find((one) => one.kind === kind)?.what
  return what === undefined ? '' : `"${kind}" is a ${what}. ${ownersOf(what)}`
}

/** More owners than these say nothing. */
const MOST_OWNERS = 2

/** Where a key that is out of place belongs: `It belongs to "split".`, or nothing. */
export const ownersOf = (key: string): string => {
  const owners = Object.entries(defs).filter(
    ([name, { properties }]) => properties?.[key] && !['spec', 'overrides', 'exception', 'inclusion'].includes(name),
  )
  if (owners.length === 0 || owners.length > MOST_OWNERS) return key in schema.properties ? `"${key}" stands at the top of a recipe. ` : ''
  const names = owners.map(([name, { title }]) => {
    const kind = kindOfTitle(title)
    return kind ? `${kind.what} "${kind.kind}"` : `"${name}"`
  })
  return `"${key}" belongs to ${names.join(' and ')}. `
}
