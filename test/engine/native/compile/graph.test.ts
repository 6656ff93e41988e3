import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { DATA_TYPES } from '../../../../src/engine/native/compile/attr.ts'
import { after, makeGraph } from '../../../../src/engine/native/compile/graph.ts'

type Plain = { metaGraphsList: { metaInfoDef: { tagsList: string[] }; graphDef: { nodeList: PlainNode[] } }[] }
type PlainNode = { name: string; op: string; inputList: string[]; attrMap: [string, Record<string, unknown>][] }

const { SavedModel } = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js')
const parsed = (bytes: Uint8Array): Plain => SavedModel.deserializeBinary(bytes).toObject()
const nodesOf = (graph: ReturnType<typeof makeGraph>): PlainNode[] => parsed(graph.serialize()).metaGraphsList[0]?.graphDef.nodeList ?? []

test('nodes, their inputs and attributes are written down', () => {
  const graph = makeGraph()
  const x = graph.add('Placeholder', [], { dtype: { type: 1 }, shape: { shape: [2, 3] } })
  graph.add('Conv2D', [x, `${x}:1`, ...after(['n7', 'n8:1'])], {
    strides: { ints: [1, 2, 2, 1] },
    padding: { string: 'SAME' },
    f: { float: 0.5 },
  })
  const [placeholder, conv] = nodesOf(graph) as [PlainNode, PlainNode]
  expect(placeholder).toMatchObject({ name: x, op: 'Placeholder' })
  expect(conv).toMatchObject({ op: 'Conv2D', inputList: [x, `${x}:1`, '^n7', '^n8'] })
  const attrs = Object.fromEntries(conv.attrMap)
  expect(attrs.strides).toMatchObject({ list: { iList: [1, 2, 2, 1] } })
  expect(Buffer.from(attrs.padding?.s as string, 'base64').toString()).toBe('SAME')
  expect(attrs.f).toMatchObject({ f: 0.5 })
})

test('the same constant is one node; type, shape and every bit count', () => {
  const graph = makeGraph()
  const { float32, int32 } = DATA_TYPES
  const first = graph.constant(float32, [2], Float32Array.of(1, 0))
  expect(graph.constant(float32, [2], Float32Array.of(1, 0))).toBe(first)
  const others = [
    graph.constant(float32, [1, 2], Float32Array.of(1, 0)),
    graph.constant(float32, [2], Float32Array.of(1, -0)),
    graph.constant(int32, [2], Int32Array.of(1, 0)),
    graph.constant(float32, [2], Float32Array.of(0, 0)),
    graph.constant(float32, [2], Float32Array.of(-0, -0)),
  ]
  expect(new Set([first, ...others]).size).toBe(6)
})

test('a large constant of one number takes no space', () => {
  const graph = makeGraph()
  for (const values of [new Float32Array(1e6), new Int32Array(1e6).fill(7), new Uint8Array(1e6).fill(1)])
    graph.constant(values instanceof Float32Array ? 1 : values instanceof Int32Array ? 3 : 10, [1000, 1000], values)
  expect(graph.serialize().length).toBeLessThan(1000)
})
