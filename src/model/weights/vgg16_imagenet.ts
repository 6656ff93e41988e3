import { mkdir, stat } from 'node:fs/promises'
import os from 'node:os'
import { join, resolve } from 'node:path'
import { cacheDir } from '../../engine/setup/cache.ts'
import { type Problem, UserError, userError } from '../../problem.ts'
import type { PretrainedReader } from '../initial_weights.ts'
import { type Found, findKnown } from './known_values.ts'
import { remembered } from './remembered.ts'
import { STARTING_WEIGHTS_SHA256, VGG16_TENSORS } from './vgg16_values.ts'

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

/** Where the weights are looked for, in this order. A path in `FERMENT_VGG16` is the only one then. */
const places = (): string[] =>
  process.env.FERMENT_VGG16
    ? [resolve(process.env.FERMENT_VGG16)]
    : [join(weightsDir(), VGG16_FILE.name), join(os.homedir(), '.keras', 'models', VGG16_FILE.name)]

/** The tensors of VGG16 in a file, known by their values. @throws UserError what the file is instead */
const readVgg16 = async (path: string): Promise<Extract<Found, { ok: true }>['tensors']> => {
  // Only here: the reader is WebAssembly.
  const { withKerasH5 } = await import('./keras_h5.ts')
  const found = await withKerasH5(path, (tensors) => findKnown(tensors, VGG16_TENSORS)).catch((error: Error) => {
    throw userError({ code: 'weights_damaged', message: `${path} ${error.message}.` })
  })
  if (found.ok) return found.tensors
  const table = found.table ? `\n${found.table.map((line) => `    ${line}`).join('\n')}` : ''
  const message = `${path} does not hold VGG16's ImageNet weights: ${found.why}.${table}`
  throw userError({ code: found.code, message })
}

/** What is wrong with a file; null where it holds the weights. Examined once, until it changes. */
const problemOf = async (path: string): Promise<Problem | null> => {
  await mkdir(weightsDir(), { recursive: true }).catch(() => {})
  const kept = { folder: weightsDir(), kind: STARTING_WEIGHTS_SHA256.vgg16_imagenet, files: [path] }
  const problem = await remembered(kept, () => readVgg16(path).then(() => null, problemIn))
  return problem && { ...problem, hint: hintFor(path) }
}

const problemIn = (error: unknown): Problem => {
  if (error instanceof UserError) return error.problems[0] as Problem
  throw error
}

const hintFor = (path: string): string =>
  process.env.FERMENT_VGG16
    ? `Name a file that holds them in FERMENT_VGG16, or leave it out and run: ${GET_WEIGHTS}`
    : `Remove ${path} and run: ${GET_WEIGHTS}`

export type FoundWeights =
  | { present: true; path: string }
  /** In words, and the one command that gets them. `problem`: what is wrong with a file in their place. */
  | { present: false; reason: string; command: string; problem?: Problem }

/** Whether a file with the weights is there, by its values. */
export const findWeights = async (): Promise<FoundWeights> => {
  const wrong: Problem[] = []
  for (const path of places()) {
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    const problem = isFile ? await problemOf(path) : undefined
    if (problem === null) return { present: true, path }
    if (problem) wrong.push(problem)
  }
  const [problem] = wrong
  const asked = process.env.FERMENT_VGG16 && !problem ? ` FERMENT_VGG16 names ${process.env.FERMENT_VGG16}, which is no file.` : ''
  const reason = problem ? wrong.map(({ message }) => message.split('\n')[0]).join(' ') : `they are not on this machine.${asked}`
  return {
    present: false,
    reason: `VGG16 starts from ImageNet weights, and ${reason}`,
    command: GET_WEIGHTS,
    ...(problem ? { problem } : {}),
  }
}

/**
 * Opens the weights; the values are read into memory and known to be right.
 * @throws UserError `weights_missing`, `weights_damaged`, `weights_other_shapes`, `weights_other_values`
 */
export const openVgg16 = async (): Promise<PretrainedReader> => {
  const found = await findWeights()
  if (!found.present) {
    if (found.problem) throw new UserError([found.problem])
    throw userError({ code: 'weights_missing', message: found.reason, hint: `Get it with: ${found.command}` })
  }
  const tensors = await readVgg16(found.path)
  return (name) => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`VGG16 has no ${name}`)
    return tensor
  }
}
