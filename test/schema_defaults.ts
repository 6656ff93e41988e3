import schema from '../schema/recipe.schema.json' with { type: 'json' }

type Node = { default?: unknown; properties?: Record<string, Node> }
const defs = schema.$defs as unknown as Readonly<Record<string, Node>>

/** A part of a recipe with the language's defaults: `withDefaults('layer', { kind: 'dense', units: 7 })`. */
export const withDefaults = <T extends { kind: string }>(
  what: string,
  given: { kind: T['kind'] } & Readonly<Record<string, unknown>>,
): T => {
  const properties = defs[`${what}_${given.kind}`]?.properties ?? {}
  const defaults = Object.entries(properties).flatMap(([key, property]) => ('default' in property ? [[key, property.default]] : []))
  return structuredClone({ ...Object.fromEntries(defaults), ...given }) as unknown as T
}
