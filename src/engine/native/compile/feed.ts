import type { TensorSpec } from '../../engine.ts'
import { DATA_TYPES } from './attr.ts'
import type { Graph, Ref } from './graph.ts'

/** What is handed to the graph: `fed` is where, `ref` its value in there. */
export type Feed = { spec: TensorSpec; fed: Ref; ref: Ref }

/**
 * Adds an input, copied inside the graph. The binding lends TensorFlow the memory of a typed array, and whichever thread drops the last use
 * deletes Node's reference to it; Node allows that on its own thread only. A variable that kept an input was dropped by threads of TensorFlow, and two
 * of them at once corrupted Node's memory. A copy is TensorFlow's own.
 */
export const addFeed = (graph: Graph, spec: TensorSpec): Feed => {
  const type = { type: DATA_TYPES[spec.dtype] }
  const fed = graph.add('Placeholder', [], { dtype: type, shape: { shape: spec.shape } })
  return { spec, fed, ref: graph.add('DeepCopy', [fed], { T: type }) }
}
