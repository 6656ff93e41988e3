import { extentOf } from './flow_text.ts'
import type { Rewrite } from './found.ts'
import { lineStartOf } from './source_file.ts'
import { type Path, type Value, valueAt } from './value.ts'

/** The edit that makes the value at a path this one, also where the map above has no such key yet; undefined where there is no map either. */
export const rewriteAt = (root: Value, path: Path, text: string): Rewrite | undefined => {
  const value = valueAt(root, path)
  if (value) return { at: extentOf(value), text }
  const above = valueAt(root, path.slice(0, -1))
  return above?.type === 'map' ? entryAdded(above, `${path.at(-1)}: ${text}`) : undefined
}

const entryAdded = (map: Extract<Value, { type: 'map' }>, entry: string): Rewrite | undefined => {
  const { file, start, end } = extentOf(map)
  const written = file.text.slice(start, end)
  if (written.startsWith('{')) {
    const last = start + written.slice(0, -1).trimEnd().length
    return { at: { file, start: last, end: last }, text: map.entries.size === 0 ? ` ${entry}` : `, ${entry}` }
  }
  const column = start - lineStartOf(file.text, start)
  return map.entries.size === 0 ? undefined : { at: { file, start: end, end }, text: `\n${' '.repeat(column)}${entry}` }
}
