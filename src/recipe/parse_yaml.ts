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
import type { Checked, Found } from './found.ts'
import type { Origin, SourceFile } from './source_file.ts'
import type { Entry, Value } from './value.ts'
import { limitsOf, MAX_DEPTH, MAX_VALUES } from './yaml_limits.ts'
import { syntaxProblem } from './yaml_problem.ts'

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
  const value = document.contents === null ? undefined : reader(file, document, found)
  return value && found.length === 0 ? { value, found } : { found: value ? found : [...found, emptyDocument(file)] }
}

/** Doubled keys are each told; of anything else the first, because what follows a slip of syntax follows from it. */
const syntaxFound = (file: SourceFile, document: Document.Parsed): Found[] => {
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  const first = errors.findIndex(({ code }) => code !== 'DUPLICATE_KEY')
  return (first < 0 ? errors : errors.slice(0, first + 1)).map((error) => syntaxProblem(file, error, document))
}

const emptyDocument = (file: SourceFile): Found => ({
  code: 'empty_recipe',
  origin: { file, start: 0, end: 0 },
  message: 'There is nothing in this file.',
  hint: 'A recipe begins with about: { title: … }; `npx ferment new NAME` writes one to start from.',
})

const reader = (file: SourceFile, document: Document.Parsed, found: Found[]): Value | undefined => {
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
    const { value } = node as Scalar<string | number | boolean | null>
    const source = typeof value === 'string' ? value : (node.source ?? '')
    const own = originOf(node)
    return { type: 'scalar', origin: own.end > own.start ? own : at, value, source }
  }
  const itemOrigin = (item: unknown, list: Origin): Origin => ((item as Scalar | null)?.range ? originOf(item as Scalar) : list)
  const readList = (node: { items: unknown[]; range?: [number, number, number] | null }, depth: number): Value => {
    const origin = originOf(node)
    return { type: 'list', origin, items: node.items.map((item) => read(isPair(item) ? null : item, itemOrigin(item, origin), depth + 1)) }
  }
  const readMap = (node: YAMLMap, depth: number): Value => {
    const entries = new Map<string, Entry>()
    let inherited: ReadonlyMap<string, Entry> = new Map()
    for (const pair of node.items as Pair[]) {
      const key = originOf((pair.key ?? node) as Scalar)
      if (!isScalar(pair.key)) {
        refuse('key_not_text', key, 'A key must be a text, not a list or a map.')
        continue
      }
      const name = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? '')
      const value = read(pair.value, key, depth + 1)
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
