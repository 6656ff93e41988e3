import type { TransformHorizontalFlip } from '../../../../schema/recipe.ts'
import type { TransformRow } from './transform_row.ts'

/** torchvision's `RandomHorizontalFlip`. */
export const horizontal_flip: TransformRow<TransformHorizontalFlip> = {
  apply: (_spec, image, { shape: [height, width, channels] }) => {
    const mirrored = new Float32Array(image.length)
    for (let row = 0, at = 0; row < height; row++)
      for (let column = width - 1; column >= 0; column--)
        for (let channel = 0; channel < channels; channel++, at++)
          mirrored[at] = image[(row * width + column) * channels + channel] as number
    return mirrored
  },
  problems: () => [],
}
