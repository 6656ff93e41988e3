import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { temporaryFolder } from './temporary_folder.ts'

type Color = readonly [red: number, green: number, blue: number]

/** A PNG file of one color. */
export const png = ([r, g, b]: Color, { width = 6, height = 4 } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()

/** A folder with these files: an image of a color, or bytes. It goes away with the test. */
export const imageTree = async (files: Readonly<Record<string, Color | Buffer>>): Promise<string> => {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), Buffer.isBuffer(content) ? content : await png(content))
  }
  return folder
}
