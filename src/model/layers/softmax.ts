import { type LayerRow, only, type SpecOf } from './layer.ts'

/** Softmax over the last axis. Shape kept. Source: Keras Softmax. */
export const softmax: LayerRow<SpecOf<'softmax'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  activation: () => 'softmax',
  forward: ({ inputs }) => ({ output: only(inputs) }),
}
