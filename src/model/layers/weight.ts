import type { Initializer, Regularizer } from '../../../schema/recipe.ts'
import type { Shape, WeightSpec } from '../network.ts'

type Given = { name: string; shape: Shape; initializer: Initializer; trainable: boolean; regularizer?: Regularizer }

/** A weight of a layer, with the penalty that a regularizer puts on it. */
export const weightOf = ({ regularizer, ...given }: Given): WeightSpec => ({
  ...given,
  l1: regularizer?.l1 ?? 0,
  l2: regularizer?.l2 ?? 0,
})
