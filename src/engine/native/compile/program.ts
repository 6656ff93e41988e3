import type { Arrays, FunctionSpec, Program, State } from '../../engine.ts'
import type { NodeBackend } from '../load.ts'
import { DATA_TYPES } from './attr.ts'
import { addFeed, type Feed } from './feed.ts'
import { after, type Graph, makeGraph, type Ref } from './graph.ts'
import { type GraphSession, openSession } from './session.ts'
import { type Traced, traceFunction } from './trace.ts'
import { addVariables, type Variables } from './variables.ts'

/** A way to read and to replace one variable. */
type Access = { name: string; feed: Feed; written: Ref; read: Ref }

const float = { type: DATA_TYPES.float32 }

/**
 * Functions written down as one TensorFlow graph, each run in one call, over a state of TensorFlow's own variables.
 * @throws TraceError where a function cannot be written down
 */
export const compiledProgram = async (
  backend: NodeBackend,
  functions: Readonly<Record<string, FunctionSpec>>,
  state: State,
): Promise<Program> => {
  const graph = makeGraph()
  const variables = addVariables(graph, state)
  const traced = Object.fromEntries(
    Object.entries(functions).map(([name, spec]) => [name, traceFunction(spec, { backend, graph, variables })]),
  )
  const access = addAccess(graph, variables)
  const session = openSession(backend.binding, graph.serialize())
  const { read, write } = makeAccess(session, access)
  await write(Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, values])))
  return { call: makeCall(session, traced), read, write, dispose: session.close }
}

const addAccess = (graph: Graph, variables: Variables): Access[] => {
  variables.forgetReads()
  const one = graph.constant(DATA_TYPES.float32, [], Float32Array.of(1))
  return Object.entries(variables.specs).map(([name, spec]) => {
    const feed = addFeed(graph, spec)
    const assign = graph.add('AssignVariableOp', [variables.handle(name), feed.ref], { dtype: float })
    return {
      name,
      feed,
      written: graph.add('Identity', [one, ...after([assign])], { T: float }),
      read: variables.read(name),
    }
  })
}

const makeAccess = (session: GraphSession, access: readonly Access[]): Pick<Program, 'read' | 'write'> => ({
  read: async () => {
    const values = session.run(
      [],
      access.map(({ read }) => read),
    )
    return Object.fromEntries(access.map(({ name }, index) => [name, values[index] as Float32Array]))
  },
  write: async (state) => {
    const known = new Map(access.map((one) => [one.name, one]))
    const writes = Object.entries(state).map(([name, values]) => {
      const one = known.get(name)
      if (!one) throw new Error(`the state has no ${name}`)
      return { written: one.written, feed: { ...one.feed, values } }
    })
    if (writes.length === 0) return
    session.run(
      writes.map(({ feed }) => feed),
      writes.map(({ written }) => written),
    )
  },
})

const makeCall =
  (session: GraphSession, traced: Readonly<Record<string, Traced>>): Program['call'] =>
  async (name, arrays) => {
    const called = traced[name]
    if (!called) throw new Error(`no function ${name} was loaded`)
    const values = session.run(feedsOf(name, called, arrays), called.fetches)
    return Object.fromEntries(called.outputs.map((output, index) => [output, values[index] as Float32Array]))
  }

const feedsOf = (name: string, { inputs }: Traced, arrays: Arrays) =>
  inputs.map(({ name: input, feed }) => {
    const values = arrays[input]
    if (!values) throw new Error(`function ${name} was not given its input ${input}`)
    return { ...feed, values }
  })
