/**
 * The schema for editors, derived from the recipe's: it accepts what may stand in a file, where sections are incomplete (a matrix, a profile
 * or a recipe that extends this one completes them) and a list may be written as a change of the list below it.
 */
type Node = { [key: string]: unknown }

const SECTIONS = ['dataset', 'split', 'limit', 'preprocessing', 'augmentation', 'model', 'training']
/** Sections that are written otherwise than they come to. */
const WRITTEN: Record<string, string> = { model: 'written_model' }
const EDITS: Record<string, string> = {
  change: 'Item name → values to merge into it.',
  remove: 'Names of items to leave out.',
  insert_before: 'Item name → items to put before it.',
  insert_after: 'Item name → items to put after it.',
  prepend: 'Items to put first.',
  append: 'Items to put last.',
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** Derives parts of definitions, each under its own name, as they are asked for. */
const partMaker = (defs: Record<string, Node>) => {
  const parts: Record<string, Node> = {}

  /** A reference to what may be written of a definition. */
  const partRef = (name: string): Node => {
    const part = `${name}_part`
    if (!(part in parts)) {
      parts[part] = {} // where it contains itself
      parts[part] = partOf(defs[name] as Node)
    }
    return { $ref: `#/$defs/${part}` }
  }

  const partOf = (node: Node): Node => {
    if (Array.isArray(node.oneOf)) return unionPart(node)
    if (node.type === 'array') return listPart(node)
    if (!isNode(node.properties)) return node
    const { required: _required, ...rest } = node
    const properties = Object.fromEntries(Object.entries(node.properties).map(([key, value]) => [key, propertyPart(value as Node)]))
    return { ...rest, properties }
  }

  const propertyPart = (node: Node): Node => {
    if (typeof node.$ref !== 'string') return partOf(node)
    const target = defs[nameOf(node.$ref)] as Node
    const isCompound = Array.isArray(target.oneOf) || target.type === 'object'
    if (!isCompound) return target.type === 'array' ? { ...partOf(target), ...siblings(node) } : node
    return { ...partRef(nameOf(node.$ref)), ...siblings(node) }
  }

  const siblings = ({ $ref: _ref, ...rest }: Node): Node => rest

  /** All fields of all kinds: without its kind, which the recipe below may give, it cannot be told which are meant. */
  const unionPart = (node: Node): Node => {
    const kinds = (node.oneOf as { $ref: string }[]).map(({ $ref }) => defs[nameOf($ref)] as { properties: Record<string, Node> })
    const properties: Record<string, Node> = {}
    for (const kind of kinds) for (const [key, value] of Object.entries(kind.properties)) properties[key] ??= propertyPart(value)
    const names = kinds.map(({ properties: { kind } }) => kind?.const)
    const { oneOf: _oneOf, discriminator: _discriminator, required: _required, ...rest } = node
    const map = {
      ...rest,
      properties: { ...properties, kind: { enum: names, description: 'Which one this is.' } },
      additionalProperties: false,
    }
    return withAlone(node, map)
  }

  /** A value of a kind, or the name alone of a kind that needs nothing else. */
  const withAlone = (node: Node, map: Node): Node => {
    const kinds = ((node.oneOf ?? []) as { $ref: string }[]).map(({ $ref }) => defs[nameOf($ref)] as Node)
    const alone = kinds.filter(({ required = [] }) => (required as string[]).every((key) => key === 'kind'))
    if (alone.length === 0) return map
    const names = alone.map(({ properties }) => (properties as Record<string, Node>).kind?.const)
    const name = { enum: names, description: `${node.description} A kind alone, where nothing else is needed.` }
    return { ...(node.description ? { description: node.description } : {}), anyOf: [map, name] }
  }

  /** A list of maps, or a change of the list below. */
  const listPart = (node: Node): Node => {
    const items = node.items as Node | undefined
    const item = typeof items?.$ref === 'string' ? (defs[nameOf(items.$ref)] as Node) : items
    if (!item || (item.type !== 'object' && !item.oneOf)) return node
    const { description, default: fallback, examples, items: _items, ...rest } = node
    const list = { ...rest, items: withAlone(item, items as Node) }
    const edit = {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(EDITS).map(([key, text]) => [key, { description: text }])),
    }
    return { ...(description ? { description } : {}), ...(examples ? { examples } : {}), anyOf: [list, edit] }
  }

  return { propertyPart, parts }
}

/** @param schema recipe.schema.json */
export const editorSchema = (schema: Node): Node => {
  const defs = schema.$defs as Record<string, Node>
  const { propertyPart, parts } = partMaker(defs)
  const withParts = (node: Node): Node => {
    const properties = node.properties as Record<string, Node>
    const changed = Object.keys(properties).filter((key) => SECTIONS.includes(key) || key === 'tables' || key === 'charts')
    const sections = changed.map((key) => [
      key,
      propertyPart(key in defs ? { $ref: `#/$defs/${WRITTEN[key] ?? key}` } : (properties[key] as Node)),
    ])
    return { ...node, properties: { ...properties, ...Object.fromEntries(sections) } }
  }
  const { required: _about, ...root } = withParts(schema)
  const properties = root.properties as Record<string, Node>
  const profiles = properties.profiles as { additionalProperties: Node }
  return {
    ...root,
    $id: 'editor.schema.json',
    description: 'Generated from recipe.schema.json by `npm run generate`, for editors. Do not edit.',
    properties: { ...properties, profiles: { ...profiles, additionalProperties: withParts(profiles.additionalProperties) } },
    $defs: {
      ...defs,
      ...Object.fromEntries(['overrides', 'exception', 'inclusion'].map((name) => [name, withParts(defs[name] as Node)])),
      ...parts,
    },
  }
}
