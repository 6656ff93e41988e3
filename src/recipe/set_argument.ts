import type { Checked, Found } from './found.ts'
import { merge } from './merge.ts'
import { parseYaml } from './parse_yaml.ts'
import { longForm, nodeUnder, RECIPE, type SchemaNode } from './short_forms.ts'
import type { Origin, SourceFile } from './source_file.ts'
import { entryOf, type ListValue, type MapValue, type Value } from './value.ts'

/** A name or a list index of a path, and where in the argument it stands. */
type Step = { name: string | number; origin: Origin }
/** One `--set path=value`. */
export type SetArgument = { path: readonly Step[]; value: Value; written: Origin }

/** Reads `training.batch_size=8`: names and list indices (0-based) with dots between, then a YAML value. A name with a dot in it goes into quotes. */
export const parseSet = (argument: string): Checked<SetArgument> => {
  const file: SourceFile = { name: '--set', text: argument }
  const { 0: written, 1: path } = /^((?:"[^"]*"|[^="])+)=/.exec(argument) ?? []
  const origin = { file, start: 0, end: path?.length ?? argument.length }
  if (written === undefined || path === undefined) {
    const hint = 'For example: --set training.batch_size=8'
    return { found: [{ code: 'set_form', origin, message: 'An assignment has the form path=value.', hint }] }
  }
  // The path is blanked out, so that places in the value are places in the argument.
  const { value, found } = parseYaml({ ...file, text: ' '.repeat(written.length) + argument.slice(written.length) })
  const here = found.map((problem) => ({ ...problem, origin: { ...problem.origin, file } }))
  return { found: here, ...(value ? { value: { path: stepsOf(path, file), value: inFile(value, file), written: origin } } : {}) }
}

const stepsOf = (path: string, file: SourceFile): Step[] =>
  [...path.matchAll(/"([^"]*)"|[^."]+/g)].map(({ 0: bare, 1: quoted, index }) => ({
    name: quoted ?? (/^\d+$/.test(bare) ? Number(bare) : bare),
    origin: { file, start: index, end: index + bare.length },
  }))

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
const applySet = (root: MapValue, { path, value, written }: SetArgument): { value: MapValue; found: readonly Found[] } => {
  const found: Found[] = []
  const long = longForm(
    value,
    path.reduce<SchemaNode | undefined>((node, { name }) => nodeUnder(node, name), RECIPE),
  )
  const put = (inside: Value | undefined, [step, ...rest]: readonly Step[]): Value => {
    if (step === undefined) return merge(inside, long, (problem) => found.push(problem))
    if (inside?.type === 'list' && typeof step.name === 'number' && step.name <= inside.items.length)
      return putItem(inside, step.name, rest)
    if (inside !== undefined && inside.type !== 'map') {
      found.push(noSuchPlace(inside, step, path))
      return inside
    }
    const entries = new Map(inside?.entries)
    const name = String(step.name)
    const before = entryOf(inside, name)
    entries.set(name, { key: rest.length === 0 ? step.origin : (before?.key ?? step.origin), value: put(before?.value, rest) })
    return { type: 'map', origin: inside?.origin ?? written, entries }
  }
  const putItem = (list: ListValue, index: number, rest: readonly Step[]): Value => {
    const items = [...list.items]
    items[index] = put(items[index], rest)
    return { ...list, items }
  }
  return { value: put(root, path) as MapValue, found }
}

const noSuchPlace = (inside: Value, step: Step, path: readonly Step[]): Found => {
  const above = path.slice(0, path.indexOf(step)).map(({ name }) => name)
  const where = `"${above.join('.')}"`
  const message =
    inside.type === 'list'
      ? `${where} is a list of ${inside.items.length}; it has no item "${step.name}".`
      : `${where} is one value; it has no "${step.name}" inside.`
  const hint =
    inside.type === 'list' ? `Items are counted from 0${inside.items.length > 0 ? ` to ${inside.items.length - 1}` : ''}.` : undefined
  return { code: 'set_path', origin: step.origin, message, ...(hint ? { hint } : {}) }
}
