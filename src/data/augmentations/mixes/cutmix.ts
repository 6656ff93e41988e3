import type { MixCutmix } from '../../../../schema/recipe.ts'
import type { MixRow } from './mix_row.ts'
import { drawShare, mixWithBefore } from './shares.ts'

/** torchvision's `CutMix`: a rectangle about any pixel, of which what lies outside is lost; classes get the share that is left. */
export const cutmix: MixRow<MixCutmix> = ({ alpha }, { size, x, y, shape }, random) => {
  const [height, width, channels] = shape
  const half = 0.5 * Math.sqrt(1 - drawShare(random, alpha))
  const [across, down] = [Math.trunc(half * width), Math.trunc(half * height)]
  const [column, row] = [random.integer(width), random.integer(height)]
  const [left, right] = [Math.max(0, column - across), Math.min(width, column + across)]
  const [top, bottom] = [Math.max(0, row - down), Math.min(height, row + down)]
  const length = height * width * channels
  const last = x.slice(x.length - length)
  for (let image = size - 1; image >= 0; image--) {
    const before = image > 0 ? x.subarray((image - 1) * length, image * length) : last
    for (let line = top; line < bottom; line++) {
      const [from, to] = [(line * width + left) * channels, (line * width + right) * channels]
      x.set(before.subarray(from, to), image * length + from)
    }
  }
  mixWithBefore(y, size, 1 - ((right - left) * (bottom - top)) / (width * height))
}
