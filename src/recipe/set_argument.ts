import type { Checked, Found, Report } from './found.ts'
import { EDIT_WORDS } from './list_edit.ts'
import { merge } from './merge.ts'
import { parseYaml } from './parse_yaml.ts'
import { SECTIONS } from './schema_check.ts'
import { exampleAt, longForm, nodeUnder, RECIPE, type SchemaNode } from './short_forms.ts'
import type { Origin, SourceFile } from './source_file.ts'
import { entryOf, type MapValue, type Value } from './value.ts'

/** A name or a list index of a path, and where in the argument it stands. */
export type Step = { name: string | number; origin: Origin }
/** One `--set path=value`. */
export type SetArgument = { path: readonly Step[]; value: Value; written: Origin }

/** The first name of an assignment's path. */
export const sectionOf = ({ path: [first] }: SetArgument): string => String(first?.name)

/** Assignments to a section hold for every cell, whatever matrix and profile have; those to anything else change the recipe. */
export const isOfCell = (set: SetArgument): boolean => SECTIONS.includes(sectionOf(set))

/** Reads `training.batch_size=8`: names and list indices (0-based) with dots between, then a YAML value. A name with a dot in it goes into quotes. */
export const parseSet = (argument: string): Checked<SetArgument> => {
  const file: SourceFile = { name: '--set', text: argument }
  const { 0: written, 1: path } = /^((?:"[^"]*"|[^="])+)=/.exec(argument) ?? []
  const origin = { file, start: 0, end: path?.length ?? argument.length }
  if (written === undefined || path === undefined) {
    const hint = 'For example: --set training.batch_size=8'
    return { found: [{ code: 'set_form', origin, message: 'An assignment has the form path=value.', hint }] }
  }
  if (argument.slice(written.length).trim() === '') {
    const hint = `For example: --set ${path}=${exampleAt(path)}`
    return { found: [{ code: 'set_form', origin, message: 'There is no value behind "=".', hint }] }
  }
  // The path is blanked out, so that places in the value are places in the argument.
  const { value, found } = parseYaml({ ...file, text: ' '.repeat(written.length) + argument.slice(written.length) })
  const here = found.map((problem) => ({ ...problem, origin: { ...problem.origin, file } }))
  return { found: here, ...(value ? { value: { path: stepsOf(path, origin), value: valueInFile(value, file), written: origin } } : {}) }
}

/** The steps of a path. `at`: where it stands, without quotes round all of it. */
export const stepsOf = (path: string, { file, start }: Origin): Step[] =>
  [...path.matchAll(/"([^"]*)"|[^."]+/g)].map(({ 0: bare, 1: quoted, index }) => ({
    name: quoted ?? (/^\d+$/.test(bare) ? Number(bare) : bare),
    origin: { file, start: start + index, end: start + index + bare.length },
  }))

/** The same value, written in a file of another text in which the places are the same. */
export const valueInFile = (value: Value, file: SourceFile): Value => {
  const origin = { ...value.origin, file }
  if (value.type === 'list') return { ...value, origin, items: value.items.map((item) => valueInFile(item, file)) }
  if (value.type === 'scalar') return { ...value, origin }
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { key: { ...entry.key, file }, value: valueInFile(entry.value, file) }] as const,
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

/**
 * The tree with the value at its path: maps on the way are made where they are missing, list items must be there, or be the next one. The words
 * that change a list lead on, too: `model.layers.change.dense.units`.
 */
const applySet = (root: MapValue, { path, value, written }: SetArgument): { value: MapValue; found: readonly Found[] } => {
  const found: Found[] = []
  const report: Report = (problem) => found.push(problem)
  const put = (inside: Value | undefined, steps: readonly Step[], node: SchemaNode | undefined): Value => {
    const [step, ...rest] = steps
    if (step === undefined) return merge(inside, longForm(value, node), report)
    const { name, origin } = step
    const inner = nodeUnder(node, name)
    if (inside?.type === 'list' && EDIT_WORDS.includes(String(name))) return merge(inside, longForm(nested(steps, value), node), report)
    if (inside?.type === 'list' && typeof name === 'number' && name <= inside.items.length)
      return { ...inside, items: inside.items.toSpliced(name, 1, put(inside.items[name], rest, inner)) }
    if (inside !== undefined && inside.type !== 'map') {
      found.push(noSuchPlace(inside, step, path))
      return inside
    }
    const before = entryOf(inside, String(name))
    const key = rest.length === 0 ? origin : (before?.key ?? origin)
    const entries = new Map(inside?.entries).set(String(name), { key, value: put(before?.value, rest, inner) })
    return { type: 'map', origin: inside?.origin ?? written, entries }
  }
  return { value: put(root, path, RECIPE) as MapValue, found }
}

/** A value inside a map for each step that leads to it. */
export const nested = (path: readonly Step[], value: Value): Value =>
  path.reduceRight<Value>(
    (below, { name, origin }) => ({ type: 'map', origin, entries: new Map([[String(name), { key: origin, value: below }]]) }),
    value,
  )

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
