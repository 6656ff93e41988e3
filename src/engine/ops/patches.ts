import type { Tensor4D } from '@tensorflow/tfjs-core'
import { concat, matMul, pad4d, reshape, slice } from '../tfjs.ts'

/**
 * Gradient of a 3×3 convolution, stride 1, padding `same`, by its filter, as one product of matrices: the nine pixels that a filter sees at
 * each place, side by side, times what came back there. x [n, h, w, c], dy [n, h, w, k] → [3, 3, c, k].
 * Source: K. Chellapilla, S. Puri & P. Simard, High Performance Convolutional Neural Networks for Document Processing, 2006, section 2.
 */
export const filterGradientByPatches = (x: Tensor4D, dy: Tensor4D): Tensor4D => {
  const [batch, height, width, channels] = x.shape
  const [filters, places] = [dy.shape[3], batch * height * width]
  const padded = pad4d(x, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ])
  const seen = Array.from({ length: 9 }, (_, tap) => slice(padded, [0, Math.floor(tap / 3), tap % 3, 0], x.shape))
  const patches = reshape(concat(seen, 3), [places, 9 * channels])
  return reshape(matMul(patches, reshape(dy, [places, filters]), true), [3, 3, channels, filters])
}

/** From how many filters for each pixel of a row on patches are faster. Measured, bench/README.md. */
const FILTERS_A_PIXEL = 24

/**
 * Whether that is faster than oneDNN's gradient in bfloat16, which fills its registers with the pixels of a row: not where rows are long,
 * nor where so few filters are that laying patches out costs more than it wins.
 */
export const patchesAreFaster = ({ width, filters }: { width: number; filters: number }): boolean => filters > FILTERS_A_PIXEL * width
