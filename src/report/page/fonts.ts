import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** Faces of the page, embedded so that it looks alike everywhere and charts are measured with what is shown. SIL Open Font License 1.1. */
const FACES = [
  { family: 'Inter', weight: 400, file: '@fontsource/inter/files/inter-latin-400-normal.woff2' },
  { family: 'Inter', weight: 600, file: '@fontsource/inter/files/inter-latin-600-normal.woff2' },
  { family: 'Source Serif 4', weight: 400, file: '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2' },
  { family: 'Source Serif 4', weight: 600, file: '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2' },
]

const packages = createRequire(import.meta.url)

/** The faces as CSS, 120 KB of it. */
export const fontFaces = async (): Promise<string> => {
  const rules = FACES.map(async ({ family, weight, file }) => {
    const bytes = await readFile(packages.resolve(file))
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${bytes.toString('base64')}) format("woff2")}\n`
  })
  return (await Promise.all(rules)).join('')
}
