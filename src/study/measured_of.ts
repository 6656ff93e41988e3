import type { Spec } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { inputShape } from '../input_shape.ts'
import type { Measured } from '../plan/estimate.ts'

/** The speed of a run that is done, for the estimates of others; none where its record does not say enough. */
export const measuredOf = ({ spec, data, history, provenance }: RunRecord): Measured[] => {
  const { model, training, preprocessing } = spec as Partial<Spec>
  const last = history?.at(-1)
  if (!model || !training || !data || !last || last.images_per_second <= 0) return []
  const { name: engine, gpu } = provenance.engine
  const imageShape = inputShape(preprocessing ?? {}, data.image_shape)
  return [
    {
      from: 'records',
      model,
      imageShape,
      classes: data.classes.length,
      batchSize: training.batch_size,
      precision: training.precision ?? 'float32',
      engine,
      gpu,
      imagesPerSecond: last.images_per_second,
    },
  ]
}
