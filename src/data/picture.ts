import type { Dataset } from './dataset.ts'

/** A picture in memory: height × width × channels bytes. */
export type Picture = { data: Uint8Array; height: number; width: number; channels: 1 | 3 }

/** An image of a data set. */
export const pictureOf = (
  { images, imageShape: [height, width, channels] }: Pick<Dataset, 'images' | 'imageShape'>,
  row: number,
): Picture => {
  const size = height * width * channels
  return { data: images.subarray(row * size, (row + 1) * size), height, width, channels: channels === 3 ? 3 : 1 }
}

/** Pictures side by side in rows, with white between them. */
export const sheetOf = (rows: readonly (readonly Picture[])[], gap = 2): Picture => {
  const [first] = rows[0] ?? []
  const { height = 1, width = 1, channels = 1 } = first ?? {}
  const columns = Math.max(1, ...rows.map(({ length }) => length))
  const [sheetHeight, sheetWidth] = [rows.length * (height + gap) - gap, columns * (width + gap) - gap]
  const data = new Uint8Array(sheetHeight * sheetWidth * channels).fill(255)
  for (const [row, pictures] of rows.entries())
    for (const [column, picture] of pictures.entries())
      for (let line = 0; line < height; line++) {
        const to = ((row * (height + gap) + line) * sheetWidth + column * (width + gap)) * channels
        data.set(picture.data.subarray(line * width * channels, (line + 1) * width * channels), to)
      }
  return { data, height: sheetHeight, width: sheetWidth, channels }
}

/** A picture as a PNG file. */
export const pngOf = async ({ data, height, width, channels }: Picture): Promise<Buffer> => {
  const { default: sharp } = await import('sharp')
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 9 }).toBuffer()
}
