/** Writes what comes from the schemas: types, the editors' schema, the reference page; `--check` compares instead, and fails where the committed ones are not current. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { parse } from 'yaml'
import { editorSchema } from './editor.ts'
import { type Chapter, problemCodes, problemsPage } from './problems_page.ts'
import { referencePage } from './reference.ts'
import { tablesPage } from './tables_page.ts'

type Node = { [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of a value in which every default is written in: a property with a default is always there. `$ref`s lose their siblings, so that one definition is one type. */
const resolved = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolved)
  if (!isNode(value)) return value
  if (typeof value.$ref === 'string') return { $ref: value.$ref }
  const node = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolved(child)]))
  if (value.type === 'object' && isNode(value.properties)) {
    const withDefault = Object.entries(value.properties).filter(([, child]) => isNode(child) && 'default' in child)
    node.required = [...new Set([...((value.required as string[]) ?? []), ...withDefault.map(([key]) => key)])]
  }
  if (typeof value['x-type'] === 'string') node.tsType = value['x-type']
  else if (Array.isArray(node.type) && node.minItems === 2) node.tsType = 'number | [number, number]'
  if (node.type === 'array' && node.maxItems === undefined) delete node.minItems // a plain array is what code works with
  delete node.patternProperties // an index signature would have to fit every property
  return node
}

const banner = '// Generated from the schema beside it by `npm run generate`. Do not edit.\n\n'

const typesOf = async (name: string): Promise<string> => {
  const schema = resolved(JSON.parse(await readFile(`schema/${name}.schema.json`, 'utf8'))) as JSONSchema
  return compile(schema, name, { additionalProperties: false, bannerComment: banner, unreachableDefinitions: true, format: false })
}

const schemaOf = async (name: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(`schema/${name}.schema.json`, 'utf8'))

const problemChapters = async () => parse(await readFile('schema/problems.yaml', 'utf8')) as Chapter[]

/** The answers to slips that tests keep, by name. */
const mistakeTexts = async (folder = 'test/recipe/mistakes'): Promise<Record<string, string>> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt'))
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')))
  return Object.fromEntries(names.map((name, index) => [name.replace('.txt', ''), texts[index] as string]))
}

/** File → what it must hold. */
const generated = async (): Promise<Record<string, string>> => {
  const recipe = await schemaOf('recipe')
  return {
    'schema/recipe.ts': await typesOf('recipe'),
    'schema/record.ts': await typesOf('record'),
    'schema/editor.schema.json': `${JSON.stringify(editorSchema(recipe), null, 1)}\n`,
    'schema/problem_code.ts': problemCodes(await problemChapters()),
    'docs/problems.md': problemsPage(await problemChapters(), await mistakeTexts()),
    'docs/tables.md': tablesPage(),
    'docs/recipe.md': referencePage(recipe, await readFile('schema/reference_intro.md', 'utf8')),
  }
}

const check = process.argv.includes('--check')
const stale: string[] = []
for (const [file, text] of Object.entries(await generated())) {
  if (!check) await writeFile(file, text)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) stale.push(file)
}
if (stale.length > 0) {
  console.error(`not current: ${stale.join(', ')}. Run npm run generate and commit the result.`)
  process.exitCode = 1
}
