import h5wasm, { type File as H5File } from 'h5wasm/node'
import type { StoredTensor, TensorReader } from './stored_tensor.ts'

/** What of h5wasm's objects is used here; its own types make a union of all that an HDF5 file may hold. */
type Node = { type: string; attrs: Readonly<Record<string, { value: unknown }>> }
type Tensor = Node & { shape: number[] | null; dtype: unknown; value: unknown }
type Group = Node & { keys: () => string[]; get: (name: string) => Group | Tensor | null }

/** The tensors of an HDF5 file of weights or of a whole model, as Keras 1, 2 and 3 write them. */
export const withKerasH5: TensorReader = async (path, use) => {
  const file = await opened(path)
  try {
    const root = file as unknown as Group
    const weights = root.get('model_weights')
    const legacy = isGroup(weights) ? weights : root
    return use('layer_names' in legacy.attrs ? byLayers(legacy) : byGroups(root))
  } finally {
    file.close()
  }
}

const opened = async (path: string): Promise<H5File> => {
  const library = await h5wasm.ready
  // Else it prints a page for each error, and goes on.
  library.activate_throwing_error_handler()
  try {
    return new h5wasm.File(path, 'r')
  } catch (error) {
    const cause = causeOf(error)
    const [, bytes, of] = /truncated file: eof = (\d+), .*stored_eof = (\d+)/.exec(cause) ?? []
    throw new Error(bytes && of ? `is cut short: it has ${bytes} of ${of} bytes` : `cannot be read as HDF5: ${cause}`)
  }
}

/** Of the library's page about what went wrong, the cause. */
const causeOf = (error: unknown): string => {
  const lines = (error as Error).message.split('\n').filter((line) => /^ *#\d+: /.test(line))
  return lines.at(-1)?.replace(/^.*?\(\): /, '') ?? (error as Error).message
}

const isGroup = (node: Node | null): node is Group => node?.type === 'Group'

/** `.h5` of any Keras: an attribute `layer_names`, for each layer a group with an attribute `weight_names` and the tensors that it names. */
const byLayers = (root: Group): StoredTensor[] =>
  namesIn(root, 'layer_names').flatMap((layer) => {
    const group = root.get(layer)
    if (!isGroup(group)) throw new Error(`has no layer ${layer}`)
    return tensorsOf(layer, group)
  })

/** An attribute that lists names; an empty list is stored as an empty array of numbers, or not at all. */
const namesIn = ({ attrs }: Node, attribute: string): readonly string[] => {
  const value = attrs[attribute]?.value
  return Array.isArray(value) ? value : []
}

const tensorsOf = (layer: string, group: Group): StoredTensor[] =>
  namesIn(group, 'weight_names').map((weight) => {
    const [name, tensor] = [`${layer}/${weight}`, group.get(weight)]
    if (!isTensor(tensor)) throw new Error(`names ${name} and does not hold it`)
    return stored(tensor, name)
  })

const isTensor = (node: Node | null): node is Tensor => node?.type === 'Dataset'

const stored = (tensor: Tensor, name: string): StoredTensor => ({ name, shape: tensor.shape ?? [], read: () => valuesOf(tensor, name) })

const valuesOf = (tensor: Tensor, name: string): Float32Array => {
  const { dtype } = tensor
  if (dtype !== '<f' && dtype !== '<d') throw new Error(`has no values of float32 or float64 for ${name}`)
  const { value } = tensor
  return value instanceof Float32Array ? value : Float32Array.from(value as Float64Array)
}

/** `conv2d_2` before `conv2d_10`. */
const inNaturalOrder = new Intl.Collator('en', { numeric: true }).compare

/**
 * `.weights.h5` of Keras 3: a group a layer, named by its class and number (`layers/conv2d_1/vars/0`). Where the file knows the layer's own name,
 * an attribute of `vars`, it stands in place of that. The optimizer's variables are left out.
 */
const byGroups = (group: Group, path: readonly string[] = []): StoredTensor[] =>
  [...group.keys()].sort(inNaturalOrder).flatMap((key) => {
    const node = group.get(key)
    if (isTensor(node)) return [stored(node, [...path, key].join('/'))]
    if (!isGroup(node) || (path.length === 0 && key === 'optimizer')) return []
    const vars = node.get('vars')
    const own = vars?.attrs.name?.value
    return byGroups(node, [...path, typeof own === 'string' ? own : key])
  })
