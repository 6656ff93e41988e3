import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }

type Node = { [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every property of every object of the schema, with a path for people. */
const propertiesOf = (node: unknown, path = ''): { path: string; property: Node }[] => {
  if (Array.isArray(node)) return node.flatMap((one, index) => propertiesOf(one, `${path}[${index}]`))
  if (!isNode(node)) return []
  const own = isNode(node.properties)
    ? Object.entries(node.properties).map(([key, property]) => ({ path: `${path}/${key}`, property: property as Node }))
    : []
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, value]) =>
      propertiesOf(value, key === 'properties' || key === '$defs' ? path : `${path}/${key}`),
    ),
  ]
}

const defs = schema.$defs as unknown as Record<string, Node>
const targetOf = (property: Node): Node =>
  typeof property.$ref === 'string' ? { ...defs[property.$ref.replace('#/$defs/', '')], ...property } : property
const all = propertiesOf(schema)

test('it is a JSON Schema 2020-12, without a word that means nothing', () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, discriminator: true, allowUnionTypes: true, strictTypes: false })
  ajv.addVocabulary(['x-unit', 'x-sign', 'x-type'])
  expect(() => ajv.compile(schema)).not.toThrow()
})

test('the properties were found', () => expect(all.length).toBeGreaterThan(150))

describe('every property', () => {
  test('says what it means', () => {
    expect(all.filter(({ property }) => typeof targetOf(property).description !== 'string').map(({ path }) => path)).toEqual([])
  })

  test('has an example, or shows its values otherwise', () => {
    const isShown = (node: Node) => 'examples' in node || 'const' in node || 'enum' in node || node.type === 'object' || 'oneOf' in node
    const isList = (node: Node) => node.type === 'array' && isNode(node.items)
    expect(all.filter(({ property }) => !isShown(targetOf(property)) && !isList(targetOf(property))).map(({ path }) => path)).toEqual([])
  })

  test('that is a number has a range', () => {
    const isOpen = (node: Node) =>
      [node.type].flat().some((type) => type === 'integer' || type === 'number') &&
      !['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].some((key) => key in node)
    // A value outside the image may be any number.
    expect(all.filter(({ property }) => isOpen(targetOf(property))).map(({ path }) => path)).toEqual([
      '/augmentation_image_data_generator/cval',
    ])
  })

  test('has defaults and examples that are right themselves', () => {
    const ajv = new Ajv2020({ strict: false, discriminator: true })
    ajv.addSchema(schema)
    const wrong = all.flatMap(({ path, property }) => {
      const { examples = [], default: fallback, ...rest } = property as { examples?: unknown[]; default?: unknown }
      const validate = ajv.compile({ ...rest, $defs: schema.$defs })
      const values = [...examples, ...(fallback === undefined ? [] : [fallback])]
      return values.filter((value) => !validate(value)).map((value) => `${path}: ${JSON.stringify(value)}`)
    })
    expect(wrong).toEqual([])
  })
})
