import { accepts } from './accepts.ts'
import { inYaml } from './flow_text.ts'
import { nameOf, oddAt, typed } from './odd_characters.ts'

/** A value as it was likely meant, in YAML, and what there is to say before it. */
export type Meant = { text: string; why?: string }
/** What is known of a value that does not fit: as written, without quotes; the key that it stands under; the schema's part for it. */
export type Unfit = { source: string; isText: boolean; key: string | number | undefined; node: unknown; types: readonly string[] }
type Reading = (unfit: Unfit) => readonly (Meant | undefined)[]

/** What somebody likely meant: the first reading that ferment would take, and, where several are as likely, all of them. */
export const meantBy = (unfit: Unfit): readonly Meant[] => {
  for (const reading of readings) {
    const taken = reading(unfit).flatMap((meant) => (meant && accepts(unfit.node, meant.text) ? [meant] : []))
    // Of a number of seeds both may be meant.
    if (taken.length > 0) return reading === seeds ? taken : taken.slice(0, 1)
  }
  return []
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text))

/** Without the tail of a binary fraction. */
const short = (value: number): string => String(+value.toPrecision(12))

/** 20 → 0.2 */
export const percent = (text: string): string => short(Number(text) / 100)

/** `1./255` → 0.0039…; a plain number is itself. */
const fraction = (text: string): number | undefined => {
  const [, above, below] = /^([-+]?[0-9.]+(?:e[-+]?\d+)?) *\/ *([0-9.]+)$/i.exec(text.trim()) ?? []
  const value = above !== undefined && below !== undefined ? Number(above) / Number(below) : isNumber(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

const BYTE = 255

/** Keras' `rescale` is a factor; this one is where bytes 0 and 255 go. */
const factor: Reading = ({ source, key }) => {
  const value = key === 'rescale' ? fraction(source) : undefined
  if (value === undefined) return []
  return [{ text: `[0, ${short(BYTE * value)}]`, why: `Keras' factor ${source} makes bytes 0 to 255 these.` }]
}

/** More than so many runs of a cell are rarely meant; the number is a seed. */
const MOST_RUNS = 10

const seeds: Reading = ({ source, key }) => {
  if (key !== 'seeds' || !/^\d+$/.test(source)) return []
  const count = Number(source)
  const one = { text: `[${source}]`, why: `For the seed ${source}:` }
  if (count < 2 || count > MOST_RUNS) return [one]
  return [{ text: `[${Array.from({ length: count }, (_, seed) => seed).join(', ')}]`, why: `For ${count} runs of each cell:` }, one]
}

/** Python's `(3, 3)`; `64x64`; `3, 3`. */
const several: Reading = ({ source, types }) => {
  if (!types.includes('array')) return []
  const inside = /^\((.*?),?\)$/.exec(source.trim())?.[1] ?? source
  const parts = inside.split(/ *[,x×*] *| +/)
  if (parts.length < 2 || !parts.every(isNumber)) return []
  return [{ text: `[${parts.join(', ')}]` }]
}

/** One number where a pair is meant. */
const pair: Reading = ({ source, types }) =>
  types.includes('array') && !types.includes('integer') && isNumber(source) ? [{ text: `[${source}, ${source}]` }] : []

/** `cat, dog` */
const words: Reading = ({ source, types }) => {
  const parts = types.includes('array') ? source.split(/ *, */) : []
  return parts.length > 1 ? [{ text: `[${parts.map(inYaml).join(', ')}]` }] : []
}

/** One item where a list is meant. */
const item: Reading = ({ source, types, isText }) =>
  types.includes('array') ? [{ text: `[${isText && !isNumber(source) ? inYaml(source) : source}]` }] : []

const numbers: Reading = ({ source, isText, types }) => {
  if (!isText || !(types.includes('number') || types.includes('integer'))) return []
  const joined = source.replaceAll('_', '')
  const isWhole = !types.includes('number')
  return [
    isNumber(source) ? { text: source, why: 'In quotes it is a text.' } : undefined,
    isNumber(joined) ? { text: joined, why: 'YAML 1.2 has no underscores in numbers.' } : undefined,
    isWhole || !isNumber(source.replace(',', '.')) ? undefined : { text: source.replace(',', '.') },
    withoutUnit(source),
    source.includes('/') ? { text: short(fraction(source) ?? Number.NaN) } : undefined,
    /^\(?(.+?),?\)$/.test(source) ? { text: source.replace(/^\(|,?\)$/g, '') } : undefined,
  ]
}

const withoutUnit = (source: string): Meant | undefined => {
  const [, number, unit] = /^([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?) ?([^\d\s,].*)$/.exec(source) ?? []
  if (number === undefined || !isNumber(number) || /\d/.test(unit ?? '')) return undefined
  return unit === '%' ? { text: percent(number) } : { text: number, why: 'It takes no unit.' }
}

/** YAML 1.1 had more words for true and false. */
const booleans: Reading = ({ source, types }) => {
  const yes = types.includes('boolean') ? /^(?:(yes|on|y|true|1)|no|off|n|false|0)$/i.exec(source) : null
  return yes ? [{ text: yes[1] ? 'true' : 'false', why: 'YAML 1.2 has two words for it.' }] : []
}

const texts: Reading = ({ source, types, isText }) =>
  isText || source === '' || !types.includes('string') ? [] : [{ text: JSON.stringify(source), why: 'In quotes it is a text.' }]

const nothing: Reading = ({ source }) => (/^(none|nil|nothing)$/i.test(source) ? [{ text: 'null' }] : [])

/** Digits and signs of another keyboard, or of a word processor. */
const foreign: Reading = ({ source }) => {
  const at = oddAt(source)
  return at < 0 ? [] : [{ text: typed(source), why: `There is ${nameOf(source.charAt(at))} in it.` }]
}

const readings: readonly Reading[] = [foreign, factor, seeds, several, numbers, booleans, words, pair, item, texts, nothing]
