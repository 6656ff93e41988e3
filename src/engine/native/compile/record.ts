import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Binding, NodeBackend } from '../load.ts'
import { type CastRecorder, LOW_TYPES } from '../low_precision.ts'
import { type Attr, DATA_TYPES, type DataType, type TypedValues } from './attr.ts'
import { blank } from './blank.ts'
import type { Graph, Ref } from './graph.ts'
import { shapeRules } from './shapes.ts'
import { TraceError } from './trace_error.ts'

type OpAttr = Parameters<Binding['executeOp']>[1][number]

/**
 * What is known of a tensor of the binding: where it is in the graph, its shape, its values if it is a constant, and its type in the graph:
 * what is float32 to tfjs may be a type of 16 bits there.
 */
type Known = { place: () => Ref; shape: readonly number[]; type: DataType; values?: TypedValues }

/** Where tensors are in the graph. */
export type Places = {
  /** Notes that a tensor is an input or a part of the state: `place` is asked for when it is read. */
  set: (tensor: TensorInfo, place: () => Ref) => void
  /** @throws TraceError for a tensor that comes from outside the traced function */
  get: (tensor: TensorInfo, reader: string) => Ref
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
      set: (tensor, place) =>
        known.set(idOf(tensor), { place, shape: tensor.shape, type: DATA_TYPES[tensor.dtype as keyof typeof DATA_TYPES] }),
      get: (tensor, reader) => {
        const found = known.get(idOf(tensor)) ?? outside(reader)
        return lowTypes.has(found.type) ? addCast(graph, found, float32) : found.place()
      },
    })
  } finally {
    backend.binding = binding
  }
}

/** The binding's functions that write down what they are asked for. */
const recordingBinding = (binding: Binding, graph: Graph, known: Map<number, Known>): Partial<Binding> & CastRecorder => {
  const knownOf = (id: number, reader: string): Known => known.get(id) ?? outside(reader)
  /** A tensor of float32 for tfjs, without values, for one of the graph. */
  const stand = (id: number, type: DataType) => {
    const from = knownOf(id, 'Cast')
    const made = blank(binding, binding.TF_FLOAT, from.shape)
    const node = addCast(graph, from, type)
    known.set(made.id, { place: () => node, shape: from.shape, type })
    return made
  }
  return {
    lower: (id, type) => stand(id, LOW_TYPES[type]),
    raise: (id) => stand(id, float32),
    executeOp: (op, opAttrs, inputs, count) => {
      const given = inputs.map((id) => knownOf(id, op))
      const asked = Object.fromEntries(opAttrs.map((attr) => [attr.name, attrOf(attr, binding)]))
      const { refs, attrs, result } = typed(graph, given, asked)
      const node = graph.add(op, refs, attrs)
      const shape = isFloat(asked.T) ? shapeRules[op]?.({ inputs: given, attrs }) : null
      const outputs = shape ? [blank(binding, binding.TF_FLOAT, shape)] : binding.executeOp(op, opAttrs, inputs, count)
      for (const [index, { id, shape, dtype }] of outputs.entries()) {
        const type = dtype === binding.TF_FLOAT ? result : dtype
        known.set(id, { place: () => (index === 0 ? node : `${node}:${index}`), shape, type })
      }
      return outputs
    },
    createTensor: (shape, dtype, values) => {
      const id = binding.createTensor(shape, dtype, values)
      const constant = values as TypedValues
      known.set(id, { place: () => graph.constant(dtype, [...shape], constant), shape: [...shape], type: dtype, values: constant })
      return id
    },
    tensorDataSync: () => {
      throw new TraceError('the step reads values while it runs')
    },
  }
}

const outside = (reader: string): never => {
  throw new TraceError(`${reader} reads a tensor that was made outside of the step`)
}

const lowTypes = new Set(Object.values(LOW_TYPES))
const { float32 } = DATA_TYPES

const addCast = (graph: Graph, { place, type }: Known, to: DataType): Ref =>
  type === to ? place() : graph.add('Cast', [place()], { SrcT: { type }, DstT: { type: to }, Truncate: { bool: false } })

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

/** The attributes that name the type of an operation's float inputs. */
const INPUT_TYPES = ['T', 'SrcT']

/** An operation as it is written down: in a type of 16 bits where one of its inputs is, its other float inputs cast to it. */
const typed = (graph: Graph, given: readonly Known[], attrs: Readonly<Record<string, Attr>>) => {
  const low = given.find(({ type }) => lowTypes.has(type))?.type
  if (low === undefined) return { refs: given.map(({ place }) => place()), attrs, result: float32 }
  const lowered = ([name, attr]: [string, Attr]): [string, Attr] => [
    name,
    INPUT_TYPES.includes(name) && isFloat(attr) ? { type: low } : attr,
  ]
  return {
    refs: given.map((input) => (input.type === float32 ? addCast(graph, input, low) : input.place())),
    attrs: Object.fromEntries(Object.entries(attrs).map(lowered)),
    result: 'T' in attrs ? low : float32,
  }
}

const isFloat = (attr: Attr | undefined): boolean => attr !== undefined && 'type' in attr && attr.type === float32
