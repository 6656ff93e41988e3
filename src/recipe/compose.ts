import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import type { Checked, Found } from './found.ts'
import { mergeMaps, pick } from './merge.ts'
import { parseYaml } from './parse_yaml.ts'
import { readSource } from './read_source.ts'
import { longForm, RECIPE } from './short_forms.ts'
import type { Origin } from './source_file.ts'
import { entryOf, type MapValue, type ScalarValue, type Value } from './value.ts'

const MAX_CHAIN = 20

/**
 * A recipe file on top of those it `extends`, each relative to the file that names it.
 * @param from where the file is named
 * @param chain the files that led here, for cycles
 */
export const compose = async (
  name: string,
  from: Origin,
  chain: readonly { name: string; real: string }[] = [],
): Promise<Checked<MapValue>> => {
  const real = await realpath(name).catch(() => name)
  const here = [...chain, { name, real }]
  if (chain.some((file) => file.real === real) || here.length > MAX_CHAIN) return { found: [cycle(here, from)] }
  const source = await readSource(name, from)
  if (!source.value) return { found: source.found }
  const { value: written, found } = parseYaml(source.value)
  if (!written) return { found }
  const value = longForm(written, RECIPE)
  if (value.type !== 'map') return { found: [...found, notMap(value)] }
  const parents = await Promise.all(parentsOf(value).map((parent) => compose(resolve(name, parent.source), parent.origin, here)))
  const below = parents.flatMap((parent) => parent.value ?? [])
  // With a part missing, all that it would have given would be reported as missing too.
  const wrong: Found[] = [...found, ...parents.flatMap((parent) => parent.found)]
  if (below.length < parents.length) return { found: wrong }
  const whole = [...below, pick(value, (key) => key !== 'extends')].reduce((under, over) =>
    mergeMaps(under, over, (problem) => wrong.push(problem)),
  )
  return { value: { ...whole, origin: value.origin }, found: wrong }
}

const resolve = (file: string, parent: string): string => (isAbsolute(parent) ? parent : join(dirname(file), parent))

const parentsOf = (recipe: Value): ScalarValue[] => {
  const parents = entryOf(recipe, 'extends')?.value
  const list = parents?.type === 'list' ? parents.items : parents ? [parents] : []
  return list.filter((item): item is ScalarValue => item.type === 'scalar' && typeof item.value === 'string')
}

const cycle = (chain: readonly { name: string }[], origin: Origin): Found => ({
  code: 'extends_cycle',
  origin,
  message: `This recipe extends itself: ${chain.map(({ name }) => name).join(' → ')}.`,
})

const notMap = ({ origin }: Value): Found => ({
  code: 'wrong_type',
  origin,
  message: 'A recipe is a map of "key: value" lines.',
  hint: 'It begins with about: { title: … }.',
})
