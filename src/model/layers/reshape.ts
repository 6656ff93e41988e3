import { elements } from '../../elements.ts'
import { reshape as reshaped } from '../../engine/tfjs.ts'
import type { Shape } from '../network.ts'
import { type LayerRow, only, type SpecOf, shapeText } from './layer.ts'

/** The target with what is left in the place of its −1; null where the numbers do not come out even. */
const filled = (target: readonly number[], size: number): Shape | null => {
  const known = target.filter((extent) => extent !== -1)
  const rest = size / elements(known)
  if (target.length - known.length > 1 || known.includes(0) || !Number.isInteger(rest)) return null
  const shape = target.map((extent) => (extent === -1 ? rest : extent))
  return elements(shape) === size ? shape : null
}

/** The same numbers, row by row, in another shape. Source: Keras Reshape. */
export const reshape: LayerRow<SpecOf<'reshape'>> = {
  takes: 'one',
  outputShape: ({ target_shape }, inputs) => {
    const { name, shape } = only(inputs)
    const found = filled(target_shape, elements(shape))
    if (found?.length === 2) {
      const message = `makes a shape of two axes (${shapeText(found)}); layers here take vectors and images of three`
      return { code: 'reshape_misfit', at: ['target_shape'], message }
    }
    const message = `cannot make ${target_shape.join('×')} of the ${elements(shape)} numbers (${shapeText(shape)}) that ${name} gives`
    return found ?? { code: 'reshape_misfit', at: ['target_shape'], message, hint: 'One of them may be -1: what is left.' }
  },
  forward: ({ spec: { target_shape }, inputs }) => {
    const [batch, ...shape] = only(inputs).shape as [number, ...number[]]
    return { output: reshaped(only(inputs), [batch, ...(filled(target_shape, elements(shape)) ?? [])]) }
  },
}
