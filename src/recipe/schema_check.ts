import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }

/** The parts of a recipe that make up a cell: what a matrix may override. */
export const SECTIONS: readonly string[] = Object.keys(schema.$defs.spec.properties)

/** A recipe as it is before expansion: its sections may be incomplete, since the matrix or a profile may complete them. */
const frame = {
  ...schema,
  $id: 'frame.schema.json',
  properties: {
    ...schema.properties,
    ...Object.fromEntries(SECTIONS.filter((key) => key !== 'semantics').map((key) => [key, { type: 'object' }])),
  },
}

let validators: Record<'frame' | 'spec' | 'blocks' | 'layer_block', ValidateFunction> | undefined

/** Checks a plain value, and writes the schema's defaults into it. */
export const checkSchema = (name: keyof NonNullable<typeof validators>, value: unknown): readonly ErrorObject[] => {
  const validate = compiled()[name]
  return validate(value) ? [] : (validate.errors ?? [])
}

/** Compiled on first use. The schema itself is checked by a test, not at every start: the meta-schema would take half a second. */
const compiled = () => {
  if (validators) return validators
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    useDefaults: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  })
  validators = {
    frame: ajv.compile(frame as AnySchemaObject),
    spec: ajv.compile({ ...schema.$defs.spec, $id: 'spec.schema.json', $defs: schema.$defs }),
    blocks: ajv.compile({ ...schema.$defs.written_model.properties.blocks, $id: 'blocks.schema.json', $defs: schema.$defs }),
    layer_block: ajv.compile({ ...schema.$defs.layer_block, $id: 'layer_block.schema.json', $defs: schema.$defs }),
  }
  return validators
}
