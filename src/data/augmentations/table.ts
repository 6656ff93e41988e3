import type { Augmentation } from '../../../schema/recipe.ts'
import type { Augment, AugmentationContext, AugmentationRow } from './augmentation_row.ts'
import { compose } from './compose.ts'
import { image_data_generator } from './image_data_generator.ts'
import { none } from './none.ts'

type Kind = Augmentation['kind']
type SpecOf<K extends Kind> = Extract<Augmentation, { kind: K }>

const augmentations: { [K in Kind]: AugmentationRow<SpecOf<K>> } = { none, image_data_generator, compose }

/** The change of images that a recipe asks for, or null where images of this part stay as they are. */
export const prepareAugmentation = <K extends Kind>(spec: SpecOf<K>, context: AugmentationContext): Augment | null =>
  (augmentations[spec.kind] as AugmentationRow<SpecOf<K>>).prepare(spec, context)

/** Whether images are changed before preprocessing makes numbers of them. */
export const changesImages = ({ kind }: Augmentation): boolean => augmentations[kind].works === 'image'
