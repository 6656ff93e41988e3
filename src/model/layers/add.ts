import { add as sum } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** Sum of inputs of one shape, element by element. Source: Keras Add. */
export const add: LayerRow<SpecOf<'add'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => sameShape(inputs),
  forward: ({ inputs }) => ({ output: inputs.reduce((total, input) => sum(total, input)) }),
}
