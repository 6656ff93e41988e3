import { type Attr, attrMessage, type DataType, type TypedValues, tensorAttr } from './attr.ts'
import { messages, type NodeMessage } from './protobuf.ts'

/** An output of a node: `name` for the first, `name:1` for the second. As a control input: `^name`. */
export type Ref = string

/** A TensorFlow graph that is being written down. */
export type Graph = {
  /** Adds a node. @returns its first output */
  add: (op: string, inputs: readonly Ref[], attrs: Readonly<Record<string, Attr>>) => Ref
  /** A constant; the same one twice is one node. */
  constant: (type: DataType, shape: readonly number[], values: TypedValues) => Ref
  /** The whole as a SavedModel without signatures, tag `serve`. */
  serialize: () => Uint8Array
}

/** The version of the graph format that TensorFlow 2.21 writes; older readers refuse it, newer ones take it. */
const GRAPH_VERSION = 1395

/** `after` as control inputs: the node runs once they have. */
export const after = (refs: readonly Ref[]): Ref[] => refs.map((ref) => `^${ref.split(':')[0]}`)

/** An empty graph. Nodes are named by number: the names of a recipe's layers need not be names to TensorFlow. */
export const makeGraph = (): Graph => {
  const nodes: NodeMessage[] = []
  const constants = new Map<string, Ref>()
  const add: Graph['add'] = (op, inputs, attrs) => {
    const name = `n${nodes.length}`
    nodes.push(nodeMessage(name, op, { inputs, attrs }))
    return name
  }
  return {
    add,
    constant: (type, shape, values) => {
      const value = tensorAttr(type, shape, values)
      const key = JSON.stringify([
        type,
        shape,
        Buffer.from(value.values.buffer, value.values.byteOffset, value.values.byteLength).toString('latin1'),
      ])
      const known = constants.get(key) ?? add('Const', [], { dtype: { type }, value })
      constants.set(key, known)
      return known
    },
    serialize: () => savedModel(nodes),
  }
}

const nodeMessage = (name: string, op: string, { inputs, attrs }: { inputs: readonly Ref[]; attrs: Readonly<Record<string, Attr>> }) => {
  const node = new messages.NodeDef()
  node.setName(name)
  node.setOp(op)
  node.setInputList([...inputs])
  for (const [key, attr] of Object.entries(attrs)) node.getAttrMap().set(key, attrMessage(attr))
  return node
}

const savedModel = (nodes: NodeMessage[]): Uint8Array => {
  const versions = new messages.VersionDef()
  versions.setProducer(GRAPH_VERSION)
  const graph = new messages.GraphDef()
  graph.setVersions(versions)
  graph.setNodeList(nodes)
  const info = new messages.MetaGraphDef.MetaInfoDef()
  info.setTagsList(['serve'])
  const metaGraph = new messages.MetaGraphDef()
  metaGraph.setMetaInfoDef(info)
  metaGraph.setGraphDef(graph)
  const model = new messages.SavedModel()
  model.setSavedModelSchemaVersion(1)
  model.setMetaGraphsList([metaGraph])
  return model.serializeBinary()
}
