import type { ErrorObject } from 'ajv/dist/2020.js'
import { kindOfTitle } from './schema_words.ts'
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
  steps: 'step',
  transforms: 'transform',
  schedule: 'schedule',
  tables: 'table',
  charts: 'chart',
  dataset: 'source',
  fallback: 'source',
  profiles: 'profile',
  seeds: 'seed',
  exceptions: 'exception',
  requires: 'requirement',
}

/** What an error is about: by the definition's title where it is of a kind, else by the key. */
export const subject = (error: ErrorObject, path: Path): Shown => {
  const { title, examples } = (error.parentSchema ?? {}) as { title?: string; examples?: unknown[] }
  const key = path.at(-1)
  const holder = typeof key === 'number' ? path.at(-2) : key
  const what = singular[String(holder)] ?? String(holder ?? 'recipe')
  const example = examples ? `For example: ${JSON.stringify(examples[0])}.` : ''
  const kind = kindOfTitle(title)
  return { subject: kind ? `${capital(kind.what)} "${kind.kind}"` : subjectOf(path, what), what, example }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const subjectOf = (path: Path, what: string): string => {
  const key = path.at(-1)
  if (key === undefined) return 'The recipe'
  return typeof key === 'number' ? `${capital(what)} ${key + 1}` : `"${key}"`
}
