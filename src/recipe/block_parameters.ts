import { nearest, suggestion } from '../nearest.ts'
import type { Found, Report } from './found.ts'
import type { Origin } from './source_file.ts'
import { child, type Entry, type MapValue, type Value } from './value.ts'

/** A whole text `$name` stands for a parameter's value. */
const REFERENCE = /^\$([A-Za-z_][A-Za-z0-9_]*)$/

type Context = { name: string; report: Report }

/** The layers of a block, with the values that this use gives to its parameters. */
export const filledIn = (block: MapValue, use: MapValue, context: Context): Value | undefined => {
  const layers = child(block, 'layers')
  return layers && replaced(layers, valuesOf(block, use, context), context)
}

/** Every parameter's value: that of the use, or the block's own. What the use gives too much or too little is reported. */
const valuesOf = (block: MapValue, use: MapValue, { name, report }: Context): ReadonlyMap<string, Value> => {
  const [own, given] = [entriesOf(child(block, 'parameters')), entriesOf(child(use, 'with'))]
  for (const [key, entry] of given)
    if (!own.has(key)) {
      const hint = own.size === 0 ? 'It has none.' : suggestion(key, [...own.keys()], 'It has:')
      const fixes = fixesBy(nearest(key, [...own.keys()]), entry.key)
      report({ code: 'unknown_parameter', origin: entry.key, message: `Block "${name}" has no parameter "${key}".`, hint, ...fixes })
    }
  for (const [key, { value }] of own)
    if (!given.has(key) && value.type === 'scalar' && value.value === null) {
      const origin = child(use, 'block')?.origin ?? use.origin
      report({
        code: 'missing_key',
        origin,
        message: `Block "${name}" needs a value for "${key}".`,
        hint: `It goes into with: { ${key}: … }.`,
      })
    }
  return new Map([...own].map(([key, { value }]) => [key, given.get(key)?.value ?? value]))
}

const fixesBy = (text: string | undefined, at: Origin): Pick<Found, 'fixes'> => (text === undefined ? {} : { fixes: [{ at, text }] })

const entriesOf = (value: Value | undefined): ReadonlyMap<string, Entry> => (value?.type === 'map' ? value.entries : new Map())

const replaced = (value: Value, parameters: ReadonlyMap<string, Value>, context: Context): Value => {
  if (value.type === 'list') return { ...value, items: value.items.map((item) => replaced(item, parameters, context)) }
  if (value.type === 'map') {
    const entries = [...value.entries].map(
      ([key, entry]) => [key, { ...entry, value: replaced(entry.value, parameters, context) }] as const,
    )
    return { ...value, entries: new Map(entries) }
  }
  const name = typeof value.value === 'string' ? REFERENCE.exec(value.value)?.[1] : undefined
  if (name === undefined) return value
  const found = parameters.get(name)
  if (found) return found
  const message = `Block "${context.name}" has no parameter "${name}".`
  const known = [...parameters.keys()].map((one) => `$${one}`)
  const hint =
    known.length === 0 ? 'It has none; they stand in parameters: { … } beside its layers.' : suggestion(`$${name}`, known, 'It has:')
  context.report({ code: 'unknown_parameter', origin: value.origin, message, hint, ...fixesBy(nearest(`$${name}`, known), value.origin) })
  return value
}
