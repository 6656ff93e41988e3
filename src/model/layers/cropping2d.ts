import type { Tensor4D } from '@tensorflow/tfjs-core'
import { slice } from '../../engine/tfjs.ts'
import type { Shape } from '../network.ts'
import { imageMisfit, type LayerRow, only, type SpecOf, shapeText } from './layer.ts'
import { pair } from './window.ts'

const cropped = ([height, width, channels]: Shape, [vertical, horizontal]: readonly [number, number]): [number, number, number] => [
  (height as number) - 2 * vertical,
  (width as number) - 2 * horizontal,
  channels as number,
]

/** [h, w, c] → [h − 2·vertical, w − 2·horizontal, c]. Source: Keras Cropping2D. */
export const cropping2d: LayerRow<SpecOf<'cropping2d'>> = {
  takes: 'one',
  outputShape: ({ cropping }, inputs) => {
    const misfit = imageMisfit(only(inputs))
    if (misfit) return misfit
    const { shape } = only(inputs)
    const [vertical, horizontal] = pair(cropping)
    const left = cropped(shape, [vertical, horizontal])
    if (left.every((extent) => extent > 0)) return left
    const message = `cuts off ${2 * vertical} rows and ${2 * horizontal} columns, but the image is ${shapeText(shape.slice(0, 2))} by then`
    return { code: 'window_too_large', at: ['cropping'], message }
  },
  forward: ({ spec, inputs }) => {
    const x = only(inputs) as Tensor4D
    const [vertical, horizontal] = pair(spec.cropping)
    return { output: slice(x, [0, vertical, horizontal, 0], [x.shape[0], ...cropped(x.shape.slice(1), [vertical, horizontal])]) }
  },
}
