import type { AugmentationCompose } from '../../../schema/recipe.ts'
import { randomOf } from '../../random.ts'
import type { AugmentationRow } from './augmentation_row.ts'
import { changed } from './transforms/table.ts'

/** A list of transforms. Each draws from a stream of its own, so that one that draws more or less changes nothing of the others. */
export const compose: AugmentationRow<AugmentationCompose> = {
  works: 'image',
  prepare: ({ transforms, apply_to }, { shape, part, seed }) => {
    if (!apply_to.some((applied) => applied === part)) return null
    return (source, target, { epoch, row }) => {
      const changedImage = transforms.reduce<Float32Array>((image, transform, place) => {
        const random = randomOf({ seed, purpose: 'augmentation', at: [epoch, row, place] })
        return random.uniform() < transform.p ? changed(transform, image, { shape, random }) : image
      }, source.slice())
      target.set(changedImage)
    }
  },
}
