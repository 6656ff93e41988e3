import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import { checkCells } from '../../src/plan/check_cells.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

type Node = { [key: string]: unknown }
const defs = schema.$defs as unknown as Record<string, Node>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

/** Sections of overrides are any map for the schema; what may stand in them is that of the section. */
const SECTIONS: Record<string, string> = {
  dataset: 'source',
  split: 'split',
  preprocessing: 'preprocessing',
  augmentation: 'augmentation',
  model: 'written_model',
  training: 'training',
}

/** A word that several definitions share (a layer's `name`) counts once, whichever of them it is used in. */
const sharedBy = (property: Node | undefined): string | null => {
  const name = typeof property?.$ref === 'string' ? nameOf(property.$ref) : null
  if (name === null) return null
  return isNode(defs[name]?.properties) || Array.isArray(defs[name]?.oneOf) ? null : name
}
const wordOf = (definition: string, key: string, property: Node | undefined): string => sharedBy(property) ?? `${definition}/${key}`

/** Every property of the schema as `definition/key`. `spec` and `model` are what a recipe comes to, not what is written. */
const all = [
  ...Object.keys(schema.properties).map((key) => `recipe/${key}`),
  ...Object.entries(defs).flatMap(([name, { properties }]) =>
    isNode(properties) && !['spec', 'model'].includes(name)
      ? Object.entries(properties).map(([key, property]) => wordOf(name, key, property as Node))
      : [],
  ),
  ...Object.keys(schema.properties.profiles.additionalProperties.properties).map((key) => `profile/${key}`),
  ...Object.keys(schema.properties.auto_profile.properties).map((key) => `auto_profile/${key}`),
]

/** Notes which properties a written value uses. */
const note = (used: Set<string>, node: Node, value: unknown, name: string): void => {
  if (typeof node.$ref === 'string') {
    note(used, defs[nameOf(node.$ref)] as Node, value, nameOf(node.$ref))
    return
  }
  if (Array.isArray(node.oneOf) && isNode(value)) {
    const kind = node.oneOf
      .map(({ $ref }) => nameOf($ref))
      .find((one) => (defs[one] as { properties: { kind: Node } }).properties.kind.const === value.kind)
    if (kind !== undefined) note(used, defs[kind] as Node, value, kind)
    return
  }
  if (Array.isArray(value) && isNode(node.items)) for (const item of value) note(used, node.items, item, name)
  if (!isNode(value)) return
  for (const [key, inner] of Object.entries(value)) {
    const property = isNode(node.properties) ? node.properties[key] : undefined
    if (isNode(property)) {
      used.add(`${name}/${key}`)
      used.add(wordOf(name, key, property))
      note(
        used,
        key in SECTIONS && !property.$ref ? (defs[SECTIONS[key] as string] as Node) : property,
        inner,
        key in SECTIONS ? (SECTIONS[key] as string) : key,
      )
    } else if (isNode(node.additionalProperties)) note(used, node.additionalProperties, inner, name === 'profiles' ? 'profile' : name)
  }
}

const folder = 'test/recipe/every_word'
const files = ['first.yaml', 'second.yaml', 'third.yaml', 'data.yaml']

test('every property of the schema is used', () => {
  const used = new Set<string>()
  for (const file of files)
    note(used, schema as unknown as Node, parse(readFileSync(join(folder, file), 'utf8'), { merge: true }), 'recipe')
  expect(all.filter((property) => !used.has(property))).toEqual([])
  expect(all.length).toBeGreaterThan(200)
})

const facts = { imageShape: [48, 48, 1] as const, classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }

test.each([
  ['first.yaml', undefined, 6],
  ['first.yaml', 'q', 7],
  ['second.yaml', undefined, 1],
  ['third.yaml', undefined, 12],
  ['data.yaml', undefined, 5],
])('%s in profile %s is right, and its networks fit', async (file, profile, cells) => {
  const loaded = await loadRecipe(join(folder, file), { profile })
  expect(loaded.ok ? [] : loaded.problems).toEqual([])
  if (!loaded.ok) return
  const { networks, problems } = checkCells(loaded.recipe, () => facts)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(networks.size).toBe(cells)
})
