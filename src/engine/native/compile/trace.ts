import * as tf from '@tensorflow/tfjs-core'
import type { FunctionSpec, FusedOp, TensorSpec, Tensors } from '../../engine.ts'
import type { NodeBackend } from '../load.ts'
import { type Attr, DATA_TYPES, type DataType } from './attr.ts'
import { blank } from './blank.ts'
import { addFeed, type Feed } from './feed.ts'
import { after, type Graph, type Ref } from './graph.ts'
import { type Places, record } from './record.ts'
import type { Variables } from './variables.ts'

/** A function in the graph: what to feed and what to fetch. */
export type Traced = {
  inputs: readonly { name: string; feed: Feed }[]
  /** Names of the outputs, and where each is fetched; one more place where there are none, so that there is something to fetch. */
  outputs: readonly string[]
  fetches: readonly Ref[]
}

export type TraceContext = { backend: NodeBackend; graph: Graph; variables: Variables }

/**
 * Writes a function down in the graph by running it once, on memory without values.
 * @throws TraceError where it cannot be written down
 */
export const traceFunction = (spec: FunctionSpec, context: TraceContext): Traced => {
  const { backend, graph, variables } = context
  const fed = Object.entries(spec.inputs).map(([name, input]) => ({ name, feed: addFeed(graph, input) }))
  variables.forgetReads()
  tf.engine().startScope()
  try {
    const inputs = blanks(spec.inputs, context)
    const state = blanks(variables.specs, context)
    const results = record(backend, graph, (places) => {
      for (const { name, feed } of fed) places.set(inputs[name] as tf.Tensor, () => feed.ref)
      for (const [name, tensor] of Object.entries(state)) places.set(tensor, () => variables.read(name))
      return addResults(spec.run(inputs, state), places, context)
    })
    return { inputs: fed, ...results }
  } finally {
    tf.engine().endScope()
  }
}

const blanks = (specs: Readonly<Record<string, TensorSpec>>, { backend }: TraceContext): Tensors =>
  Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      backend.createOutputTensor(blank(backend.binding, DATA_TYPES[dtype], shape)),
    ]),
  )

type Results = Pick<Traced, 'outputs' | 'fetches'>

const addResults = ({ outputs, updates }: ReturnType<FunctionSpec['run']>, places: Places, context: TraceContext): Results => {
  const { graph } = context
  const values = Object.entries(outputs).map(([name, tensor]) => ({
    ref: places.get(tensor, `the output ${name}`),
    type: DATA_TYPES[tensor.dtype as keyof typeof DATA_TYPES],
  }))
  const done = changesOf(updates, places, context).map((change) => addChange(change, context))
  if (values.length === 0) values.push({ ref: graph.constant(DATA_TYPES.float32, [], Float32Array.of(0)), type: DATA_TYPES.float32 })
  return { outputs: Object.keys(outputs), fetches: values.map(({ ref, type }) => addFetch(ref, type, { done, graph })) }
}

const changesOf = (updates: Updates, places: Places, context: TraceContext): Change[] =>
  (updates ?? []).flatMap(({ pure, fused }) =>
    fused ? [fusedChange(fused, places, context)] : Object.entries(pure()).map((entry) => assignment(entry, places, context)),
  )

const float = { type: DATA_TYPES.float32 }

type Updates = ReturnType<FunctionSpec['run']>['updates']

/** A node that changes variables, ready to be added: all that it reads is in the graph. */
type Change = { variables: readonly string[]; op: string; inputs: readonly Ref[]; attrs: Readonly<Record<string, Attr>> }

/** TensorFlow's own update of variables in place. */
const fusedChange = ({ op, inputs, attrs }: FusedOp, places: Places, { graph, variables }: TraceContext): Change => ({
  variables: inputs.filter((input) => typeof input === 'string'),
  op,
  inputs: inputs.map((input) => {
    if (typeof input === 'string') return variables.handle(input)
    if (typeof input === 'number') return graph.constant(DATA_TYPES.float32, [], Float32Array.of(input))
    return places.get(input, op)
  }),
  attrs: { T: float, ...Object.fromEntries(Object.entries(attrs).map(([name, bool]) => [name, { bool }])) },
})

const assignment = ([name, value]: [string, tf.Tensor], places: Places, { variables }: TraceContext): Change => ({
  variables: [name],
  op: 'AssignVariableOp',
  inputs: [variables.handle(name), places.get(value, `the update of ${name}`)],
  attrs: { dtype: float },
})

/** Every reading of a variable comes before its change: all updates and outputs are of the state as it was before the call. */
const addChange = ({ variables: changed, op, inputs, attrs }: Change, { graph, variables }: TraceContext): Ref =>
  graph.add(op, [...inputs, ...after(changed.flatMap((name) => variables.readsOf(name)))], attrs)

/** An output, fetched after the changes, so that one call does both. */
const addFetch = (ref: Ref, type: DataType, { done, graph }: { done: readonly Ref[]; graph: Graph }): Ref =>
  graph.add('Identity', [ref, ...after(done)], { T: { type } })
