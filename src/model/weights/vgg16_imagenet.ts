import { access, mkdir } from 'node:fs/promises'
import os from 'node:os'
import { join, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { cacheFolder } from '../../cache_folder.ts'
import { type Problem, UserError, userError } from '../../problem.ts'
import type { PretrainedReader } from '../initial_weights.ts'
import { type Found, findKnown } from './known_values.ts'
import { remembered } from './remembered.ts'
import { encodeSafetensorsHeader } from './safetensors.ts'
import { STARTING_WEIGHTS_SHA256, VGG16_TENSORS } from './vgg16_values.ts'
import { type WeightFile, weightFile } from './weight_file.ts'

/** Keras applications' VGG16 without its top, trained on ImageNet: 14,714,688 values. Source: keras.applications.vgg16. */
export const VGG16_FILE = {
  name: 'vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
  url: 'https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
  bytes: 58_889_256,
  md5: '6d6bbae143d832006294945121d1f1fc',
}

const GET_WEIGHTS = 'npx ferment setup --weights'

/** Where downloaded weights are kept, one folder a user. */
export const weightsDir = (): string => join(cacheFolder(), 'weights')

/** Whether a file with the weights is there, by its values. */
export const findWeights = async (): Promise<FoundWeights> => {
  const wrong: { path: string; problem: Problem }[] = []
  for (const path of places()) {
    if (!(await exists(path))) continue
    const problem = await problemOf(path)
    if (!problem) return { present: true, path }
    wrong.push({ path, problem })
  }
  const [first] = wrong
  const cure = cureFor(first?.path)
  const asked = process.env.FERMENT_VGG16
    ? `FERMENT_VGG16 names ${process.env.FERMENT_VGG16}, which is not there.`
    : 'they are not on this machine.'
  const reason = first ? wrong.map(({ problem }) => problem.message.split('\n')[0]).join(' ') : asked
  return {
    present: false,
    reason: `VGG16 starts from ImageNet weights, and ${reason}`,
    cure,
    ...(first ? { problem: { ...first.problem, hint: cure } } : {}),
  }
}

/** Where the weights are looked for, in this order. A path in `FERMENT_VGG16` is the only one then. */
const places = (): string[] =>
  process.env.FERMENT_VGG16
    ? [resolve(process.env.FERMENT_VGG16)]
    : [ownFile(), join(weightsDir(), VGG16_FILE.name), join(os.homedir(), '.keras', 'models', VGG16_FILE.name)]

/** Where weights from elsewhere are kept: `keepVgg16`. */
const ownFile = (): string => join(weightsDir(), 'vgg16_imagenet.safetensors')

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** What is wrong with a file; null where it holds the weights. Examined once, until it changes. */
const problemOf = async (path: string): Promise<Problem | null> => {
  await mkdir(weightsDir(), { recursive: true }).catch(() => {})
  return examined(path).catch(problemIn)
}

const examined = async (path: string): Promise<Problem | null> => {
  const file = await weightFile(path).catch(unreadable(path))
  const kept = { folder: weightsDir(), kind: STARTING_WEIGHTS_SHA256.vgg16_imagenet, files: file.files }
  return remembered(kept, () => readVgg16(path, file).then(() => null, problemIn))
}

const unreadable =
  (path: string) =>
  (error: Error): never => {
    throw userError({ code: 'weights_damaged', message: `${path} ${error.message}.` })
  }

type Tensors = Extract<Found, { ok: true }>['tensors']

/** The tensors of VGG16 in a file, known by their values, in their order. @throws UserError what the file holds instead */
const readVgg16 = async (path: string, file?: WeightFile): Promise<Tensors> => {
  const opened = file ?? (await weightFile(path).catch(unreadable(path)))
  const found = await opened.read((tensors) => findKnown(tensors, VGG16_TENSORS)).catch(unreadable(path))
  if (found.ok) return found.tensors
  const table = found.table ? `\n${found.table.map((line) => `    ${line}`).join('\n')}` : ''
  throw userError({ code: found.code, message: `${path} does not hold VGG16's ImageNet weights: ${found.why}.${table}` })
}

const problemIn = (error: unknown): Problem => {
  if (error instanceof UserError) return error.problems[0] as Problem
  throw error
}

export type FoundWeights =
  | { present: true; path: string }
  /** In words, and what to do. `problem`: what is wrong with a file in their place. */
  | { present: false; reason: string; cure: string; problem?: Problem }

const cureFor = (wrong: string | undefined): string => {
  if (process.env.FERMENT_VGG16) return `Name a file that holds them in FERMENT_VGG16, or leave it out and run: ${GET_WEIGHTS}`
  return wrong ? `Remove ${wrong} and run: ${GET_WEIGHTS}` : `Get them with: ${GET_WEIGHTS}`
}

/**
 * Opens the weights; the values are read into memory and known to be right.
 * @throws UserError `weights_missing`, `weights_damaged`, `weights_other_shapes`, `weights_other_values`
 */
export const openVgg16 = async (): Promise<PretrainedReader> => {
  const found = await findWeights()
  if (!found.present) {
    if (found.problem) throw new UserError([found.problem])
    throw userError({ code: 'weights_missing', message: found.reason, hint: found.cure })
  }
  const tensors = await readVgg16(found.path)
  return (name) => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`VGG16 has no ${name}`)
    return tensor
  }
}

/**
 * Keeps the weights of a file, of any kind that is read, where they are found from now on: whole or not at all.
 * @returns where they are kept
 * @throws UserError `weights_missing`, `weights_damaged`, `weights_other_shapes`, `weights_other_values`, `unwritable`
 */
export const keepVgg16 = async (from: string): Promise<string> => {
  const path = resolve(from)
  if (!(await exists(path))) throw userError({ code: 'weights_missing', message: `There is no ${from}.` })
  const tensors = await readVgg16(path)
  const values = [...tensors.values()].map(({ values: { buffer, byteOffset, byteLength } }) => Buffer.from(buffer, byteOffset, byteLength))
  const about = {
    format: 'keras',
    weights: "Keras applications' VGG16 on ImageNet, without its top",
    sha256: STARTING_WEIGHTS_SHA256.vgg16_imagenet,
  }
  const shapes = [...tensors].map(([name, { shape }]) => ({ name, shape }))
  await mkdir(weightsDir(), { recursive: true })
  await writeFileAtomic(ownFile(), Buffer.concat([encodeSafetensorsHeader(about, shapes), ...values]))
  return ownFile()
}
