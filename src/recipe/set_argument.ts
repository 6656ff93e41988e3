import type { Checked, Found } from './found.ts'
import { merge } from './merge.ts'
import { parseYaml } from './parse_yaml.ts'
import type { Origin, SourceFile } from './source_file.ts'
import { entryOf, type ListValue, type MapValue, type Path, type Value } from './value.ts'

/** One `--set path=value`. */
export type SetArgument = { path: Path; value: Value; key: Origin }

/** Reads `training.batch_size=8`: names and list indices (0-based) with dots between, then a YAML value. A name with a dot in it goes into quotes. */
export const parseSet = (argument: string): Checked<SetArgument> => {
  const file: SourceFile = { name: '--set', text: argument }
  const { 0: written, 1: path } = /^((?:"[^"]*"|[^="])+)=/.exec(argument) ?? []
  const key = { file, start: 0, end: path?.length ?? argument.length }
  if (written === undefined || path === undefined) {
    const hint = 'For example: --set training.batch_size=8'
    return { found: [{ code: 'set_form', origin: key, message: 'An assignment has the form path=value.', hint }] }
  }
  // The path is blanked out, so that places in the value are places in the argument.
  const { value, found } = parseYaml({ ...file, text: ' '.repeat(written.length) + argument.slice(written.length) })
  if (!value) return { found: found.map((problem) => ({ ...problem, origin: { ...problem.origin, file } })) }
  return { value: { path: segments(path), value: inFile(value, file), key }, found: [] }
}

const segments = (path: string): Path =>
  [...path.matchAll(/"([^"]*)"|[^."]+/g)].map(([bare, quoted]) => quoted ?? (/^\d+$/.test(bare) ? Number(bare) : bare))

const inFile = (value: Value, file: SourceFile): Value => {
  const origin = { ...value.origin, file }
  if (value.type === 'list') return { ...value, origin, items: value.items.map((item) => inFile(item, file)) }
  if (value.type === 'scalar') return { ...value, origin }
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { key: { ...entry.key, file }, value: inFile(entry.value, file) }] as const,
  )
  return { ...value, origin, entries: new Map(entries) }
}

/** The tree with all assignments made, and what could not be. */
export const applySets = (root: MapValue, sets: readonly SetArgument[]): { value: MapValue; found: readonly Found[] } => {
  const found: Found[] = []
  const value = sets.reduce((tree, set) => {
    const applied = applySet(tree, set)
    found.push(...applied.found)
    return applied.value
  }, root)
  return { value, found }
}

/** The tree with the value at its path: maps on the way are made where they are missing, list items must be there, or be the next one. */
const applySet = (root: MapValue, { path, value, key }: SetArgument): { value: MapValue; found: readonly Found[] } => {
  const found: Found[] = []
  const put = (inside: Value | undefined, [step, ...rest]: Path): Value => {
    if (step === undefined) return merge(inside, value, (problem) => found.push(problem))
    if (inside?.type === 'list' && typeof step === 'number' && step <= inside.items.length) return putItem(inside, step, rest)
    if (inside !== undefined && inside.type !== 'map') {
      found.push(noSuchPlace(inside, { step, key, path }))
      return inside
    }
    const entries = new Map(inside?.entries)
    const name = String(step)
    const before = entryOf(inside, name)
    entries.set(name, { key: rest.length === 0 ? key : (before?.key ?? key), value: put(before?.value, rest) })
    return { type: 'map', origin: inside?.origin ?? key, entries }
  }
  const putItem = (list: ListValue, index: number, rest: Path): Value => {
    const items = [...list.items]
    items[index] = put(items[index], rest)
    return { ...list, items }
  }
  return { value: put(root, path) as MapValue, found }
}

const noSuchPlace = (inside: Value, { step, key, path }: { step: string | number; key: Origin; path: Path }): Found => {
  const where = `"${path.slice(0, path.indexOf(step)).join('.')}"`
  const message =
    inside.type === 'list'
      ? `${where} is a list of ${inside.items.length}; it has no item "${step}".`
      : `${where} is one value; it has no "${step}" inside.`
  const hint =
    inside.type === 'list' ? `Items are counted from 0${inside.items.length > 0 ? ` to ${inside.items.length - 1}` : ''}.` : undefined
  return { code: 'set_path', origin: key, message, ...(hint ? { hint } : {}) }
}
