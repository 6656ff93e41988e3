import type { AugmentationNone } from '../../../schema/recipe.ts'
import type { AugmentationRow } from './augmentation_row.ts'

export const none: AugmentationRow<AugmentationNone> = { works: 'numbers', prepare: () => null }
