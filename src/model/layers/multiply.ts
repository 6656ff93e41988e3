import { mul } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** Product of inputs of one shape, element by element. Source: Keras Multiply. */
export const multiply: LayerRow<SpecOf<'multiply'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => sameShape(inputs),
  forward: ({ inputs }) => ({ output: inputs.reduce((product, input) => mul(product, input)) }),
}
