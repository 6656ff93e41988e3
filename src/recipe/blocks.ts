import { layerNames } from '../layer_names.ts'
import { suggestion } from '../nearest.ts'
import { filledIn } from './block_parameters.ts'
import type { Found, Report } from './found.ts'
import { checkSchema } from './schema_check.ts'
import { schemaProblems } from './schema_problem.ts'
import { longForm, type SchemaNode } from './short_forms.ts'
import { child, type Entry, entryOf, itemsOf, type ListValue, type MapValue, plain, type ScalarValue, type Value } from './value.ts'

/** Blocks within blocks, at most: deeper is a block that is in itself. */
const MOST_LEVELS = 8

/** Form of a block's layers once its parameters are filled in. */
const LAYERS: SchemaNode = { items: { $ref: '#/$defs/written_layer' } }

type Blocks = ReadonlyMap<string, Entry>
type Context = { blocks: Blocks; report: Report; level: number }

/**
 * A cell whose blocks are written out as layers. Each layer of a block is named after the use and itself (`stage1.conv2d`), so that every
 * block may be used any number of times. What was wrong with them, each where it is written.
 */
export const writtenOut = (cell: MapValue): { value: MapValue; found: readonly Found[] } => {
  const model = entryOf(cell, 'model')
  const blocks = entryOf(model?.value, 'blocks')
  const layers = entryOf(model?.value, 'layers')
  if (model?.value.type !== 'map' || (blocks === undefined && !itemsOf(layers?.value).some(isUse))) return { value: cell, found: [] }
  const found: Found[] = []
  if (blocks) found.push(...schemaProblems(checkSchema('blocks', plain(blocks.value)), blocks.value))
  const known = found.length === 0 && blocks?.value.type === 'map' ? blocks.value.entries : new Map<string, Entry>()
  const entries = new Map(model.value.entries)
  entries.delete('blocks')
  if (layers?.value.type === 'list' && found.length === 0) {
    const items = expanded(layers.value.items, { blocks: known, report: (problem) => found.push(problem), level: 0 })
    entries.set('layers', { ...layers, value: { ...layers.value, items } })
  }
  const value: MapValue = { ...model.value, entries }
  return { value: { ...cell, entries: new Map([...cell.entries, ['model', { ...model, value }]]) }, found }
}

const isUse = (item: Value): item is MapValue => item.type === 'map' && textOf(child(item, 'kind')) === 'block'

const textOf = (value: Value | undefined): string | undefined =>
  value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined

/** The items of a list of layers with blocks written out, and inputs that name a block naming its last layer. */
const expanded = (items: readonly Value[], context: Context): Value[] => {
  const names = namesOf(items)
  const lastOf = new Map<string, string>()
  const result: Value[] = []
  for (const [index, item] of items.entries()) {
    const above = index === 0 ? undefined : (lastOf.get(names[index - 1] as string) ?? names[index - 1])
    const taking = renamed(item, (name) => lastOf.get(name) ?? name)
    if (!isUse(taking)) {
      result.push(taking)
      continue
    }
    const layers = used(taking, { name: names[index] as string, above: inputOf(taking) ?? above }, context)
    const last = textOf(child(layers.at(-1), 'name'))
    if (last !== undefined) lastOf.set(names[index] as string, last)
    result.push(...layers)
  }
  return result
}

/** As Keras numbers them; a block without a name is called as the block that it uses. */
const namesOf = (items: readonly Value[]): string[] =>
  layerNames(
    items.map((item) => ({
      kind: (isUse(item) ? textOf(child(item, 'block')) : undefined) ?? textOf(child(item, 'kind')) ?? 'layer',
      name: textOf(child(item, 'name')),
    })),
  )

/** The layer with its inputs under other names. */
const renamed = (item: Value, to: (name: string) => string): Value => {
  const inputs = child(item, 'inputs')
  if (item.type !== 'map' || inputs?.type !== 'list') return item
  const items = inputs.items.map((input) => {
    const name = textOf(input)
    return name === undefined || to(name) === name ? input : scalar(input, to(name))
  })
  return withEntry(item, 'inputs', { ...inputs, items })
}

const scalar = (like: Value, text: string): ScalarValue => ({ type: 'scalar', origin: like.origin, value: text, source: text })

const withEntry = (map: MapValue, key: string, value: Value): MapValue => ({
  ...map,
  entries: new Map([...map.entries, [key, { key: map.entries.get(key)?.key ?? value.origin, value }]]),
})

type Use = { name: string; above: string | undefined }

/** The layers of one use of a block, as often as it is repeated. */
const used = (use: MapValue, { name, above }: Use, context: Context): Value[] => {
  const { blocks, report, level } = context
  // Defaults are written into the plain value.
  const given = plain(use) as { block: string; repeat: number }
  const wrong = schemaProblems(checkSchema('layer_block', given), use)
  for (const problem of wrong) report(problem)
  if (wrong.length > 0) return []
  const origin = (child(use, 'block') as ScalarValue).origin
  const block = blocks.get(given.block)?.value
  if (block?.type !== 'map') {
    const hint = blocks.size === 0 ? 'There is no model.blocks.' : suggestion(given.block, [...blocks.keys()], 'There are:')
    report({ code: 'unknown_block', origin, message: `There is no block "${given.block}".`, hint })
    return []
  }
  if (level === MOST_LEVELS) {
    report({ code: 'block_in_itself', origin, message: `Blocks are nested more than ${MOST_LEVELS} deep: is "${given.block}" in itself?` })
    return []
  }
  const filled = filledIn(block, use, { name: given.block, report })
  const layers = filled ? itemsOf(longForm(filled, LAYERS)) : []
  const result: Value[] = []
  let before = above
  for (let index = 0; index < given.repeat; index++) {
    const one = named(layers, { prefix: given.repeat === 1 ? name : `${name}.${index + 1}`, above: before })
    result.push(...expanded(one, { ...context, level: level + 1 }))
    before = textOf(child(result.at(-1), 'name'))
  }
  return result
}

/** The layers of a block under names of their own; `input` and the first layer's input are what is above the block. */
const named = (layers: readonly Value[], { prefix, above }: { prefix: string; above: string | undefined }): Value[] => {
  const names = namesOf(layers)
  const full = (name: string) => (name === 'input' ? (above ?? name) : names.includes(name) ? `${prefix}.${name}` : name)
  return layers.map((item, index) => {
    if (item.type !== 'map') return item
    const own = withText(item, 'name', full(names[index] as string))
    const isFirst = index === 0 && above !== undefined && !item.entries.has('inputs')
    return isFirst ? withInputs(own, above) : renamed(own, full)
  })
}

const withText = (map: MapValue, key: string, text: string): MapValue => withEntry(map, key, scalar(child(map, key) ?? map, text))

const withInputs = (map: MapValue, name: string): MapValue => {
  const list: ListValue = { type: 'list', origin: map.origin, items: [scalar(map, name)] }
  return withEntry(map, 'inputs', list)
}

const inputOf = (use: MapValue): string | undefined => textOf(itemsOf(child(use, 'inputs'))[0])
