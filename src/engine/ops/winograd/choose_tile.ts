import { TILES, type Tile } from './tiles.ts'
import { tilesOf } from './transforms.ts'

export type ConvolutionSize = { batch: number; height: number; width: number; channels: number; filters: number }

/** Arithmetic that a processor does in the time that it moves a byte, measured on matrix products and copies of two AVX-512 cores. */
const FLOPS_A_BYTE = 10
const FLOAT = 4

/** The tile by which a 3×3 convolution is done soonest; null where the direct way is. */
export const chooseTile = (size: ConvolutionSize): Tile | null => {
  const ways = TILES.map((tile) => ({ tile, cost: tiledCost(tile, size) })).sort((a, b) => a.cost - b.cost)
  const [best] = ways
  return best && best.cost < directCost(size) ? best.tile : null
}

/** Cost of one pass by tiles: three transforms and a product for each point, and what is moved between them. */
const tiledCost = (tile: Tile, { batch, height, width, channels, filters }: ConvolutionSize): number => {
  const [points, pixels] = [(tile.m + 2) ** 2, height * width]
  const transformed = points * tilesOf(height, tile) * tilesOf(width, tile)
  const transforms = 2 * transformed * pixels * batch * (channels + filters) + 18 * points * channels * filters
  const products = 2 * transformed * batch * channels * filters
  const moved = 2 * (transformed + pixels) * batch * (channels + filters) + (9 + 2 * points) * channels * filters
  return transforms + products + FLOPS_A_BYTE * FLOAT * moved
}

/** Cost of one pass of the direct convolution: products, and the filter brought into the layout that its kernel wants. */
const directCost = ({ batch, height, width, channels, filters }: ConvolutionSize): number =>
  18 * batch * height * width * channels * filters + FLOPS_A_BYTE * FLOAT * 27 * channels * filters
