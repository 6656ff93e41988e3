import type { TransformCutout } from '../../../../schema/recipe.ts'
import { type Box, erase } from './box.ts'
import type { TransformRow } from './transform_row.ts'

/** DeVries & Taylor 2017, as their code has it: squares about any pixel, of which what lies outside is lost. */
export const cutout: TransformRow<TransformCutout> = {
  apply: ({ length, n_holes, fill }, image, { shape, random }) => {
    for (let hole = 0; hole < n_holes; hole++) {
      const [row, column] = [random.integer(shape[0]), random.integer(shape[1])]
      erase(image, holeAt(row, column, length), shape, () => fill / 255)
    }
    return image
  },
  problems: ({ length }, [height, width]) => {
    const widest = 2 * Math.min(height, width)
    if (length < widest) return []
    const message = `A square of ${length} pixels covers the whole of an image of ${height}×${width}, wherever it is.`
    return [{ code: 'transform_misfit', severity: 'error', at: ['length'], message, hint: 'The authors have 16 for images of 32×32.' }]
  },
}

/** From ⌊length/2⌋ before the pixel to as far after it, as their code has it: a side of odd length is one pixel shorter. */
const holeAt = (row: number, column: number, length: number): Box => {
  const half = Math.floor(length / 2)
  return { top: row - half, left: column - half, height: 2 * half, width: 2 * half }
}
