import { type LayerRow, only, type SpecOf } from './layer.ts'
import { learnedWeights, normalizedOver, scaledAndMoved } from './normalize.ts'

/** Over the last axis of each place. Shape kept. Source: Keras LayerNormalization. */
export const layer_normalization: LayerRow<SpecOf<'layer_normalization'>> = {
  takes: 'one',
  float32: true,
  outputShape: (_spec, inputs) => only(inputs).shape,
  weights: (spec, inputs, name) => learnedWeights(spec, only(inputs).shape.at(-1) as number, name),
  forward: (args) => ({ output: scaledAndMoved(normalizedOver(only(args.inputs), [-1], args.spec.epsilon), args) }),
}
