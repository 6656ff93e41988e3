import type { Model } from '../../../schema/recipe.ts'
import { STARTING_WEIGHTS_SHA256 } from './vgg16_values.ts'

/** Hashes of the published weights that a network starts from, in the order of its layers; none where all of it is drawn from the seed. */
export const startingWeights = ({ layers }: Model): readonly string[] =>
  layers.flatMap((layer) => (layer.kind === 'vgg16' && layer.weights !== null ? [STARTING_WEIGHTS_SHA256.vgg16_imagenet] : []))
