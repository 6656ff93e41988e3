import type { TensorSpec } from '../../engine.ts'
import { DATA_TYPES } from './attr.ts'
import type { Graph, Ref } from './graph.ts'

/** What is handed to the graph: `fed` is where, `ref` its value in there. */
export type Feed = { spec: TensorSpec; fed: Ref; ref: Ref }

/**
 * Adds an input. The binding lends TensorFlow the memory of a typed array, and deletes Node's reference to it on the thread that drops the
 * last use, where Node allows only its own. What a variable kept was dropped by TensorFlow's threads, two of which at once corrupted Node's
 * memory; so the graph sees a copy of its own.
 */
export const addFeed = (graph: Graph, spec: TensorSpec): Feed => {
  const type = { type: DATA_TYPES[spec.dtype] }
  const fed = graph.add('Placeholder', [], { dtype: type, shape: { shape: spec.shape } })
  return { spec, fed, ref: graph.add('DeepCopy', [fed], { T: type }) }
}
