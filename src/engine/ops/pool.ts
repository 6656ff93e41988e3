import type { backend_util } from '@tensorflow/tfjs-core'

/** Attributes of tfjs' kernels for pooling. */
export type PoolAttributes = {
  filterSize: [number, number] | number
  strides: [number, number] | number
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
