import { relu } from '../../engine/ops/register_ops.ts'
import { mul, neg, sub, elu as unscaled } from '../../engine/tfjs.ts'
import { type LayerRow, only, type SpecOf } from './layer.ts'

/** x above zero, alpha · (eˣ − 1) below. Shape kept. Source: Keras ELU. */
export const elu: LayerRow<SpecOf<'elu'>> = {
  takes: 'one',
  outputShape: (_spec, inputs) => only(inputs).shape,
  forward: ({ spec: { alpha }, inputs }) => {
    const x = only(inputs)
    return { output: alpha === 1 ? unscaled(x) : sub(relu(x), mul(relu(neg(unscaled(x))), alpha)) }
  },
}
