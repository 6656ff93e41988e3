import { minimum as elementwise } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** Smallest of inputs of one shape, element by element. Source: Keras Minimum. */
export const minimum: LayerRow<SpecOf<'minimum'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => sameShape(inputs),
  forward: ({ inputs }) => ({ output: inputs.reduce((best, input) => elementwise(best, input)) }),
}
