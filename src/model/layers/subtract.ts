import type { Tensor } from '@tensorflow/tfjs-core'
import { sub } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { twoOfOneShape } from './two_inputs.ts'

/** Its first input minus its second, both of one shape. Source: Keras Subtract. */
export const subtract: LayerRow<SpecOf<'subtract'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => twoOfOneShape(inputs),
  forward: ({ inputs: [first, second] }) => ({ output: sub(first as Tensor, second as Tensor) }),
}
