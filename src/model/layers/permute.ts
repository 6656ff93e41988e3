import { transpose } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf, shapeText } from './layer.ts'

/** Axes in another order: [h, w, c] with dims [2, 1, 3] → [w, h, c]. Source: Keras Permute. */
export const permute: LayerRow<SpecOf<'permute'>> = {
  takes: 'one',
  outputShape: ({ dims }, inputs) => {
    const { name, shape } = only(inputs)
    if (dims.length === shape.length && dims.every((axis) => axis <= shape.length)) return dims.map((axis) => shape[axis - 1] as number)
    const axes = shape.map((_, index) => index + 1).join(', ')
    return { code: 'axes_misfit', at: ['dims'], message: `needs the axes ${axes} in some order, as ${name} gives ${shapeText(shape)}` }
  },
  forward: ({ spec: { dims }, inputs }) => ({ output: transpose(only(inputs), [0, ...dims]) }),
}
