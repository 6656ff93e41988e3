import type { Model } from '../../../schema/recipe.ts'

/**
 * SHA-256 of the values of published weights: their tensors one after another, in the order of the network, as little-endian float32.
 * VGG16: the 26 tensors of Keras applications' file without its top.
 */
const STARTING_WEIGHTS_SHA256 = { vgg16_imagenet: 'd9a27cc1fc7f975ef8cff49180e794ccd7c4bc868ebb49740803b3bbaa8dbefd' }

/** Hashes of the published weights that a network starts from, in the order of its layers; none where all of it is drawn from the seed. */
export const startingWeights = ({ layers }: Model): readonly string[] =>
  layers.flatMap((layer) => (layer.kind === 'vgg16' && layer.weights !== null ? [STARTING_WEIGHTS_SHA256.vgg16_imagenet] : []))
