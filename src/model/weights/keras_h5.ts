import h5wasm from 'h5wasm/node'

export type PublishedTensor = { shape: readonly number[]; values: Float32Array }

/** What of h5wasm's objects is used here; its own types make a union of all that an HDF5 file may hold. */
type Attributed = { attrs: Readonly<Record<string, { value: unknown }>> }
type Tensor = { shape: number[] | null; value: unknown }
type Group = Attributed & { get: (name: string) => (Group & Tensor) | null }

/** An attribute that lists names; an empty list is stored as an empty array of numbers, or not at all. */
const namesIn = ({ attrs }: Attributed, attribute: string): readonly string[] => {
  const value = attrs[attribute]?.value
  return Array.isArray(value) ? value : []
}

const tensorsOf = (layer: string, group: Group): [string, PublishedTensor][] => {
  const names = namesIn(group, 'weight_names')
  const parts = ['kernel', 'bias']
  if (names.length > parts.length) throw new Error(`has ${names.length} weights for ${layer}`)
  return names.map((name, index) => {
    const tensor = group.get(name)
    if (!(tensor?.value instanceof Float32Array) || !tensor.shape) throw new Error(`has no float32 values for ${layer}/${name}`)
    return [`${layer}/${parts[index]}`, { shape: tensor.shape, values: tensor.value }]
  })
}

/**
 * The tensors of a file of weights as Keras 1 and 2 wrote it: an attribute `layer_names`, and for each layer a group with an attribute
 * `weight_names` and the tensors it names, the kernel before the bias. Here they are called `layer/kernel` and `layer/bias`.
 * @param path  a file known to be HDF5: the library prints a page about any other
 * @throws Error  what the file lacks, to follow its name
 */
export const readKerasH5 = async (path: string): Promise<ReadonlyMap<string, PublishedTensor>> => {
  await h5wasm.ready
  const file = new h5wasm.File(path, 'r')
  try {
    const root = file as unknown as Group
    return new Map(
      namesIn(root, 'layer_names').flatMap((layer) => {
        const group = root.get(layer)
        if (!group) throw new Error(`has no layer ${layer}`)
        return tensorsOf(layer, group)
      }),
    )
  } finally {
    file.close()
  }
}
