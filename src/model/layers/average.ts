import { add, div } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** Mean of inputs of one shape, element by element. Source: Keras Average. */
export const average: LayerRow<SpecOf<'average'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => sameShape(inputs),
  forward: ({ inputs }) => ({
    output: div(
      inputs.reduce((total, input) => add(total, input)),
      inputs.length,
    ),
  }),
}
