import type { Shape } from '../network.ts'
import type { LayerInput, Misfit } from './layer.ts'
import { sameShape } from './same_shape.ts'

/** The shape that both inputs have, or why a layer of two inputs cannot take them. */
export const twoOfOneShape = (inputs: readonly LayerInput[]): Shape | Misfit =>
  inputs.length === 2 ? sameShape(inputs) : { code: 'too_many_inputs', at: ['inputs'], message: `takes two inputs, not ${inputs.length}` }
