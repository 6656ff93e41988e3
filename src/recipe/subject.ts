import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Path } from './value.ts'

/** What a message is about, in words. */
export type Shown = {
  /** Begins a sentence: `Layer "dense"`, `"epochs"`. */
  subject: string
  /** Without its kind: `layer`. */
  what: string
  /** `For example: … `, or nothing. */
  example: string
}

/** Names of what a list or section holds, where the key is not it. */
const singular: Record<string, string> = {
  layers: 'layer',
  callbacks: 'callback',
  tables: 'table',
  charts: 'chart',
  dataset: 'source',
  fallback: 'source',
  profiles: 'profile',
  seeds: 'seed',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What an error is about: by the definition's title where it is of a kind, else by the key. */
export const subject = (error: ErrorObject, path: Path): Shown => {
  const { title, examples } = (error.parentSchema ?? {}) as { title?: string; examples?: unknown[] }
  const key = path.at(-1)
  const holder = typeof key === 'number' ? path.at(-2) : key
  const what = singular[String(holder)] ?? String(holder ?? 'recipe')
  const example = examples ? `For example: ${JSON.stringify(examples[0])}. ` : ''
  const kind = /^(layer|optimizer|loss|callback|source|split|augmentation|chart)_(.+)$/.exec(title ?? '')
  if (kind) return { subject: `${capital(kind[1] as string)} "${kind[2]}"`, what, example }
  return { subject: subjectOf(path, what), what, example }
}

const subjectOf = (path: Path, what: string): string => {
  const key = path.at(-1)
  if (key === undefined) return 'The recipe'
  if (typeof key === 'number') return `${capital(what)} ${key + 1}`
  return `"${key}"`
}
