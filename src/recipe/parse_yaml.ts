import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { ProblemCode } from '../../schema/problem_code.ts'
import { cutTexts } from './cut_text.ts'
import type { Checked, Found } from './found.ts'
import { nameOf, oddAt, visible } from './odd_characters.ts'
import type { Origin, SourceFile } from './source_file.ts'
import type { Entry, Value } from './value.ts'
import { limitsOf, MAX_DEPTH, MAX_VALUES } from './yaml_limits.ts'
import { syntaxProblem } from './yaml_problem.ts'

/** What is wrong: so that nothing can be read, and so that what was meant is read all the same. */
type Wrong = { found: Found[]; slips: Found[] }

/**
 * Reads one YAML document (1.2, core schema, with anchors and `<<`). Never throws for any text, and needs time and memory in proportion to
 * its length: aliases share what they name, and what they would unfold to is counted, not made.
 */
export const parseYaml = (file: SourceFile): Checked<Value> => {
  const tooMuch = limitsOf(file)
  if (tooMuch) return { found: [tooMuch] }
  const document = parseDocument(file.text, { version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: false, logLevel: 'error' })
  const broken = syntaxFound(file, document)
  if (broken.length > 0) return { found: broken }
  const found: Found[] = []
  const slips: Found[] = []
  const value = document.contents === null ? undefined : reader(file, document, { found, slips })
  if (!value) return { found: [...found, emptyDocument(file)] }
  return found.length === 0 ? { value, found: slips } : { found: [...found, ...slips] }
}

/** Doubled keys are each reported; of anything else the first, because what follows a slip of syntax follows from it. */
const syntaxFound = (file: SourceFile, document: Document.Parsed): Found[] => {
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  const first = errors.findIndex(({ code }) => code !== 'DUPLICATE_KEY')
  return (first < 0 ? errors : errors.slice(0, first + 1)).map((error) => syntaxProblem(file, error, document))
}

const reader = (file: SourceFile, document: Document.Parsed, { found, slips }: Wrong): Value | undefined => {
  const anchors = new Map<string, { value: Value; size: number }>()
  let values = 0
  const originOf = (node: { range?: [number, number, number] | null }): Origin => {
    const [start = 0, end = start] = node.range ?? []
    return { file, start, end: Math.max(start, end) }
  }

  const read = (node: unknown, at: Origin, depth: number): Value => {
    const before = values++
    if (depth > MAX_DEPTH) return refuse('too_deep', at, `This is nested more than ${MAX_DEPTH} levels deep.`)
    if (isAlias(node)) return aliased(node)
    const value = isMap(node) ? readMap(node, depth) : isSeq(node) ? readList(node, depth) : readScalar(node, at)
    const anchor = (node as { anchor?: string } | null)?.anchor
    if (anchor) anchors.set(anchor, { value, size: values - before })
    return value
  }
  const refuse = (code: ProblemCode, origin: Origin, message: string, hint?: string): Value => {
    if (!found.some((other) => other.code === code)) found.push({ code, origin, message, ...(hint ? { hint } : {}) })
    return { type: 'scalar', origin, value: null, source: '' }
  }
  const aliased = (node: Alias): Value => {
    const named = anchors.get(node.source)
    if (!named)
      return refuse(
        'unknown_anchor',
        originOf(node),
        `Nothing above is named &${node.source}.`,
        'An anchor is written before what refers to it.',
      )
    values += named.size
    if (values <= MAX_VALUES) return named.value
    return refuse('too_large', originOf(node), `With its aliases written out, this recipe has more than ${MAX_VALUES} values.`)
  }
  const readScalar = (node: unknown, at: Origin): Value => {
    if (!isScalar(node)) return { type: 'scalar', origin: at, value: null, source: '' }
    const own = originOf(node)
    const { value, source } = plainScalar(node, own) ?? (node as Scalar<string | number | boolean | null>)
    const text = typeof value === 'string' ? value : (source ?? '')
    return { type: 'scalar', origin: own.end > own.start ? own : at, value, source: text }
  }
  /** A plain text without the spaces that are none and what cannot be seen, read again; undefined where there are none. */
  const plainScalar = (node: Scalar, at: Origin): Scalar<string | number | boolean | null> | undefined => {
    if (node.type !== 'PLAIN' || typeof node.value !== 'string') return undefined
    const text = visible(node.value)
    if (text === node.value) return undefined
    slips.push(oddText(node.value, text, at))
    const again = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' }).contents
    return isScalar(again) ? (again as Scalar<string>) : undefined
  }
  const itemOrigin = (item: unknown, list: Origin): Origin => ((item as Scalar | null)?.range ? originOf(item as Scalar) : list)
  const readList = (node: { items: unknown[]; range?: [number, number, number] | null }, depth: number): Value => {
    const origin = originOf(node)
    return { type: 'list', origin, items: node.items.map((item) => read(isPair(item) ? null : item, itemOrigin(item, origin), depth + 1)) }
  }
  const readMap = (node: YAMLMap, depth: number): Value => {
    const entries = new Map<string, Entry>()
    const cuts = cutTexts(file, node)
    const passed = new Set([...cuts.values()].flatMap(({ rest }) => rest))
    let inherited: ReadonlyMap<string, Entry> = new Map()
    for (const pair of node.items as Pair[]) {
      if (passed.has(pair)) continue
      const key = originOf((pair.key ?? node) as Scalar)
      if (!isScalar(pair.key)) {
        refuse('key_not_text', key, 'A key must be a text, not a list or a map.')
        continue
      }
      const written = plainScalar(pair.key, key) ?? pair.key
      const name = typeof written.value === 'string' ? written.value : (written.source ?? '')
      const cut = cuts.get(pair)
      if (cut) slips.push(cut.found)
      const value = cut?.value ?? read(pair.value, key, depth + 1)
      if (name === '<<' && pair.key.type === 'PLAIN') inherited = inherit(value, inherited)
      else entries.set(name, { key, value })
    }
    return { type: 'map', origin: originOf(node), entries: new Map([...inherited, ...entries]) }
  }
  /** `<<: *base` or `<<: [*first, *second]`, as YAML's merge key has it: whole values, the first map that has a key wins. */
  const inherit = (value: Value, before: ReadonlyMap<string, Entry>): ReadonlyMap<string, Entry> => {
    const sources = value.type === 'list' ? value.items : [value]
    const entries = sources.toReversed().flatMap((source) => {
      if (source.type === 'map') return [...source.entries]
      refuse('merge_not_map', source.origin, '`<<` takes a map, or a list of maps.', 'For example: <<: *base')
      return []
    })
    return new Map([...entries, ...before])
  }
  return read(document.contents, { file, start: 0, end: 0 }, 0)
}

const oddText = (written: string, text: string, origin: Origin): Found => ({
  code: 'odd_character',
  origin,
  message: `There is ${nameOf(written.charAt(Math.max(0, oddAt(written))))} in "${written}", which YAML takes for a letter.`,
  hint: `Type it anew. Write ${text}`,
  fixes: [{ at: origin, text }],
})

const emptyDocument = (file: SourceFile): Found => ({
  code: 'empty_recipe',
  origin: { file, start: 0, end: 0 },
  message: 'There is nothing in this file.',
  hint: 'A recipe begins with about: { title: … }; `npx ferment new NAME` writes one to start from.',
})
