import type { Tensor4D } from '@tensorflow/tfjs-core'
import { depthwiseConv2d as convolve } from '../tfjs.ts'
import { dilated } from './convolution.ts'

type Depthwise = { strides: number; padding: 'same' | 'valid'; dilation: number }

/** Convolution of each channel of x [n, h, w, c] on its own with filter [rows, columns, c, m] → [n, h′, w′, c · m]. */
export const depthwiseConv2d = (x: Tensor4D, filter: Tensor4D, { strides, padding, dilation }: Depthwise): Tensor4D =>
  convolve(x, dilated(filter, [dilation, dilation]), strides, padding)
