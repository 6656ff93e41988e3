import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { elements } from '../../elements.ts'
import { openJoined } from './joined_files.ts'
import type { StoredTensor, TensorReader } from './stored_tensor.ts'

type Weight = { name: string; shape: readonly number[]; dtype: string; quantization?: { dtype: string } }
type Group = { paths: readonly string[]; weights: readonly Weight[] }

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8, uint8: 1, uint16: 2, float16: 2 }

/** A `model.json` and all files that it names. @throws Error what is missing, to follow its name */
export const filesOfTfjsModel = async (path: string): Promise<string[]> => {
  const groups = await manifestOf(path)
  const files = groups.flatMap(({ paths }) => paths.map((name) => join(dirname(path), name)))
  for (const file of files)
    await stat(file).catch(() => {
      throw new Error(`names ${basename(file)}, which is not beside it`)
    })
  return [path, ...files]
}

/**
 * The manifest of a `model.json`: groups of files whose bytes, one file after another, are the values of the group's weights. Layers models and
 * graph models have the same. Source: `WeightsManifestConfig` of TensorFlow.js 4.22.
 */
const manifestOf = async (path: string): Promise<Group[]> => {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Error(`is no model.json of TensorFlow.js: ${(error as Error).message}`)
  }
  const { weightsManifest } = (json ?? {}) as { weightsManifest?: unknown }
  if (!Array.isArray(weightsManifest) || !weightsManifest.every(isGroup))
    throw new Error('is no model.json of TensorFlow.js: it has no weightsManifest')
  return weightsManifest
}

const isGroup = (value: unknown): value is Group => {
  const { paths, weights } = (value ?? {}) as Record<string, unknown>
  return Array.isArray(paths) && paths.every((one) => typeof one === 'string') && Array.isArray(weights) && weights.every(isWeight)
}

const isWeight = (value: unknown): value is Weight => {
  const { name, shape, dtype } = (value ?? {}) as Record<string, unknown>
  return (
    typeof name === 'string' &&
    Array.isArray(shape) &&
    shape.every((one) => Number.isSafeInteger(one) && one >= 0) &&
    typeof dtype === 'string'
  )
}

/** The tensors of a TensorFlow.js model, layers or graph, by the names of its manifest and in its order. */
export const withTfjsModel: TensorReader = async (path, use) => {
  const groups = await manifestOf(path)
  const opened = groups.map(({ paths }) => openJoined(paths.map((name) => join(dirname(path), name))))
  try {
    return use(groups.flatMap((group, index) => tensorsOf(group, (opened[index] as (typeof opened)[number]).read)))
  } finally {
    for (const { close } of opened) close()
  }
}

const tensorsOf = ({ weights }: Group, read: (start: number, end: number) => Uint8Array): StoredTensor[] => {
  let end = 0
  return weights.map(({ name, shape, dtype, quantization }) => {
    const start = end
    const stored = quantization?.dtype ?? dtype
    const bytes = BYTES[stored]
    if (bytes === undefined) throw new Error(`has values of type ${stored}, whose size is not known, for ${name}`)
    end += bytes * elements(shape)
    const stop = end
    return {
      name,
      shape,
      read: () => {
        if (stored !== 'float32') throw new Error(`has values of type ${stored} for ${name}, not float32`)
        return new Float32Array(read(start, stop).buffer)
      },
    }
  })
}
