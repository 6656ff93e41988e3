import { child, type Entry, type MapValue, type Value } from './value.ts'

/**
 * One value on top of another: maps merge key by key, anything else is replaced. A map of another `kind` replaces the whole map, since
 * the rest of it belongs to the other kind. Keys keep the order in which they were first written.
 */
export const merge = (base: Value | undefined, over: Value): Value => {
  if (base?.type !== 'map' || over.type !== 'map' || ofOtherKind(base, over)) return over
  const entries = new Map<string, Entry>(base.entries)
  for (const [key, { key: origin, value }] of over.entries) entries.set(key, { key: origin, value: merge(entries.get(key)?.value, value) })
  return { type: 'map', origin: base.origin, entries }
}

const ofOtherKind = (base: MapValue, over: MapValue): boolean => {
  const kind = child(over, 'kind')
  const before = child(base, 'kind')
  return kind?.type === 'scalar' && before?.type === 'scalar' && kind.value !== before.value
}

/** The map with only these keys, or without these, in its order. */
export const pick = (map: MapValue, keep: (key: string) => boolean): MapValue => ({
  ...map,
  entries: new Map([...map.entries].filter(([key]) => keep(key))),
})
