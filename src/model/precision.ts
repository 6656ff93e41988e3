import type { Tensor } from '@tensorflow/tfjs-core'
import type { Training } from '../../schema/recipe.ts'
import { type LowArithmetic, type LowType, lowered, raised, rounded } from '../engine/ops/low_precision.ts'

/** What the layers compute in; null: float32. */
export type Precision = { type: LowType; arithmetic: LowArithmetic } | null

/** The precision of a recipe on an engine that works in types of 16 bits as `arithmetic` says. */
export const precisionOf = (policy: Training['precision'], arithmetic: Readonly<Record<LowType, LowArithmetic>>): Precision => {
  if (policy === 'float32') return null
  const type = policy === 'mixed_bfloat16' ? 'bfloat16' : 'float16'
  return { type, arithmetic: arithmetic[type] }
}

/** In words: `float32`, `bfloat16`, or `float32 rounded to bfloat16`. */
export const arithmeticText = (precision: Precision): string => {
  if (precision === null) return 'float32'
  return precision.arithmetic === 'native' ? precision.type : `float32 rounded to ${precision.type}`
}

/**
 * Keras' dtype policies: `mixed_bfloat16` and `mixed_float16` compute in 16 bits with weights of float32. The last layer and batch
 * normalization compute in float32: the former as Keras' guide to mixed precision has it, the latter as Keras 3 does it itself.
 */
export const policyOf = (precision: Precision): DtypePolicy => {
  if (precision === null) return { low: false, enter: same, settle: same, leave: same }
  const { type, arithmetic } = precision
  const round = (x: Tensor) => rounded(x, type)
  if (arithmetic === 'rounded') return { low: false, enter: round, settle: round, leave: same }
  return { low: true, enter: (x) => lowered(x, type), settle: same, leave: (x) => raised(x, type) }
}

/** What happens to the values that layers take and give. Weights and gradients by them are float32 outside of the layers. */
export type DtypePolicy = {
  /** Whether layers are handed tensors of a type of 16 bits. */
  low: boolean
  /** Of float32: the image, a weight, a mask, as a layer takes it. */
  enter: (x: Tensor) => Tensor
  /** What a layer has computed, as the next one takes it. */
  settle: (x: Tensor) => Tensor
  /** As float32, for a layer that computes in it. */
  leave: (x: Tensor) => Tensor
}

const same = (x: Tensor): Tensor => x
