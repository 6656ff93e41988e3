import type { Report } from './found.ts'
import { editList, isEdit } from './list_edit.ts'
import { child, type Entry, type MapValue, type Value } from './value.ts'

/**
 * One value on top of another: maps merge key by key, anything else is replaced. A map of another `kind` replaces the whole map, since
 * the rest of it belongs to the other kind; a map on a list changes the list (`list_edit.ts`). Keys keep the order in which they were
 * first written.
 */
export const merge = (base: Value | undefined, over: Value, report: Report): Value => {
  if (base?.type === 'list' && isEdit(over)) return editList(base, over, { merge, report })
  return base?.type === 'map' && over.type === 'map' && !isOfOtherKind(base, over) ? mergeMaps(base, over, report) : over
}

/** The same of two maps that are not of a kind: whole recipes, sections of cells. */
export const mergeMaps = (base: MapValue, over: MapValue, report: Report): MapValue => {
  const entries = new Map<string, Entry>(base.entries)
  for (const [key, entry] of over.entries) {
    const before = entries.get(key)
    const value = merge(before?.value, entry.value, report)
    // A map that is merged is still the one below: what it lacks is reported there.
    const isMerged = before !== undefined && value !== entry.value
    entries.set(key, { key: isMerged ? before.key : entry.key, value })
  }
  return { type: 'map', origin: base.origin, entries }
}

const isOfOtherKind = (base: MapValue, over: MapValue): boolean => {
  const kind = child(over, 'kind')
  const before = child(base, 'kind')
  return kind?.type === 'scalar' && before?.type === 'scalar' && kind.value !== before.value
}

/** The map with only these keys, in its order. */
export const pick = (map: MapValue, keep: (key: string) => boolean): MapValue => ({
  ...map,
  entries: new Map([...map.entries].filter(([key]) => keep(key))),
})
