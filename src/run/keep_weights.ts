import { basename } from 'node:path'
import type { WeightSpec } from '../model/network.ts'
import { writeCheckpoint } from '../train/checkpoint.ts'

type Kept = {
  /** Of the network, in the order of its layers. */
  weights: readonly Pick<WeightSpec, 'name' | 'shape'>[]
  /** Values by name; what is no weight of the network is left out. */
  values: Readonly<Record<string, Float32Array>>
  /** What the weights are of. */
  about: { id: string; epoch: number }
}

/**
 * Keeps a network's weights beside its record, in the safetensors format with their shapes.
 * @returns the file's name; undefined where it could not be written: a full disk is no reason to lose the run
 */
export const keepWeights = async (file: string, { weights, values, about }: Kept): Promise<string | undefined> => {
  const written = writeCheckpoint(file, {
    meta: JSON.stringify(about),
    tensors: Object.fromEntries(weights.map(({ name }) => [name, values[name] as Float32Array])),
    shapes: Object.fromEntries(weights.map(({ name, shape }) => [name, shape])),
  })
  return written.then(
    () => basename(file),
    () => undefined,
  )
}
