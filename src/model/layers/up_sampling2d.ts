import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { matMul, reshape, tensor2d, transpose } from '../../engine/tfjs.ts'
import { imageMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { pair } from './window.ts'

type Interpolation = SpecOf<'up_sampling2d'>['interpolation']

/** How much each old pixel of a line counts for a new one, [new, old]. Pixels are squares: their middles are at ½, 1½, … */
const sharesOf = (extent: number, times: number, interpolation: Interpolation): number[][] =>
  Array.from({ length: extent * times }, (_, place) => {
    const row = new Array<number>(extent).fill(0)
    if (interpolation === 'nearest') row[Math.floor(place / times)] = 1
    else {
      const middle = Math.min(Math.max((place + 0.5) / times - 0.5, 0), extent - 1)
      const [before, share] = [Math.floor(middle), middle - Math.floor(middle)]
      row[before] = 1 - share
      if (share > 0) row[before + 1] = share
    }
    return row
  })

/** The image's first axis made longer, as a product of matrices: every engine has its gradient. */
const stretched = (x: Tensor, times: number, interpolation: Interpolation): Tensor => {
  const [extent, ...rest] = x.shape as [number, ...number[]]
  const shares = tensor2d(sharesOf(extent, times, interpolation))
  return reshape(matMul(shares, reshape(x, [extent, -1])), [extent * times, ...rest])
}

/** [h, w, c] → [h · size, w · size, c]. Source: Keras UpSampling2D. */
export const up_sampling2d: LayerRow<SpecOf<'up_sampling2d'>> = {
  takes: 'one',
  outputShape: ({ size }, inputs) => {
    const misfit = imageMisfit(only(inputs))
    if (misfit) return misfit
    const [height, width, channels] = only(inputs).shape as [number, number, number]
    const [down, across] = pair(size)
    return [height * down, width * across, channels]
  },
  forward: ({ spec: { size, interpolation }, inputs }) => {
    const [down, across] = pair(size)
    const high = stretched(transpose(only(inputs) as Tensor4D, [1, 2, 0, 3]), down, interpolation)
    const wide = stretched(transpose(high, [1, 0, 2, 3]), across, interpolation)
    return { output: transpose(wide, [2, 1, 0, 3]) }
  },
}
