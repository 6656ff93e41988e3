import { maximum as elementwise } from '../../engine/tfjs.ts'
import type { LayerRow, SpecOf } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** Largest of inputs of one shape, element by element. Source: Keras Maximum. */
export const maximum: LayerRow<SpecOf<'maximum'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => sameShape(inputs),
  forward: ({ inputs }) => ({ output: inputs.reduce((best, input) => elementwise(best, input)) }),
}
