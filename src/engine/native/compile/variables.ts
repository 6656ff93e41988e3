import type { State, TensorSpec } from '../../engine.ts'
import { DATA_TYPES } from './attr.ts'
import type { Graph, Ref } from './graph.ts'

/** The state as resource variables of the graph, which stay in TensorFlow between calls. */
export type Variables = {
  specs: Readonly<Record<string, TensorSpec>>
  handle: (name: string) => Ref
  /** The variable's value; one node a function, however often it is asked for. */
  read: (name: string) => Ref
  /** The nodes of the current function that read a variable: whatever changes it has to come after them. */
  readsOf: (name: string) => readonly Ref[]
  /** Begins a function: one function's reading is not ordered by another's. */
  forgetReads: () => void
}

const float = { type: DATA_TYPES.float32 }

/** Names of variables are numbers for TensorFlow, so that any name will do. */
export const addVariables = (graph: Graph, state: State): Variables => {
  const handles = new Map(
    Object.entries(state).map(([name, { shape }], index): [string, Ref] => [
      name,
      graph.add('VarHandleOp', [], { dtype: float, shape: { shape }, shared_name: { string: `v${index}` }, container: { string: '' } }),
    ]),
  )
  const handle = (name: string): Ref => {
    const ref = handles.get(name)
    if (ref === undefined) throw new Error(`the state has no ${name}`)
    return ref
  }
  const reads = new Map<string, Ref>()
  return {
    specs: Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, { shape, dtype: 'float32' }])),
    handle,
    read: (name) => {
      const ref = reads.get(name) ?? graph.add('ReadVariableOp', [handle(name)], { dtype: float })
      reads.set(name, ref)
      return ref
    },
    readsOf: (name) => [reads.get(name) ?? []].flat(),
    forgetReads: () => reads.clear(),
  }
}
