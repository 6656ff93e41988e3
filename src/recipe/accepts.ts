import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import { parseYaml } from './parse_yaml.ts'
import { longForm, type SchemaNode } from './short_forms.ts'
import { plain } from './value.ts'

const ajv = new Ajv2020({ discriminator: true, strict: false, validateSchema: false, meta: false, code: { optimize: false } })
const compiled = new WeakMap<object, ValidateFunction>()

/** Whether a text, as YAML on one line, may stand where a part of the schema is: a hint is tried before it is given. */
export const accepts = (node: unknown, text: string): boolean => {
  const { value } = parseYaml({ name: '', text })
  return value !== undefined && (validatorOf(node as AnySchemaObject)(plain(longForm(value, node as SchemaNode))) as boolean)
}

const validatorOf = (node: AnySchemaObject): ValidateFunction => {
  const known = compiled.get(node)
  if (known) return known
  const { $id: _id, ...rest } = node
  const validate = ajv.compile({ ...rest, $defs: schema.$defs })
  compiled.set(node, validate)
  return validate
}
