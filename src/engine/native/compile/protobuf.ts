import { requireTfjsNode } from '../tfjs_node.ts'

/** Setters of a protobuf message, by the names that the generated classes of tfjs-node have. */
type Message<Fields> = { [F in keyof Fields & string as `set${Capitalize<F>}`]: (value: Fields[F]) => void } & {
  serializeBinary: () => Uint8Array
}

export type ShapeMessage = Message<{ dimList: unknown[] }>
type TensorMessage = Message<{
  dtype: number
  tensorShape: ShapeMessage
  tensorContent: Uint8Array
  floatValList: number[]
  intValList: number[]
  boolValList: boolean[]
}>
export type AttrMessage = Message<{
  type: number
  s: Uint8Array
  i: number
  f: number
  b: boolean
  shape: ShapeMessage
  tensor: TensorMessage
  list: Message<{ iList: number[] }>
}>
export type NodeMessage = Message<{ name: string; op: string; inputList: string[] }> & {
  getAttrMap: () => { set: (name: string, value: AttrMessage) => void }
}
type GraphMessage = Message<{ versions: unknown; nodeList: NodeMessage[] }>
type MetaGraphMessage = Message<{ metaInfoDef: unknown; graphDef: GraphMessage }>

type Messages = {
  GraphDef: new () => GraphMessage
  VersionDef: new () => Message<{ producer: number }>
  NodeDef: new () => NodeMessage
  AttrValue: (new () => AttrMessage) & { ListValue: new () => Message<{ iList: number[] }> }
  Tensor: new () => TensorMessage
  TensorShape: (new () => ShapeMessage) & { Dim: new () => Message<{ size: number }> }
  MetaGraphDef: (new () => MetaGraphMessage) & { MetaInfoDef: new () => Message<{ tagsList: string[] }> }
  SavedModel: new () => Message<{ savedModelSchemaVersion: number; metaGraphsList: MetaGraphMessage[] }>
}

/** The messages of TensorFlow's graph format as far as ferment writes them: the classes that tfjs-node itself ships. */
export const messages = requireTfjsNode('dist/proto/api_pb.js') as Messages
