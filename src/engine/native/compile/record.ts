import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Binding, NodeBackend } from '../load.ts'
import type { Attr, TypedValues } from './attr.ts'
import { blank } from './blank.ts'
import type { Graph, Ref } from './graph.ts'
import { shapeRules } from './shapes.ts'
import { TraceError } from './trace_error.ts'

type OpAttr = Parameters<Binding['executeOp']>[1][number]

/** What is known of a tensor of the binding: where it is in the graph, its shape, and its values if it is a constant. */
type Known = { place: () => Ref; shape: readonly number[]; values?: TypedValues }

/** Where tensors are in the graph. */
export type Places = {
  /** Tells that a tensor is an input or a part of the state: `place` is asked for when it is read. */
  set: (tensor: TensorInfo, place: () => Ref) => void
  /** @throws TraceError for a tensor that comes from outside the traced function */
  get: (tensor: TensorInfo, reader: string) => Ref
}

/** Attributes as the binding takes them, by their type. */
const attrOf = ({ name, type, value }: OpAttr, binding: Binding): Attr => {
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return { type: value as number }
    case binding.TF_ATTR_STRING:
      return { string: value as string }
    case binding.TF_ATTR_INT:
      return Array.isArray(value) ? { ints: value } : { int: value as number }
    case binding.TF_ATTR_FLOAT:
      return { float: value as number }
    case binding.TF_ATTR_BOOL:
      return { bool: value as boolean }
    case binding.TF_ATTR_SHAPE:
      return { shape: value as number[] }
    default:
      throw new TraceError(`attribute ${name} is of a type that cannot be written down`)
  }
}

/** The binding's functions that write down what they are asked for. */
const recordingBinding = (binding: Binding, graph: Graph, known: Map<number, Known>): Partial<Binding> => ({
  executeOp: (op, opAttrs, inputs, count) => {
    const attrs = Object.fromEntries(opAttrs.map((attr) => [attr.name, attrOf(attr, binding)]))
    const given = inputs.map((id) => known.get(id) ?? outside(op))
    const refs = given.map(({ place }) => place())
    const node = graph.add(op, refs, attrs)
    const shape = shapeRules[op]?.({ inputs: given, attrs })
    const outputs = shape ? [blank(binding, binding.TF_FLOAT, shape)] : binding.executeOp(op, opAttrs, inputs, count)
    for (const [index, output] of outputs.entries())
      known.set(output.id, { place: () => (index === 0 ? node : `${node}:${index}`), shape: output.shape })
    return outputs
  },
  createTensor: (shape, dtype, values) => {
    const id = binding.createTensor(shape, dtype, values)
    const constant = values as TypedValues
    known.set(id, { place: () => graph.constant(dtype, [...shape], constant), shape: [...shape], values: constant })
    return id
  },
  tensorDataSync: () => {
    throw new TraceError('the step reads values while it runs')
  },
})

const outside = (reader: string): never => {
  throw new TraceError(`${reader} reads a tensor that was made outside of the step`)
}

/**
 * Runs a function with every operation that goes to TensorFlow also written down in a graph. The operations are run, since tfjs needs the
 * shapes of what they give, but for the costly ones, of which the shape is known.
 */
export const record = <Result>(backend: NodeBackend, graph: Graph, run: (places: Places) => Result): Result => {
  const { binding } = backend
  const known = new Map<number, Known>()
  const idOf = (tensor: TensorInfo): number => backend.getInputTensorIds([tensor])[0] as number
  // The binding's own functions cannot be replaced, so they are hidden behind these.
  backend.binding = Object.create(binding, Object.getOwnPropertyDescriptors(recordingBinding(binding, graph, known))) as Binding
  try {
    return run({
      set: (tensor, place) => known.set(idOf(tensor), { place, shape: tensor.shape }),
      get: (tensor, reader) => (known.get(idOf(tensor)) ?? outside(reader)).place(),
    })
  } finally {
    backend.binding = binding
  }
}
