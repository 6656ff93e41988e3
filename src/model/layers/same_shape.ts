import type { Shape } from '../network.ts'
import { type LayerInput, type Misfit, shapeText } from './layer.ts'

/** The shape that all inputs have, or why they cannot be merged element by element. */
export const sameShape = (inputs: readonly LayerInput[]): Shape | Misfit => {
  const [first, ...others] = inputs as [LayerInput, ...LayerInput[]]
  const other = others.find(({ shape }) => shape.join() !== first.shape.join())
  if (!other) return first.shape
  return {
    code: 'shapes_differ',
    at: ['inputs'],
    message: `needs inputs of one shape, but ${first.name} gives ${shapeText(first.shape)} and ${other.name} ${shapeText(other.shape)}`,
    hint: 'A conv2d with kernel_size 1 changes the number of channels; with strides, height and width as well.',
  }
}
