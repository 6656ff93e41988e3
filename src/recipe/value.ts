import type { Origin } from './source_file.ts'

/**
 * A value of a recipe that knows where it was written. Values are never changed, so that parts are shared: by anchors, by recipes that
 * extend each other, by the cells of a matrix.
 */
export type Value = MapValue | ListValue | ScalarValue
export type MapValue = { type: 'map'; origin: Origin; entries: ReadonlyMap<string, Entry> }
export type Entry = { key: Origin; value: Value }
export type ListValue = { type: 'list'; origin: Origin; items: readonly Value[] }
export type ScalarValue = {
  type: 'scalar'
  origin: Origin
  value: string | number | boolean | null
  /** As written, without quotes. */
  source: string
}

export type Path = readonly (string | number)[]

/** The value without its origins. */
export const plain = (value: Value): unknown => {
  if (value.type === 'scalar') return value.value
  if (value.type === 'list') return value.items.map(plain)
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value)]))
}

/** The entry of a map, or undefined where the value is none or has no such key. */
export const entryOf = (value: Value | undefined, key: string): Entry | undefined =>
  value?.type === 'map' ? value.entries.get(key) : undefined

/** The items of a list; of anything else none. */
export const itemsOf = (value: Value | undefined): readonly Value[] => (value?.type === 'list' ? value.items : [])

/** The map's value under a key, or undefined. */
export const child = (value: Value | undefined, key: string | number): Value | undefined =>
  value?.type === 'list' ? value.items[Number(key)] : entryOf(value, String(key))?.value

/** The value at a path, or undefined. */
export const valueAt = (value: Value, path: Path): Value | undefined =>
  path.reduce<Value | undefined>((inner, key) => child(inner, key), value)

/** Where the value at a path was written, or, where there is none, what comes nearest above it. */
export const originAt = (value: Value, path: Path): Origin => {
  let found: Value = value
  for (const key of path) {
    const inner = child(found, key)
    if (!inner) return found.origin
    found = inner
  }
  return found.origin
}

/** Where a map's name was written: its key; of a map in a list its `kind`; else its first key. Of the whole recipe its beginning. */
export const nameOrigin = (root: Value, path: Path): Origin => {
  if (path.length === 0) return { ...root.origin, end: root.origin.start + 1 }
  const parent = path.length === 0 ? undefined : valueAt(root, path.slice(0, -1))
  const key = entryOf(parent, String(path.at(-1)))?.key
  if (key) return key
  const value = valueAt(root, path)
  const kind = child(value, 'kind')
  if (kind) return kind.origin
  const [first] = value?.type === 'map' ? value.entries.values() : []
  return first?.key ?? originAt(root, path)
}
