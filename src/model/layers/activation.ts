import { type LayerRow, only, type SpecOf } from './layer.ts'

/** An activation on its own. Shape kept. Source: Keras Activation. */
export const activation: LayerRow<SpecOf<'activation'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  activation: (spec) => spec.activation,
  forward: ({ inputs }) => ({ output: only(inputs) }),
}
