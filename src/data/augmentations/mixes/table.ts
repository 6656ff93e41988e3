import type { Augmentation, Mix } from '../../../../schema/recipe.ts'
import { randomOf } from '../../../random.ts'
import type { Part } from '../../dataset.ts'
import { cutmix } from './cutmix.ts'
import type { MixRow, Mixture } from './mix_row.ts'
import { mixup } from './mixup.ts'

type Kind = Mix['kind']
type SpecOf<K extends Kind> = Extract<Mix, { kind: K }>

const mixes: { [K in Kind]: MixRow<SpecOf<K>> } = { mixup, cutmix }

/** Which batch. */
type Occasion = { epoch: number; step: number }

/** How the images of a training batch are mixed, or null where they are not. Other parts never are: their labels are to be known. */
export const prepareMix = (
  augmentation: Augmentation,
  { part, seed }: { part: Part; seed: number },
): ((batch: Mixture, occasion: Occasion) => void) | null => {
  const mix = augmentation.kind === 'compose' && augmentation.apply_to.includes('train') ? augmentation.mix : undefined
  if (mix === undefined || part !== 'train') return null
  return (batch, { epoch, step }) => {
    const random = randomOf({ seed, purpose: 'augmentation', at: ['mix', epoch, step] })
    if (random.uniform() < mix.p) (mixes[mix.kind] as MixRow<Mix>)(mix, batch, random)
  }
}
