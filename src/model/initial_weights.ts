import { elements } from '../elements.ts'
import type { State } from '../engine/engine.ts'
import { randomOf } from '../random.ts'
import { initializers } from './initializers.ts'
import type { Network, WeightSpec } from './network.ts'

/** Values of a published tensor, e.g. `block1_conv1/kernel`. */
export type PretrainedReader = (tensor: string) => { shape: readonly number[]; values: Float32Array }

/**
 * The weights a run starts from. Each weight has a stream of random numbers of its own, by its name: adding a layer does not change the
 * others. `reader` is needed where a weight is `pretrained` (`openVgg16`).
 */
export const initialWeights = ({ weights }: Pick<Network, 'weights'>, seed: number, reader?: PretrainedReader): State =>
  Object.fromEntries(
    weights.map((weight) => {
      const { name, shape, initializer } = weight
      const published = pretrainedValues(weight, reader)
      if (published) return [name, { shape, values: published }]
      const values = new Float32Array(elements(shape))
      initializers[initializer](values, shape, randomOf({ seed, purpose: 'weights', at: [name] }))
      return [name, { shape, values }]
    }),
  )

const pretrainedValues = ({ name, shape, pretrained }: WeightSpec, reader: PretrainedReader | undefined): Float32Array | null => {
  if (!pretrained) return null
  if (!reader) throw new Error(`${name} starts from ${pretrained.weights}, which was not opened`)
  const published = reader(pretrained.tensor)
  if (published.shape.join() !== shape.join()) {
    throw new Error(`${pretrained.tensor} of ${pretrained.weights} has shape [${published.shape}], not [${shape}] as ${name}`)
  }
  return published.values
}
