import { clipByValue, div, sum, type Tensor } from '@tensorflow/tfjs-core'

/** `keras.config.epsilon()`. */
export const EPSILON = 1e-7

/** The output [batch, classes] as Keras' cross-entropies take it: divided by its sum, then within 1e-7 and 1 − 1e-7; no gradient beyond. */
export const probabilities = (output: Tensor): Tensor => clipByValue(div(output, sum(output, -1, true)), EPSILON, 1 - EPSILON)
