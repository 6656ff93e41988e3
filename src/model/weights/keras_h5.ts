import h5wasm, { type File as H5File } from 'h5wasm/node'
import type { StoredTensor, TensorReader } from './stored_tensor.ts'

/** What of h5wasm's objects is used here; its own types make a union of all that an HDF5 file may hold. */
type Attributed = { attrs: Readonly<Record<string, { value: unknown }>> }
type Tensor = { shape: number[] | null; value: unknown }
type Group = Attributed & { get: (name: string) => (Group & Tensor) | null }

/** An attribute that lists names; an empty list is stored as an empty array of numbers, or not at all. */
const namesIn = ({ attrs }: Attributed, attribute: string): readonly string[] => {
  const value = attrs[attribute]?.value
  return Array.isArray(value) ? value : []
}

const valuesOf = ({ value }: Tensor, name: string): Float32Array => {
  if (value instanceof Float32Array) return value
  if (value instanceof Float64Array) return Float32Array.from(value)
  throw new Error(`has no floating-point values for ${name}`)
}

const tensorsOf = (layer: string, group: Group): StoredTensor[] =>
  namesIn(group, 'weight_names').map((weight) => {
    const [name, tensor] = [`${layer}/${weight}`, group.get(weight)]
    if (!tensor?.shape) throw new Error(`names ${name} and does not hold it`)
    return { name, shape: tensor.shape, read: () => valuesOf(tensor, name) }
  })

/** Keras 1 and 2, and `.h5` of Keras 3: an attribute `layer_names`, for each layer a group with an attribute `weight_names` and the tensors it names. */
const byLayers = (root: Group): StoredTensor[] =>
  namesIn(root, 'layer_names').flatMap((layer) => {
    const group = root.get(layer)
    if (!group) throw new Error(`has no layer ${layer}`)
    return tensorsOf(layer, group)
  })

/** Of the library's page about what went wrong, the cause. */
const causeOf = (error: unknown): string => {
  const lines = (error as Error).message.split('\n').filter((line) => /^ *#\d+: /.test(line))
  return lines.at(-1)?.replace(/^.*?\(\): /, '') ?? (error as Error).message
}

const opened = async (path: string): Promise<H5File> => {
  const library = await h5wasm.ready
  // Else it prints a page for each error, and goes on.
  library.activate_throwing_error_handler()
  try {
    return new h5wasm.File(path, 'r')
  } catch (error) {
    throw new Error(`cannot be read as HDF5: ${causeOf(error)}`)
  }
}

/** The tensors of an HDF5 file of weights or of a whole model, as Keras writes them. */
export const withKerasH5: TensorReader = async (path, use) => {
  const file = await opened(path)
  try {
    const root = file as unknown as Group
    return use(byLayers(root.get('model_weights') ?? root))
  } finally {
    file.close()
  }
}
