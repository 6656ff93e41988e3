import type { ImageShape } from '../affine.ts'

/** What lies outside an image, as `torchvision.transforms.v2.functional.pad` has it. */
type Outside = 'constant' | 'edge' | 'reflect' | 'symmetric'

/** Moves a row or column into 0…size−1; −1 stands for "outside". */
const inside: Record<Outside, (at: number, size: number) => number> = {
  constant: (at, size) => (at < 0 || at >= size ? -1 : at),
  edge: (at, size) => Math.max(0, Math.min(size - 1, at)),
  reflect: (at, size) => (at < 0 ? -at : at < size ? at : 2 * (size - 1) - at),
  symmetric: (at, size) => (at < 0 ? -at - 1 : at < size ? at : 2 * size - 1 - at),
}

/**
 * What a window as large as the image shows, whose upper left corner is at `top` and `left`.
 * @param fill what is outside with `constant`
 */
export const windowOf = (
  image: Float32Array,
  { top, left }: { top: number; left: number },
  { shape, outside, fill }: { shape: ImageShape; outside: Outside; fill: number },
): Float32Array => {
  const [height, width, channels] = shape
  const result = new Float32Array(image.length).fill(fill)
  for (let row = 0, pixel = 0; row < height; row++) {
    const fromRow = inside[outside](row + top, height)
    for (let column = 0; column < width; column++, pixel++) {
      const fromColumn = inside[outside](column + left, width)
      if (fromRow < 0 || fromColumn < 0) continue
      const from = (fromRow * width + fromColumn) * channels
      for (let channel = 0; channel < channels; channel++) result[pixel * channels + channel] = image[from + channel] as number
    }
  }
  return result
}
