/** docs/recipe.md: every word of a recipe, from its schema. */
type Node = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  description?: string
  examples?: unknown[]
  items?: Node
  oneOf?: Node[]
  properties?: Record<string, Node>
  additionalProperties?: boolean | Node
  required?: string[]
  then?: Node
  [key: string]: unknown
}

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** What people write is called as what it comes to: `model`, not `written_model`. */
const titleOf = (name: string): string => name.replace(/^written_/, '')

/** Definitions with a chapter of their own, in the order of a recipe; other objects are shown where they are used. */
const CHAPTERS = [
  'about',
  'source',
  'split',
  'limit',
  'preprocessing',
  'step',
  'augmentation',
  'transform',
  'mix',
  'written_model',
  'block',
  'written_layer',
  'regularizer',
  'training',
  'optimizer',
  'schedule',
  'loss',
  'callback',
]
const LATER = ['overrides', 'exception', 'inclusion', 'requirement', 'where', 'table', 'chart']

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ')}\``

/**
 * The page.
 * @param schema recipe.schema.json
 * @param intro what stands before the tables
 */
export const referencePage = (schema: Node, intro: string): string => {
  const defs = schema.$defs as Record<string, Node>
  const chapter = (name: string): string => {
    const node = defs[name] as Node
    const kinds = (node.oneOf ?? []).map(({ $ref }) => defs[nameOf($ref as string)] as Node)
    const body = kinds.length > 0 ? kinds.map((kind) => kindText(kind)).join('\n') : fields(node)
    return `### ${titleOf(name)}\n\n${node.description}\n\n${body}`
  }
  const kindText = (kind: Node): string => `#### ${code(kind.properties?.kind?.const)}\n\n${kind.description}\n\n${fields(kind)}`

  const fields = (node: Node): string => {
    if (!node.properties) return example(node)
    const rows = Object.entries(node.properties).filter(([key]) => key !== 'kind')
    if (rows.length === 0) return 'It takes nothing else.\n'
    return `${['| | takes | default | meaning |', '|---|---|---|---|', ...rows.map(([key, value]) => row(key, value, node.required?.includes(key) ?? false))].join('\n')}\n`
  }
  const row = (key: string, value: Node, isRequired: boolean): string => {
    const target = value.$ref ? { ...(defs[nameOf(value.$ref)] as Node), ...value } : value
    const standard = 'default' in target ? code(target.default) : isRequired ? '**needed**' : '–'
    const samples = target.examples?.length && !target.enum ? ` E.g. ${code(target.examples[0])}.` : ''
    const cells = [code(key), takes(value, target), standard, `${target.description ?? ''}${samples}`]
    return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
  }
  const takes = (value: Node, target: Node): string => {
    if (value.$ref && isChapter(nameOf(value.$ref))) return link(nameOf(value.$ref))
    if (target.enum) return target.enum.map(code).join(', ')
    if (target.then?.enum) return `${target.then.enum.map(code).join(', ')}, or ${mapText(target)}`
    const unit = typeof target['x-unit'] === 'string' ? `, ${target['x-unit']}` : ''
    return `${typeText(target)}${rangeText(target)}${unit}`
  }
  const typeText = (node: Node): string => {
    if (node.$ref && isChapter(nameOf(node.$ref))) return link(nameOf(node.$ref))
    const target = node.$ref ? (defs[nameOf(node.$ref)] as Node) : node
    if (target.type === 'array') return `list of ${listText(target.items ?? {})}`
    if (target.type === 'object') return mapText(target)
    return [target.type ?? 'anything']
      .flat()
      .map((type) => (type === 'string' && wordOf(target) ? code(wordOf(target)) : (typeNames[type] ?? type)))
      .join(' or ')
  }
  const mapText = ({ additionalProperties: values, properties }: Node): string => {
    if (typeof values === 'object') return `name → ${typeText(values)}`
    return properties ? Object.keys(properties).map(code).join(', ') : 'map'
  }
  const listText = (items: Node): string => {
    if (items.enum) return items.enum.map(code).join(', ')
    if (items.$ref || items.type !== 'object')
      return `${typeText(items)}${['integer', 'number', 'string'].includes(String(items.type)) ? 's' : ''}`
    return mapText(items)
  }

  const isChapter = (name: string) => [...CHAPTERS, ...LATER].includes(name)
  const link = (name: string) => `[${titleOf(name)}](#${titleOf(name)})`
  const top = `### The whole\n\n${fields(schema)}`
  return `${intro}${[top, ...CHAPTERS.map(chapter), ...LATER.map(chapter)].join('\n')}`
}

/** The only text that may stand there, if there is one: `classes` for a number of units. */
const wordOf = ({ pattern }: Node): string | undefined => /^\^(\w+)\$$/.exec(String(pattern))?.[1]

const example = ({ examples }: Node): string => (examples ? `E.g. ${code(examples[0])}.\n` : '')

const typeNames: Record<string, string> = {
  integer: 'whole number',
  number: 'number',
  string: 'text',
  boolean: '`true`, `false`',
  object: 'map',
  array: 'list',
  null: '`null`',
}

const rangeText = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Node): string => {
  const low = minimum !== undefined ? `≥ ${minimum}` : exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : ''
  const high = maximum !== undefined ? `≤ ${maximum}` : exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : ''
  const both = [low, high].filter(Boolean).join(', ')
  return both === '' ? '' : ` ${both}`
}
