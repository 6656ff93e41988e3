import type { Tensor } from '@tensorflow/tfjs-core'
import type { Network } from '../../model/network.ts'

export type LossArgs = {
  /** One-hot targets [batch, classes]. */
  y: Tensor
  /** [batch, classes], before the last activation where that is softmax or sigmoid. */
  logits: Tensor
  /** [batch, classes], after it. */
  output: Tensor
  outputActivation: Network['outputActivation']
}

/** One loss: the loss of each image, shape [batch], without class weights and regularizers. */
export type LossRow<Spec> = (spec: Spec, args: LossArgs) => Tensor
