import type { Spec } from '../../schema/recipe.ts'

/** What a recipe may say where a number of outputs stands: as many as the data have classes. */
const CLASSES = 'classes'

/**
 * A spec in which `units: classes` is the number of classes, so that it is the same run as with the number written. Before this, the spec's
 * types, in which `units` is a number, say what it will be.
 */
export const withClasses = (spec: Spec, classes: number): Spec => {
  const isNamed = (layer: Spec['model']['layers'][number]) => 'units' in layer && (layer.units as number | string) === CLASSES
  if (!spec.model.layers.some(isNamed)) return spec
  const layers = spec.model.layers.map((layer) => (isNamed(layer) ? { ...layer, units: classes } : layer))
  return { ...spec, model: { ...spec.model, layers } }
}
