import type { Layer, Model } from '../../schema/recipe.ts'
import { layerNames } from '../layer_names.ts'
import { nearest } from '../nearest.ts'
import { rowOf } from './layers/table.ts'
import type { ModelProblem } from './network.ts'

/** Stands for the image among the numbers of layers. */
export const IMAGE = -1
/** The image's name in `inputs`. */
export const IMAGE_NAME = 'input'

/** A layer with its name, and the numbers of the layers it takes its inputs from; null where that is not known. */
export type Node = { index: number; layer: Layer; name: string; inputs: readonly number[] | null }

/** How messages speak of a layer: `conv2d_3`, or `conv2d "shortcut"` where the name does not say. */
export const labelOf = ({ layer, name }: Pick<Node, 'layer' | 'name'>): string =>
  name.startsWith(layer.kind) ? name : `${layer.kind} "${name}"`

/** Names every layer and finds what it takes its inputs from. The layers come in an order in which they can be computed. */
export const graphOf = ({ layers }: Model): { nodes: readonly Node[]; problems: readonly ModelProblem[] } => {
  const names = layerNames(layers)
  const resolved = layers.map((layer, index) => resolveInputs(layer, index, names))
  const nodes = layers.map(
    (layer, index): Node => ({ index, layer, name: names[index] as string, inputs: resolved[index]?.inputs ?? null }),
  )
  const problems = [...nameProblems(layers), ...resolved.flatMap((input) => input.problems)]
  // An input that was not found may be the one that takes a layer which now seems unused.
  return { nodes, problems: problems.length > 0 ? problems : unusedProblems(nodes) }
}

const resolveInputs = (layer: Layer, index: number, names: readonly string[]): Resolved => {
  const { takes } = rowOf(layer)
  const label = labelOf({ layer, name: names[index] as string })
  const given = layer.inputs
  if (takes === 'several' && (given === undefined || given.length < 2)) {
    const at = given === undefined ? ['layers', index] : ['layers', index, 'inputs']
    const message = `Layer ${index + 1} (${label}) needs two or more inputs.`
    return failed({ code: 'needs_inputs', at, message, hint: 'Name the layers above that it takes: inputs: [name, other_name].' })
  }
  if (takes === 'one' && given !== undefined && given.length > 1) {
    const message = `Layer ${index + 1} (${label}) takes one input, not ${given.length}.`
    const hint = 'Merge them first: add, multiply, average or concatenate.'
    return failed({ code: 'too_many_inputs', at: ['layers', index, 'inputs'], message, hint })
  }
  if (given === undefined) return { inputs: [index === 0 ? IMAGE : index - 1], problems: [] }
  const resolved = given.map((name, entry) => resolveName(name, ['layers', index, 'inputs', entry], { index, names }))
  const problems = resolved.flatMap((input) => input.problems)
  return { inputs: problems.length > 0 ? null : resolved.flatMap((input) => input.inputs ?? []), problems }
}

type Resolved = { inputs: readonly number[] | null; problems: ModelProblem[] }

const failed = (problem: ModelProblem): Resolved => ({ inputs: null, problems: [problem] })

/** The layer that an entry of `inputs` names. */
const resolveName = (name: string, at: ModelProblem['at'], { index, names }: { index: number; names: readonly string[] }): Resolved => {
  if (name === IMAGE_NAME) return { inputs: [IMAGE], problems: [] }
  const found = names.indexOf(name)
  if (found >= 0 && found < index) return { inputs: [found], problems: [] }
  if (found >= index) {
    const message = `"${name}" is layer ${found + 1}, which does not come before layer ${index + 1}: layers take their inputs from above.`
    return failed({ code: 'layer_not_above', at, message })
  }
  const above = [IMAGE_NAME, ...names.slice(0, index)]
  const near = nearest(name, above)
  const hint = near ? `Did you mean "${near}"?` : `The layers above are: ${above.join(', ')}.`
  return failed({
    code: 'unknown_layer',
    at,
    message: `There is no layer "${name}".`,
    hint,
    ...(near === undefined ? {} : { write: near }),
  })
}

const nameProblems = (layers: readonly Layer[]): ModelProblem[] =>
  layers.flatMap(({ name }, index): ModelProblem[] => {
    if (name === undefined) return []
    const at = ['layers', index, 'name']
    if (name === IMAGE_NAME) {
      return [{ code: 'reserved_layer_name', at, message: `The name "${IMAGE_NAME}" is that of the image; a layer needs another.` }]
    }
    const first = layers.findIndex((other) => other.name === name)
    if (first === index) return []
    return [{ code: 'duplicate_layer_name', at, message: `Layer ${first + 1} is named "${name}" already; names must differ.` }]
  })

const unusedProblems = (nodes: readonly Node[]): ModelProblem[] => {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs ?? []))
  return nodes
    .slice(0, -1)
    .filter(({ index }) => !used.has(index))
    .map((node) => ({
      code: 'unused_layer',
      at: ['layers', node.index],
      message: `No layer takes the output of layer ${node.index + 1} (${labelOf(node)}).`,
      hint: `Name it in the inputs of a layer below, or leave it out. The result of the network is that of its last layer.`,
    }))
}
