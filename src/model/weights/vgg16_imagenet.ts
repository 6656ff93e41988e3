import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import os from 'node:os'
import { join, resolve } from 'node:path'
import { cacheDir } from '../../engine/setup/cache.ts'
import { userError } from '../../problem.ts'
import type { PretrainedReader } from '../initial_weights.ts'

/** Keras applications' VGG16 without its top, trained on ImageNet: 14,714,688 values. Source: keras.applications.vgg16. */
export const VGG16_FILE = {
  name: 'vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
  url: 'https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
  bytes: 58_889_256,
  md5: '6d6bbae143d832006294945121d1f1fc',
}

const GET_WEIGHTS = 'npx ferment setup --weights'

/** Where downloaded weights are kept, one folder a user. */
export const weightsDir = (): string => join(cacheDir(), 'weights')

/** Where the file is looked for, in this order. A path in `FERMENT_VGG16` is the only one then. */
const places = (): string[] =>
  process.env.FERMENT_VGG16
    ? [resolve(process.env.FERMENT_VGG16)]
    : [join(weightsDir(), VGG16_FILE.name), join(os.homedir(), '.keras', 'models', VGG16_FILE.name)]

export type FoundWeights =
  | { present: true; path: string }
  /** In words, and the one command that gets them. */
  | { present: false; reason: string; command: string }

/** Whether the file of the weights is there, by its size; its content is checked when it is opened. */
export const findWeights = async (): Promise<FoundWeights> => {
  const wrong: string[] = []
  for (const path of places()) {
    const found = await stat(path).catch(() => null)
    if (found?.isFile() && found.size === VGG16_FILE.bytes) return { present: true, path }
    if (found) wrong.push(`${path} is not it: ${found.size} bytes instead of ${VGG16_FILE.bytes}.`)
  }
  const asked = process.env.FERMENT_VGG16 ? ` FERMENT_VGG16 names ${process.env.FERMENT_VGG16}.` : ''
  const reason =
    ['VGG16 starts from ImageNet weights, and their file is not on this machine.', ...wrong].join(' ') + (wrong.length ? '' : asked)
  return { present: false, reason, command: GET_WEIGHTS }
}

const md5Of = async (path: string): Promise<string> => {
  const hash = createHash('md5')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * Opens the file of the weights; the values are read into memory.
 * @throws UserError `weights_missing`, `weights_damaged`
 */
export const openVgg16 = async (): Promise<PretrainedReader> => {
  const found = await findWeights()
  if (!found.present) throw userError({ code: 'weights_missing', message: found.reason, hint: `Get it with: ${found.command}` })
  const md5 = await md5Of(found.path)
  if (md5 !== VGG16_FILE.md5) {
    throw userError({
      code: 'weights_damaged',
      message: `${found.path} is not the file that Keras published: its MD5 is ${md5}, not ${VGG16_FILE.md5}.`,
      hint: `Remove it and run: ${GET_WEIGHTS}`,
    })
  }
  // Only here: a plan asks whether the file is there, and need not load the reader, which is WebAssembly.
  const { readKerasH5 } = await import('./keras_h5.ts')
  const tensors = await readKerasH5(found.path)
  return (name) => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`${VGG16_FILE.name} has no ${name}`)
    return tensor
  }
}
