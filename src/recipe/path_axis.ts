import { suggestion } from '../nearest.ts'
import type { Axis } from './axis.ts'
import type { Checked, Found } from './found.ts'
import { parseYaml } from './parse_yaml.ts'
import { renamed } from './renamed.ts'
import { SECTIONS } from './schema_check.ts'
import { isOfCell, nested, type SetArgument, type Step, stepsOf, valueInFile } from './set_argument.ts'
import { pathsOfSpec, takesList } from './short_forms.ts'
import type { Origin } from './source_file.ts'
import { entryOf, type ListValue, type MapValue, type Value } from './value.ts'

/** `training.batch_size: [4, 32]`: an axis that varies one place of a cell. Its values are named as they are written. */
export const pathAxis = (name: string, key: Origin, list: ListValue): Axis => {
  const path = stepsOf(name, insideQuotes(name, key))
  const values = list.items.map((value) => {
    const set: SetArgument = { path, value, written: key }
    return { name: nameOf(value), overrides: asMap(path, value), set }
  })
  return { name, values }
}

const insideQuotes = (name: string, { file, start, end }: Origin): Origin =>
  end - start === name.length ? { file, start, end } : { file, start: start + 1, end: end - 1 }

/** As it is written, on one line. */
const nameOf = (value: Value): string => {
  if (value.type === 'scalar') return value.source === '' ? String(value.value) : value.source
  const { file, start, end } = value.origin
  return file.text.slice(start, end).trim().replace(/\s+/g, ' ')
}

/** The same as a map, for what only looks at what an axis changes. */
const asMap = (path: readonly Step[], value: Value): MapValue => {
  const map = nested(path, value)
  return map.type === 'map' ? map : { type: 'map', origin: value.origin, entries: new Map() }
}

/** Lists of values under names that are no paths into a cell. */
export const pathProblems = (axes: readonly Axis[], recipe: MapValue): Found[] =>
  axes.flatMap(({ name, values: [first] }): Found[] => {
    const step = first?.set?.path[0]
    if (!first?.set || !step || isOfCell(first.set)) return []
    const entry = entryOf(entryOf(recipe, 'matrix')?.value, name)
    const origin = entry?.key ?? step.origin
    const paths = pathsOfSpec().filter((path) => path.endsWith(`.${name}`))
    const message = `"${name}" has a list of values, but is no path into a cell.`
    if (name === 'seeds')
      return [
        {
          code: 'unknown_path',
          origin,
          message,
          hint: 'Seeds are no axis: each cell runs once for each of "seeds" at the top of the recipe.',
        },
      ]
    const [path, ...others] = paths
    if (path !== undefined && others.length === 0)
      return [{ code: 'unknown_path', origin, message, hint: `Write ${path}.`, fixes: [{ at: origin, text: path }] }]
    const hint =
      paths.length > 0
        ? `One of: ${paths.join(', ')}.`
        : `${suggestion(String(step.name), SECTIONS, 'A path begins with:')} An axis of names takes a map: { NAME: { … } }.`
    return [{ code: 'unknown_path', origin, message, hint, ...(paths.length > 0 ? {} : renamed(String(step.name), SECTIONS, step.origin)) }]
  })

/** Reads `training.batch_size=4,32`: a path, and the values of an axis, in YAML. */
export const parseSweep = (argument: string): Checked<Axis> => {
  const file = { name: '--sweep', text: argument }
  const [, path = '', rest = ''] = /^((?:"[^"]*"|[^="])+)=(.*)$/s.exec(argument) ?? []
  const origin = { file, start: 0, end: path.length || argument.length }
  const hint = 'For example: --sweep training.batch_size=4,32'
  if (path === '' || rest.trim() === '')
    return { found: [{ code: 'set_form', origin, message: 'A sweep has the form path=value,value.', hint }] }
  // Behind a blank path, so that places in the values are places in the argument.
  const { value, found } = parseYaml({ ...file, text: `${' '.repeat(path.length)}[${rest}]` })
  const here = found.map((problem) => ({ ...problem, origin: { ...problem.origin, file } }))
  if (value?.type !== 'list') {
    const message = 'These are no values of YAML: a bracket or quote is open, or closes nothing.'
    return { found: [{ code: 'set_form', origin: { file, start: path.length + 1, end: argument.length }, message, hint }] }
  }
  const list = valueInFile(value, file) as ListValue
  const [only, ...others] = list.items
  const values = only?.type === 'list' && others.length === 0 && !takesList(path) ? only : list
  return { value: pathAxis(path.replaceAll('"', ''), origin, values), found: here }
}
