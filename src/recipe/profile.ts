import { suggestion } from '../nearest.ts'
import type { Found } from './found.ts'
import type { LoadOptions } from './recipe.ts'
import { renamed } from './renamed.ts'
import { entryOf, type MapValue, type Value } from './value.ts'

/** The profiles of a recipe by name, in the order of the file. */
export const profilesOf = (recipe: MapValue): Map<string, MapValue> => {
  const profiles = entryOf(recipe, 'profiles')?.value
  const entries = profiles?.type === 'map' ? [...profiles.entries] : []
  return new Map(entries.flatMap(([name, { value }]) => (value.type === 'map' ? [[name, value] as const] : [])))
}

/** The name of the profile that is asked for, or null for the recipe as it is written. */
export const chooseProfile = (recipe: MapValue, wanted: LoadOptions['profile']): { name: string | null; found: readonly Found[] } => {
  const names = [...profilesOf(recipe).keys()]
  const auto = entryOf(recipe, 'auto_profile')?.value
  const wrong = [...(auto?.type === 'map' ? auto.entries.values() : [])].flatMap(({ value }) => unknownAuto(value, names))
  if (wanted === undefined) return { name: null, found: wrong }
  if (typeof wanted !== 'string') {
    const engine = entryOf(recipe, 'engine')?.value
    const value = entryOf(auto, wanted.auto(engine?.type === 'scalar' ? String(engine.value) : 'auto'))?.value
    const name = value?.type === 'scalar' ? String(value.value) : null
    return { name: name !== null && names.includes(name) ? name : null, found: wrong }
  }
  if (names.includes(wanted)) return { name: wanted, found: wrong }
  const origin = { file: { name: '--profile', text: wanted }, start: 0, end: wanted.length }
  return { name: null, found: [...wrong, unknownProfile(wanted, names, origin)] }
}

const unknownAuto = (value: Value, names: readonly string[]): Found[] => {
  if (value.type !== 'scalar' || typeof value.value !== 'string' || names.includes(value.value)) return []
  return [unknownProfile(value.value, names, value.origin)]
}

const unknownProfile = (name: string, names: readonly string[], origin: Found['origin']): Found => ({
  origin,
  ...renamed(name, names, origin),
  code: 'unknown_profile',
  message: `The recipe has no profile "${name}".`,
  hint: names.length === 0 ? 'It has none.' : suggestion(name, names, 'It has:'),
})
