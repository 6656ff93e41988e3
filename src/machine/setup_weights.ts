import { rm } from 'node:fs/promises'
import { unwritable } from '../write_whole.ts'

/** Sees to it that the ImageNet weights of VGG16 are there. @throws UserError `weights_download_failed` */
export const getWeights = async (say: (text: string) => void, signal: AbortSignal): Promise<void> => {
  const { findWeights, VGG16_FILE, weightsDir } = await import('../model/weights/vgg16_imagenet.ts')
  const found = await findWeights()
  if (found.present) return console.log(`Weights of VGG16 in place: ${found.path}`)
  const { downloadWeights } = await import('../model/weights/download.ts')
  say(`downloading ${VGG16_FILE.url}: ${megabytes(VGG16_FILE.bytes)}`)
  const { onProgress, stop } = await showBytes()
  const onWait = () => say('another process downloads them just now; waiting for it')
  try {
    console.log(`Weights of VGG16 downloaded: ${await downloadWeights({ onProgress, onWait, signal }).catch(unwritable(weightsDir()))}`)
  } finally {
    stop()
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

/** A bar on a terminal; elsewhere the line before has said how large it is. */
const showBytes = async (): Promise<{ onProgress: (received: number, total: number) => void; stop: () => void }> => {
  if (!process.stderr.isTTY) return { onProgress: () => {}, stop: () => {} }
  const [{ createLogUpdate }, { bar }] = await Promise.all([import('log-update'), import('../terminal/bar.ts')])
  const update = createLogUpdate(process.stderr)
  return {
    onProgress: (received, total) => update(`${bar(received / total, 40)}  ${megabytes(received)} of ${megabytes(total)}`),
    stop: () => {
      update.clear()
      update.done()
    },
  }
}

/** Takes the ImageNet weights of VGG16 from a file that is here. @throws UserError what is wrong with it, `unwritable` */
export const importWeights = async (from: string, say: (text: string) => void): Promise<void> => {
  const { keepVgg16, weightsDir } = await import('../model/weights/vgg16_imagenet.ts')
  console.log(`Weights of VGG16 put into ${await keepVgg16(from).catch(unwritable(weightsDir()))}`)
  if (process.env.FERMENT_VGG16) say(`FERMENT_VGG16 names ${process.env.FERMENT_VGG16}, which is used instead while it is set`)
}

/** What `getWeights` would do. */
export const planWeights = async (): Promise<void> => {
  const { findWeights, VGG16_FILE, weightsDir } = await import('../model/weights/vgg16_imagenet.ts')
  const found = await findWeights()
  if (found.present) console.log(`Nothing to download: the weights of VGG16 are in ${found.path}.`)
  else console.log(`Would download ${megabytes(VGG16_FILE.bytes)} into ${weightsDir()}: ${VGG16_FILE.url}`)
}

/** Removes what `getWeights` has downloaded; files elsewhere, such as Keras' own, stay. */
export const removeWeights = async (): Promise<void> => {
  const { weightsDir } = await import('../model/weights/vgg16_imagenet.ts')
  await rm(weightsDir(), { recursive: true, force: true })
  console.log(`Removed ${weightsDir()}.`)
}
