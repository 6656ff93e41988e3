import type { Origin } from './source_file.ts'
import type { Value } from './value.ts'

/** A text as YAML has it inside brackets. */
export const inYaml = (text: string): string =>
  /^[\p{L}_][\p{L}\p{N}_. -]*$/u.test(text) && text.trim() === text ? text : JSON.stringify(text)

/** The entries of a map without its braces. */
export const entriesText = (map: Extract<Value, { type: 'map' }>): string =>
  [...map.entries].map(([key, { value }]) => `${inYaml(key)}: ${flowText(value)}`).join(', ')

/** A value as YAML on one line, its plain values as they were written. */
const flowText = (value: Value): string => {
  if (value.type === 'list') return `[${value.items.map(flowText).join(', ')}]`
  if (value.type === 'map') return `{ ${entriesText(value)} }`
  return typeof value.value === 'string' ? inYaml(value.value) : value.source
}

/** From the first character of a value to its last; of lines under each other without the space behind them. */
export const extentOf = ({ origin }: Value): Origin => {
  const { file, start, end } = origin
  return { file, start, end: start + file.text.slice(start, end).trimEnd().length }
}
