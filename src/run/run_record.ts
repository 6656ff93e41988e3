import type { Source } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { classCounts } from '../data/class_weights.ts'
import { type Dataset, PARTS, type Part, type Split } from '../data/dataset.ts'
import { fingerprint } from '../data/fingerprint.ts'
import type { Network } from '../model/network.ts'
import { withoutFolders } from './without_folders.ts'

/** The data as used by a run, for its record. */
export const dataRecord = (
  dataset: Dataset,
  { source, whole, used, weights }: { source: Source; whole: Split; used: Split; weights: readonly number[] | null },
): NonNullable<RunRecord['data']> => ({
  kind: dataset.kind,
  name: dataset.name,
  // As the recipe has it: what a variable stands for is its user's own.
  path: dataset.path === null || !('path' in source) ? null : withoutFolders(source.path),
  synthetic: dataset.synthetic,
  sha256: dataset.sha256,
  md5: dataset.md5,
  images: dataset.labels.length,
  image_shape: [...dataset.imageShape],
  classes: [...dataset.classes],
  counts: perPart((part) => classCounts(dataset, whole[part])),
  used: perPart((part) => used[part].length),
  fingerprint: perPart((part) => fingerprint(whole[part])),
  class_weight: weights === null ? null : [...weights],
  ...(dataset.leftOut.length > 0 ? { left_out: dataset.leftOut.map(({ what, count }) => ({ what, count })) } : {}),
})

const perPart = <T>(value: (part: Part) => T): Record<Part, T> =>
  Object.fromEntries(PARTS.map((part) => [part, value(part)])) as Record<Part, T>

/** The network as built, for the record. */
export const modelRecord = ({ layers }: Network): NonNullable<RunRecord['model']> => ({
  parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
  trainable_parameters: layers.reduce((sum, layer) => sum + layer.trainableParameters, 0),
  layers: layers.map(({ name, kind, outputShape, parameters }) => ({ name, kind, output_shape: [...outputShape], parameters })),
})
