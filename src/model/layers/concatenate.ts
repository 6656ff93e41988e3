import type { Tensor } from '@tensorflow/tfjs-core'
import { concat } from '../../engine/tfjs.ts'
import { type LayerInput, type LayerRow, type Misfit, type SpecOf, shapeText } from './layer.ts'

const misfit = (first: LayerInput, other: LayerInput): Misfit => ({
  code: 'shapes_differ',
  at: ['inputs'],
  message: `needs inputs that differ in the channels only, but ${first.name} gives ${shapeText(first.shape)} and ${other.name} ${shapeText(other.shape)}`,
  hint: 'A pooling layer or strides change height and width; global pooling or flatten make a vector.',
})

/** Inputs one after another along the last axis: [h, w, c₁], [h, w, c₂], … → [h, w, c₁ + c₂ + …]. Source: Keras Concatenate. */
export const concatenate: LayerRow<SpecOf<'concatenate'>> = {
  takes: 'several',
  outputShape: (_spec, inputs) => {
    const [first, ...others] = inputs as [LayerInput, ...LayerInput[]]
    const before = first.shape.slice(0, -1)
    const other = others.find(({ shape }) => shape.length !== first.shape.length || before.some((extent, axis) => extent !== shape[axis]))
    if (other) return misfit(first, other)
    return [...before, inputs.reduce((total, { shape }) => total + (shape.at(-1) as number), 0)]
  },
  forward: ({ inputs }) => ({ output: concat(inputs as Tensor[], -1) }),
}
