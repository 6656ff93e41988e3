import { isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import type { Found } from './found.ts'
import type { SourceFile } from './source_file.ts'
import type { Value } from './value.ts'

/** A value inside braces that a comma has cut, and the keys without a value that are the rest of it. */
export type Cut = { value: Value; rest: readonly Pair[]; found: Found }

/** `{ kernel_size: (3, 3) }` and `{ path: a, b.csv }`: inside braces a comma ends an entry, so that the rest becomes a key of its own. */
export const cutTexts = (file: SourceFile, map: YAMLMap): ReadonlyMap<Pair, Cut> => {
  const cuts = new Map<Pair, Cut>()
  if (!map.flow) return cuts
  const pairs = map.items as Pair[]
  for (const [index, pair] of pairs.entries()) {
    const end = pairs.findIndex((other, at) => at > index && !isBare(other))
    const rest = pairs.slice(index + 1, end < 0 ? pairs.length : end)
    if (rest.length > 0 && isPlain(pair.value) && isScalar(pair.key)) cuts.set(pair, cutText(file, pair as Pair<Scalar, Scalar>, rest))
  }
  return cuts
}

/** A key that has neither colon nor value. */
const isBare = ({ key, value }: Pair): boolean => value === null && isPlain(key)

const isPlain = (node: unknown): boolean => isScalar(node) && node.type === 'PLAIN'

const cutText = (file: SourceFile, { key, value }: Pair<Scalar, Scalar>, rest: readonly Pair[]): Cut => {
  const [start = 0] = value?.range ?? []
  const last = rest.at(-1)?.key as Scalar | undefined
  const end = last?.range?.[1] ?? start
  const at = { file, start, end }
  const text = meant(file.text.slice(start, end))
  const found: Found = {
    code: 'cut_text',
    origin: at,
    message: `Inside { } a comma ends an entry: "${key.value}" ends at it.`,
    hint: `Write ${key.value}: ${text}.`,
    fixes: [{ at, text }],
  }
  return { value: asValue(parsed(text), at), rest, found }
}

/** Tuples of Python and several numbers are lists; anything else is a text. */
const meant = (written: string): string => {
  const single = /^\(([^(),]+),\)$/.exec(written)?.[1]
  const list = single ?? (/^\(.*\)$/s.test(written) ? written.replaceAll('(', '[').replaceAll(')', ']') : `[${written}]`)
  return /[\d)]$/.test(written) && isOfNumbers(parsed(list)) ? list : JSON.stringify(written)
}

const isOfNumbers = (value: unknown): boolean => (Array.isArray(value) ? value.every(isOfNumbers) : typeof value === 'number')

const parsed = (text: string): unknown => {
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' })
  return document.errors.length === 0 ? document.toJS() : undefined
}

const asValue = (value: unknown, origin: Value['origin']): Value => {
  if (Array.isArray(value)) return { type: 'list', origin, items: value.map((item) => asValue(item, origin)) }
  return { type: 'scalar', origin, value: value as string | number, source: String(value) }
}
