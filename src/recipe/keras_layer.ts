import { nearest } from '../nearest.ts'
import { entriesText, extentOf } from './flow_text.ts'
import type { Found } from './found.ts'
import type { Path, Value } from './value.ts'

/** `Conv2D: { filters: 8 }`, as other YAML formats have layers: the kind as a key. Undefined where it is none of the known kinds. */
export const kerasLayer = (
  value: Value,
  { known, path }: { known: readonly string[]; path: Path },
): Pick<Found, 'hint' | 'fixes'> | undefined => {
  if (value.type !== 'map' || value.entries.size !== 1) return undefined
  const [name, inner] = [...value.entries].map(([key, entry]) => [key, entry.value] as const)[0] ?? []
  const kind = name === undefined ? undefined : nearest(name, known)
  if (kind === undefined || !inner || inner.type === 'list') return undefined
  const isBare = inner.type === 'scalar' && inner.value === null
  if (inner.type === 'scalar' && !isBare) return undefined
  const text = inner.type === 'map' && inner.entries.size > 0 ? `{ kind: ${kind}, ${entriesText(inner)} }` : `{ kind: ${kind} }`
  const key = path.at(-1)
  return { hint: `Write ${typeof key === 'string' ? `${key}: ` : '- '}${text}.`, fixes: [{ at: extentOf(value), text }] }
}
