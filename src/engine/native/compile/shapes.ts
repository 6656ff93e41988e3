import type { Attr } from './attr.ts'

type Shape = readonly number[]
type Operation = {
  /** Shapes, and values of those that are constants. */
  inputs: readonly { shape: Shape; values?: ArrayLike<number> }[]
  attrs: Readonly<Record<string, Attr>>
}
/** Shape of an operation's output, of the type of its first attribute `T`; null where it has to be run to be known. */
type ShapeRule = (operation: Operation) => Shape | null

const ints = (attr: Attr | undefined): readonly number[] => (attr && 'ints' in attr ? attr.ints : [])
const isTrue = (attr: Attr | undefined): boolean => attr !== undefined && 'bool' in attr && attr.bool
const text = (attr: Attr | undefined): string => (attr && 'string' in attr ? attr.string : '')

/** Places of a window along an axis, as TensorFlow counts them. */
const places = (size: number, window: number, { stride, padding }: { stride: number; padding: string }): number =>
  padding === 'SAME' ? Math.ceil(size / stride) : Math.ceil((size - window + 1) / stride)

/** [batch, height, width, …] of windows over an NHWC input; null for paddings given in numbers and for other layouts. */
const windows = (input: Shape, window: Shape, attrs: Operation['attrs']): number[] | null => {
  const padding = text(attrs.padding)
  const [batch, height, width] = input as [number, number, number]
  if (text(attrs.data_format) !== 'NHWC' || padding === 'EXPLICIT') return null
  const [[, down = 1, right = 1], [, dilatedDown = 1, dilatedRight = 1]] = [ints(attrs.strides), ints(attrs.dilations)]
  const extent = (size: number | undefined, dilation: number) => ((size ?? 1) - 1) * dilation + 1
  return [
    batch,
    places(height, extent(window[0], dilatedDown), { stride: down, padding }),
    places(width, extent(window[1], dilatedRight), { stride: right, padding }),
  ]
}

const at = (values: ArrayLike<number>, index: number): number => values[index] as number
const shapeAt = ({ inputs }: Operation, index: number): Shape => inputs[index]?.shape ?? []

const convolution: ShapeRule = (operation) => {
  const filter = shapeAt(operation, 1)
  const output = windows(shapeAt(operation, 0), filter, operation.attrs)
  return output && [...output, filter[3] as number]
}
const depthwise: ShapeRule = (operation) => {
  const filter = shapeAt(operation, 1)
  const output = windows(shapeAt(operation, 0), filter, operation.attrs)
  return output && [...output, (filter[2] as number) * (filter[3] as number)]
}
const pool: ShapeRule = (operation) => {
  const input = shapeAt(operation, 0)
  const output = windows(input, ints(operation.attrs.ksize).slice(1), operation.attrs)
  return output && [...output, input[3] as number]
}
/** Null where the factors are no matrices, or their leading axes differ and one is repeated. */
const matrixProduct: ShapeRule = (operation) => {
  const [a, b, { adj_x, adj_y }] = [shapeAt(operation, 0), shapeAt(operation, 1), operation.attrs]
  const leading = a.slice(0, -2)
  if (a.length < 2 || leading.join() !== b.slice(0, -2).join()) return null
  return [...leading, a.at(isTrue(adj_x) ? -1 : -2) as number, b.at(isTrue(adj_y) ? -2 : -1) as number]
}
const likeFirst: ShapeRule = (operation) => shapeAt(operation, 0)
const given =
  (index: number): ShapeRule =>
  ({ inputs }) => {
    const shape = inputs[index]?.values
    return shape ? Array.from(shape) : null
  }

const padded: ShapeRule = (operation) => {
  const paddings = operation.inputs[1]?.values
  return paddings ? shapeAt(operation, 0).map((extent, axis) => extent + at(paddings, 2 * axis) + at(paddings, 2 * axis + 1)) : null
}
/** Of all inputs but the last, which is the axis. */
const joined: ShapeRule = ({ inputs }) => {
  const [axis, parts] = [inputs.at(-1)?.values?.[0], inputs.slice(0, -1)]
  if (axis === undefined) return null
  const extent = parts.reduce((sum, { shape }) => sum + (shape.at(axis) as number), 0)
  return (parts[0]?.shape ?? []).with(axis, extent)
}

/** The operations that take nearly all of a step's time or memory. Their shapes are known beforehand, so that writing a step down need not run them. */
export const shapeRules: Readonly<Record<string, ShapeRule>> = {
  Conv2D: convolution,
  Conv2DBackpropFilter: given(1),
  Conv2DBackpropInput: given(0),
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropFilter: given(1),
  DepthwiseConv2dNativeBackpropInput: given(0),
  BatchMatMulV2: matrixProduct,
  MaxPool: pool,
  AvgPool: pool,
  MaxPoolGrad: likeFirst,
  AvgPoolGrad: given(0),
  BiasAdd: likeFirst,
  Relu: likeFirst,
  ReluGrad: likeFirst,
  Slice: given(2),
  PadV2: padded,
  ConcatV2: joined,
}
