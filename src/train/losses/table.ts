import type { Tensor } from '@tensorflow/tfjs-core'
import type { Loss } from '../../../schema/recipe.ts'
import { binary_crossentropy } from './binary_crossentropy.ts'
import { categorical_crossentropy } from './categorical_crossentropy.ts'
import { categorical_focal_crossentropy } from './categorical_focal_crossentropy.ts'
import { kl_divergence } from './kl_divergence.ts'
import type { LossArgs, LossRow } from './loss.ts'
import { mean_squared_error } from './mean_squared_error.ts'

type Kind = Loss['kind']

/** Every kind of loss that a recipe can name. */
export const losses: { readonly [K in Kind]: LossRow<Extract<Loss, { kind: K }>> } = {
  categorical_crossentropy,
  categorical_focal_crossentropy,
  mean_squared_error,
  binary_crossentropy,
  kl_divergence,
}

/** The loss of each image, shape [batch], without class weights and regularizers. */
export const perImageLoss = (spec: Loss, args: LossArgs): Tensor => (losses[spec.kind] as LossRow<Loss>)(spec, args)
