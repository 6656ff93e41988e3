import { suggestion } from '../nearest.ts'
import type { Report } from './found.ts'
import { renamed } from './renamed.ts'
import { child, type Entry, itemsOf, type ListValue, type MapValue, plain, type Value } from './value.ts'

/**
 * A map that is written where a list is below changes that list instead of replacing it:
 *
 *     layers:
 *       change: { dropout: { rate: 0.5 } }            merged into the item of that name
 *       insert_before: { flatten: [{ kind: dropout, rate: 0.1 }] }
 *       insert_after: { … }
 *       remove: [conv2d_1]
 *       prepend: [ … ]
 *       append: [ … ]
 *
 * in this order, whatever the order of the file. An item's name is its `name`, its `title`, or its kind, numbered as Keras numbers layers:
 * conv2d, conv2d_1, conv2d_2. Names are those of the list below, before anything is changed.
 */
type Edit = (list: Named, entry: Entry, context: Context) => Named

/** Items with their names; what is inserted has none. */
type Named = readonly { name: string | null; value: Value }[]
type Context = { merge: (base: Value | undefined, over: Value, report: Report) => Value; report: Report }

const change: Edit = (list, { value }, { merge, report }) => {
  if (value.type !== 'map') return refuse(list, value, { report, expected: '{ NAME: { … } }' })
  const known = checkNames(
    list,
    [...value.entries].map(([name, { key }]) => ({ name, origin: key })),
    report,
  )
  return list.map((item) => {
    const over = item.name !== null && known.has(item.name) ? value.entries.get(item.name) : undefined
    return over ? { ...item, value: merge(item.value, over.value, report) } : item
  })
}

const remove: Edit = (list, { value }, { report }) => {
  const names = (value.type === 'list' ? itemsOf(value) : [value]).map((item) => ({ name: String(plain(item)), origin: item.origin }))
  const known = checkNames(list, names, report)
  return list.filter(({ name }) => name === null || !known.has(name))
}

const insert =
  (after: boolean): Edit =>
  (list, { value }, { report }) => {
    if (value.type !== 'map') return refuse(list, value, { report, expected: '{ NAME: [ … ] }' })
    const known = checkNames(
      list,
      [...value.entries].map(([name, { key }]) => ({ name, origin: key })),
      report,
    )
    return list.flatMap((item) => {
      const entry = item.name !== null && known.has(item.name) ? value.entries.get(item.name) : undefined
      if (!entry) return [item]
      return after ? [item, ...added(entry.value)] : [...added(entry.value), item]
    })
  }

const edits: Readonly<Record<string, Edit>> = {
  change,
  insert_before: insert(false),
  insert_after: insert(true),
  remove,
  prepend: (list, { value }) => [...added(value), ...list],
  append: (list, { value }) => [...list, ...added(value)],
}

export const EDIT_WORDS: readonly string[] = Object.keys(edits)

/** Whether a value is written as a change of the list below it. */
export const isEdit = (value: Value): value is MapValue => value.type === 'map' && [...value.entries.keys()].some((key) => key in edits)

/** The list with the changes made; what cannot be done is reported and left out. */
export const editList = (list: ListValue, over: MapValue, context: Context): ListValue => {
  for (const [name, { key }] of over.entries)
    if (!(name in edits))
      context.report({
        code: 'unknown_key',
        origin: key,
        message: `A list cannot be changed by "${name}".`,
        hint: suggestion(name, EDIT_WORDS, 'It takes:'),
      })
  const before: Named = itemNames(list).map((name, index) => ({ name, value: list.items[index] as Value }))
  const after = Object.entries(edits).reduce((items, [name, edit]) => {
    const entry = over.entries.get(name)
    return entry ? edit(items, entry, context) : items
  }, before)
  return { type: 'list', origin: list.origin, items: after.map(({ value }) => value) }
}

const itemNames = (list: ListValue): string[] => {
  const count = new Map<string, number>()
  return list.items.map((item) => {
    const own = child(item, 'name') ?? child(item, 'title')
    if (own?.type === 'scalar') return own.source
    const kind = child(item, 'kind')
    const base = kind?.type === 'scalar' ? kind.source : String(plain(item))
    const number = count.get(base) ?? 0
    count.set(base, number + 1)
    return number === 0 ? base : `${base}_${number}`
  })
}

const added = (value: Value): Named => (value.type === 'list' ? itemsOf(value) : [value]).map((item) => ({ name: null, value: item }))

/** The names that are there; the others are reported. */
const checkNames = (list: Named, wanted: readonly { name: string; origin: Value['origin'] }[], report: Report): Set<string> => {
  const names = list.flatMap(({ name }) => name ?? [])
  for (const { name, origin } of wanted.filter((one) => !names.includes(one.name)))
    report({
      code: 'unknown_item',
      origin,
      message: `The list has no "${name}".`,
      hint: names.length === 0 ? 'It is empty.' : suggestion(name, names, 'It has:'),
      ...renamed(name, names, origin),
      // An item whose kind is written otherwise, which has a problem of its own.
      ...(names.some((other) => other.toLowerCase() === name.toLowerCase()) ? { isDoubtful: true as const } : {}),
    })
  return new Set(wanted.map(({ name }) => name).filter((name) => names.includes(name)))
}

const refuse = (list: Named, value: Value, { report, expected }: { report: Report; expected: string }): Named => {
  report({ code: 'wrong_type', origin: value.origin, message: `This must be a map: ${expected}.` })
  return list
}
