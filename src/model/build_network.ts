import type { Tensor } from '@tensorflow/tfjs-core'
import type { Model } from '../../schema/recipe.ts'
import { elements } from '../elements.ts'
import { activations } from './activations.ts'
import { graphOf, IMAGE, IMAGE_NAME, labelOf, type Node } from './graph.ts'
import { isMisfit, type LayerInput, type Misfit, shapeText } from './layers/layer.ts'
import { rowOf } from './layers/table.ts'
import type { ForwardArgs, ForwardResult, LayerSummary, ModelProblem, Network, NoiseSpec, Shape, WeightSpec } from './network.ts'
import { policyOf } from './precision.ts'

/** A network, or all that does not fit and the layers before the first that does not. */
export type Built = { ok: true; network: Network } | { ok: false; problems: readonly ModelProblem[]; layersSoFar: readonly LayerSummary[] }

/** More than these cannot be held by one network, by one image on its way through: then it is a slip of the pen. */
const MOST_PARAMETERS = 500e6
const MOST_VALUES = 500e6

/**
 * Puts the layers of a model together for images of `inputShape` ([height, width, channels]) in `classes` classes. All problems are
 * found at once, but none that only follows from another. Computes nothing: tensors appear when `forward` is called.
 */
export const buildNetwork = (model: Model, inputShape: Shape, classes: number): Built => {
  const graph = graphOf(model)
  const { nodes } = graph
  const placed = placeAll(nodes, inputShape)
  const last = nodes.at(-1) as Node
  const weights = placed.flatMap((layer) => layer.weights)
  const found = [
    ...graph.problems,
    ...placed.flatMap((layer) => layer.problems),
    ...clashes(nodes, placed),
    ...totalProblems(placed),
    ...outputProblems(last, placed.at(-1)?.shape ?? null, classes),
  ]
  const problems = found.length > 0 ? found : nothingToTrain(weights)
  const layers = placed.flatMap(({ summaries }) => summaries)
  if (problems.length > 0) {
    const layerOf = ({ at }: ModelProblem) => (typeof at[1] === 'number' ? at[1] : nodes.length)
    const sorted = problems.sort((a, b) => layerOf(a) - layerOf(b))
    const first = layerOf(sorted[0] as ModelProblem)
    return { ok: false, problems: sorted, layersSoFar: placed.slice(0, first).flatMap(({ summaries }) => summaries) }
  }
  return {
    ok: true,
    network: {
      inputShape,
      outputShape: [classes],
      layers,
      weights,
      noise: placed.flatMap(({ noise }) => noise),
      outputActivation: outputActivationOf(last),
      forward: forwardOf(nodes, placed),
    },
  }
}

/** Every layer with its shape, in order; a layer whose inputs have no known shape has none and adds nothing. */
const placeAll = (nodes: readonly Node[], inputShape: Shape): Placed[] => {
  const placed: Placed[] = []
  const sourceOf = (index: number): LayerInput | null => {
    if (index === IMAGE) return { name: IMAGE_NAME, shape: inputShape }
    const shape = placed[index]?.shape
    return shape ? { name: (nodes[index] as Node).name, shape } : null
  }
  for (const node of nodes) {
    const sources = node.inputs?.map(sourceOf) ?? [null]
    const known = sources.filter((source) => source !== null)
    placed.push(known.length === sources.length ? place(node, known) : NOTHING)
  }
  return placed
}

const place = (node: Node, sources: readonly LayerInput[]): Placed => {
  const row = rowOf(node.layer)
  const fit = row.outputShape(node.layer, sources)
  if (isMisfit(fit)) return { ...NOTHING, shape: fit.meant ?? null, problems: [problemOf(node, fit)] }
  const weights = row.weights?.(node.layer, sources, node.name) ?? []
  const noise = row.noise?.(node.layer, sources, node.name) ?? []
  const summaries = row.parts?.(node.layer, sources, node.name) ?? [summaryOf(node, fit, weights)]
  const misfit = tooLarge(fit, weights)
  return misfit ? { ...NOTHING, problems: [problemOf(node, misfit)] } : { shape: fit, weights, noise, summaries, problems: [] }
}

/** A layer whose inputs are known: its output shape, or null; and what it adds to the network. */
type Placed = {
  shape: Shape | null
  weights: readonly WeightSpec[]
  noise: readonly NoiseSpec[]
  summaries: readonly LayerSummary[]
  problems: readonly ModelProblem[]
}

const NOTHING: Placed = { shape: null, weights: [], noise: [], summaries: [], problems: [] }

const problemOf = (node: Node, { code, at = [], message, hint }: Misfit): ModelProblem => ({
  code,
  at: ['layers', node.index, ...at],
  message: `Layer ${node.index + 1} (${labelOf(node)}) ${message}.`,
  ...(hint === undefined ? {} : { hint }),
})

const summaryOf = ({ name, layer }: Node, outputShape: Shape, weights: readonly WeightSpec[]): LayerSummary => {
  const count = (counted: readonly WeightSpec[]) => counted.reduce((total, { shape }) => total + elements(shape), 0)
  const trainableParameters = count(weights.filter(({ trainable }) => trainable))
  return { name, kind: layer.kind, outputShape, parameters: count(weights), trainableParameters }
}

const tooLarge = (shape: Shape, weights: readonly WeightSpec[]): Misfit | null => {
  const parameters = weights.reduce((total, weight) => total + elements(weight.shape), 0)
  if (parameters > MOST_PARAMETERS) {
    return {
      code: 'too_many_parameters',
      message: `has ${inShort(parameters)} parameters; at most ${inShort(MOST_PARAMETERS)} are possible`,
    }
  }
  if (elements(shape) <= MOST_VALUES) return null
  return { code: 'output_too_large', message: `gives ${shapeText(shape)} numbers an image; at most ${inShort(MOST_VALUES)} are possible` }
}

const inShort = (count: number) => new Intl.NumberFormat('en', { notation: 'compact' }).format(count)

/** Weights are told apart by their layer's name, and a VGG16 brings its own. */
const clashes = (nodes: readonly Node[], placed: readonly Placed[]): ModelProblem[] => {
  const owners = new Map<string, number>()
  return placed.flatMap(({ summaries }, index) =>
    summaries.flatMap(({ name }): ModelProblem[] => {
      const owner = owners.get(name)
      owners.set(name, owner ?? index)
      // Two layers of one name in the recipe are reported where names are given.
      if (owner === undefined || nodes[owner]?.name === nodes[index]?.name) return []
      const message = `Layers ${owner + 1} and ${index + 1} both have a layer "${name}"; names must differ.`
      return [{ code: 'duplicate_layer_name', at: ['layers', index], message }]
    }),
  )
}

const totalProblems = (placed: readonly Placed[]): ModelProblem[] => {
  const total = placed.flatMap(({ summaries }) => summaries).reduce((sum, { parameters }) => sum + parameters, 0)
  if (total <= MOST_PARAMETERS || placed.some(({ problems }) => problems.length > 0)) return []
  const message = `The network has ${inShort(total)} parameters; at most ${inShort(MOST_PARAMETERS)} are possible.`
  return [{ code: 'too_many_parameters', at: ['layers'], message }]
}

const outputProblems = (node: Node, shape: Shape | null, classes: number): ModelProblem[] => {
  if (shape === null || (shape.length === 1 && shape[0] === classes)) return []
  const last = `The last layer, ${labelOf(node)},`
  const at = ['layers', node.index]
  if (shape.length !== 1) {
    const message = `${last} gives an image of ${shapeText(shape)}; it must give one number per class, ${classes}.`
    const hint = `End with flatten and a dense layer: - { kind: dense, units: ${classes}, activation: softmax }.`
    return [{ code: 'output_not_vector', at, message, hint }]
  }
  const message = `${last} gives ${shapeText(shape)}, but the data has ${classes} classes.`
  if (node.layer.kind !== 'dense') return [{ code: 'output_classes', at, message, hint: `It needs ${classes}.` }]
  return [
    { code: 'output_classes', at: [...at, 'units'], message, hint: `Write units: ${classes}, or units: classes.`, write: String(classes) },
  ]
}

const nothingToTrain = (weights: readonly WeightSpec[]): ModelProblem[] =>
  weights.some(({ trainable }) => trainable)
    ? []
    : [{ code: 'nothing_to_train', at: ['layers'], message: 'No layer has a weight that training could change.' }]

const outputActivationOf = ({ layer }: Node): Network['outputActivation'] => {
  const activation = rowOf(layer).activation?.(layer) ?? 'linear'
  return activation === 'softmax' || activation === 'sigmoid' || activation === 'linear' ? activation : 'other'
}

/** One pass through the layers, in order. */
const forwardOf =
  (nodes: readonly Node[], placed: readonly Placed[]) =>
  (args: ForwardArgs): ForwardResult => {
    const outputs: Tensor[] = []
    const updates: Record<string, Tensor> = {}
    const image = policyOf(args.precision).enter(args.x)
    let logits = image
    for (const [index, node] of nodes.entries()) {
      const inputs = (node.inputs ?? []).map((from) => (from === IMAGE ? image : (outputs[from] as Tensor)))
      const result = layerForward({ node, placed: placed[index] as Placed, inputs, isLast: index === nodes.length - 1 }, args)
      logits = result.logits
      outputs.push(result.output)
      Object.assign(updates, result.updates)
    }
    return { logits, output: outputs.at(-1) as Tensor, updates }
  }

type Step = { node: Node; placed: Placed; inputs: readonly Tensor[]; isLast: boolean }

/** One layer: its output as the next layer takes it, the values before its activation, and what changes without a gradient. */
const layerForward = ({ node, placed, inputs, isLast }: Step, { weights, noise, training, semantics, precision }: ForwardArgs) => {
  const { layer, name } = node
  const [row, policy] = [rowOf(layer), policyOf(precision)]
  const isFloat32 = isLast || row.float32 === true
  const own = isFloat32 ? policyOf(null) : policy
  const result = row.forward({
    spec: layer,
    name,
    inputs: isFloat32 ? inputs.map(policy.leave) : inputs,
    weights: handed(placed.weights, weights, own.enter),
    noise: handed(placed.noise, noise, own.enter),
    training,
    semantics,
    policy: own,
  })
  const activation = row.activation?.(layer) ?? 'linear'
  const active = activations[activation](result.output)
  const output = isLast ? active : (isFloat32 ? policy.enter : policy.settle)(active)
  return { output, logits: activation === 'softmax' || activation === 'sigmoid' ? result.output : output, updates: result.updates }
}

type Tensors = Readonly<Record<string, Tensor>>

/** The tensors of these names, each as the layer takes it. */
const handed = (names: readonly { name: string }[], tensors: Tensors, as: (x: Tensor) => Tensor): Tensors =>
  Object.fromEntries(names.flatMap(({ name }) => (tensors[name] ? [[name, as(tensors[name])]] : [])))
