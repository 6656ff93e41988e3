import type { MixMixup } from '../../../../schema/recipe.ts'
import type { MixRow } from './mix_row.ts'
import { drawShare, mixWithBefore } from './shares.ts'

/** torchvision's `MixUp`. */
export const mixup: MixRow<MixMixup> = ({ alpha }, { size, x, y }, random) => {
  const share = drawShare(random, alpha)
  mixWithBefore(x, size, share)
  mixWithBefore(y, size, share)
}
