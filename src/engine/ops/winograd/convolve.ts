import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { matMul, reshape, tensor2d, transpose } from '../../tfjs.ts'
import type { Tile } from './tiles.ts'
import { type DenseMatrix, type Transforms, transformsOf } from './transforms.ts'

const known = new Map<string, Transforms>()

/**
 * 3×3 convolution, stride 1, padding `same`, with fewer products (Winograd's minimal filtering): x [n, h, w, c], filter [3, 3, c, k] → [n, h, w, k].
 * For small images the transforms of all tiles together are one product with a constant matrix, so that all is matrix products, forward and
 * back; pixels come first between them, [h·w, n, c]. In float32 the result's rounding error is that of the direct sum for m = 2, two to
 * three times that for 3 and 4: fewer terms are added, larger ones.
 */
export const convolve = (tile: Tile, x: Tensor4D, filter: Tensor4D): Tensor4D => {
  const [batch, height, width, channels] = x.shape
  const filters = filter.shape[3]
  const { inputs, filter: taps, outputs, points, tiles } = transforms(tile, height, width)
  const pixelsFirst = transpose(reshape(x, [batch, height * width, channels]), [1, 0, 2])
  const parts = reshape(product(inputs, pixelsFirst), [points, tiles * batch, channels])
  const weights = reshape(product(taps, filter), [points, channels, filters])
  const summed = product(outputs, reshape(matMul(parts, weights), [points * tiles, batch * filters]))
  const imagesFirst = transpose(reshape(summed, [height * width, batch, filters]), [1, 0, 2])
  return reshape(imagesFirst, [batch, height, width, filters])
}

const transforms = (tile: Tile, height: number, width: number): Transforms => {
  const key = [tile.m, height, width].join()
  const made = known.get(key) ?? transformsOf(tile, [height, width])
  known.set(key, made)
  return made
}

/** matrix · x over the first axis of x [columns, …]. */
const product = ({ rows, columns, values }: DenseMatrix, x: Tensor): Tensor =>
  matMul(tensor2d(values, [rows, columns]), reshape(x, [columns, x.size / columns]))
