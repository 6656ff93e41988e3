import { reshape } from '../../engine/tfjs.ts'
import { groupsMisfit, type LayerRow, only, type SpecOf } from './layer.ts'
import { learnedWeights, normalizedOver, scaledAndMoved } from './normalize.ts'

const groupsOf = ({ groups }: { groups: number }, channels: number): number => (groups === -1 ? channels : groups)

/** Over all places and the channels of a group: c channels in `groups` groups of neighbours. Shape kept. Source: Keras GroupNormalization. */
export const group_normalization: LayerRow<SpecOf<'group_normalization'>> = {
  takes: 'one',
  float32: true,
  outputShape: (spec, inputs) => {
    const { shape } = only(inputs)
    const channels = shape.at(-1) as number
    return groupsMisfit(groupsOf(spec, channels), [['input channels', channels]]) ?? shape
  },
  weights: (spec, inputs, name) => learnedWeights(spec, only(inputs).shape.at(-1) as number, name),
  forward: (args) => {
    const x = only(args.inputs)
    const channels = x.shape.at(-1) as number
    const groups = groupsOf(args.spec, channels)
    const inGroups = reshape(x, [x.shape[0] as number, -1, groups, channels / groups])
    return { output: scaledAndMoved(reshape(normalizedOver(inGroups, [1, 3], args.spec.epsilon), x.shape), args) }
  },
}
