import { mean, square, sub } from '@tensorflow/tfjs-core'
import type { LossMeanSquaredError } from '../../../schema/recipe.ts'
import type { LossRow } from './loss.ts'

/** Mean over the classes of (output − y)². Source: keras.losses.mean_squared_error of Keras 3.15. */
export const mean_squared_error: LossRow<LossMeanSquaredError> = (_spec, { y, output }) => mean(square(sub(output, y)), -1)
