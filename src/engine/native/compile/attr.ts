import { type AttrMessage, messages, type ShapeMessage } from './protobuf.ts'

/** TensorFlow's numbers for the types of values that tfjs has. */
export const DATA_TYPES = { float32: 1, int32: 3, bool: 10 } as const
export type DataType = number
export type TypedValues = Float32Array | Int32Array | Uint8Array

/** A value of a node's attribute. */
export type Attr =
  | { type: DataType }
  | { string: string }
  | { int: number }
  | { ints: readonly number[] }
  | { float: number }
  | { bool: boolean }
  | { shape: readonly number[] }
  | TensorAttr
/** `values`: all of them, or the one that is repeated. */
export type TensorAttr = { tensor: DataType; shape: readonly number[]; values: TypedValues }

export const attrMessage = (attr: Attr): AttrMessage => {
  const message = new messages.AttrValue()
  fill(message, attr)
  return message
}

const fill = (message: AttrMessage, attr: Attr): void => {
  if ('tensor' in attr) message.setTensor(tensorMessage(attr))
  else if ('type' in attr) message.setType(attr.type)
  else if ('string' in attr) message.setS(Buffer.from(attr.string))
  else if ('int' in attr) message.setI(attr.int)
  else if ('ints' in attr) message.setList(intsMessage(attr.ints))
  else if ('float' in attr) message.setF(attr.float)
  else if ('bool' in attr) message.setB(attr.bool)
  else message.setShape(shapeMessage(attr.shape))
}

const tensorMessage = ({ tensor, shape, values }: TensorAttr) => {
  const message = new messages.Tensor()
  message.setDtype(tensor)
  message.setTensorShape(shapeMessage(shape))
  // A list that is shorter than the shape repeats its last value; bytes have to be complete.
  if (values.length === 1 && tensor === DATA_TYPES.float32) message.setFloatValList([...values])
  else if (values.length === 1 && tensor === DATA_TYPES.int32) message.setIntValList([...values])
  else if (values.length === 1) message.setBoolValList([values[0] === 1])
  else message.setTensorContent(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return message
}

const shapeMessage = (shape: readonly number[]): ShapeMessage => {
  const message = new messages.TensorShape()
  const dims = shape.map((size) => {
    const dim = new messages.TensorShape.Dim()
    dim.setSize(size)
    return dim
  })
  message.setDimList(dims)
  return message
}

const intsMessage = (values: readonly number[]) => {
  const list = new messages.AttrValue.ListValue()
  list.setIList([...values])
  return list
}

/** A constant's value. One that repeats a single number, such as zeros of a large shape, is written as that number. */
export const tensorAttr = (type: DataType, shape: readonly number[], values: TypedValues): TensorAttr => {
  const uniform = values.every((value) => Object.is(value, values[0]))
  return { tensor: type, shape, values: uniform ? values.slice(0, 1) : values }
}
