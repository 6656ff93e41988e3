import type { Layer, Model } from '../../schema/recipe.ts'
import { buildNetwork } from '../../src/model/build_network.ts'
import type { Network } from '../../src/model/network.ts'
import { withDefaults } from '../schema_defaults.ts'

/** A layer with the recipe language's defaults. */
export const layer = (spec: { kind: Layer['kind'] } & Record<string, unknown>): Layer => withDefaults<Layer>('layer', spec)

export const modelOf = (...specs: (Parameters<typeof layer>[0] | Layer)[]): Model => ({
  layers: specs.map((spec) => layer(spec as Parameters<typeof layer>[0])),
})

const conv = (filters: number) => ({ kind: 'conv2d', filters, kernel_size: 3, padding: 'same', activation: 'relu' }) as const
const POOL = { kind: 'max_pooling2d' } as const
const HEAD = [
  { kind: 'flatten' },
  { kind: 'dense', units: 128, activation: 'relu' },
  { kind: 'dropout', rate: 0.3 },
  { kind: 'dense', units: 7, activation: 'softmax' },
] as const

/** The paper's two networks. */
export const BASE_CNN = modelOf(
  ...[conv(64), conv(64), POOL, conv(128), POOL, conv(256), conv(256), POOL, conv(512), conv(512), POOL],
  ...HEAD,
)
export const VGG16_NET = modelOf({ kind: 'vgg16' }, ...HEAD)

/** The network of a model that fits. */
export const networkOf = (model: Model, inputShape: readonly number[], classes = 7): Network => {
  const built = buildNetwork(model, inputShape, classes)
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'))
  return built.network
}
