import type { Shape } from '../network.ts'
import { imageMisfit, isMisfit, type LayerInput, type Misfit, only } from './layer.ts'

/** A size as recipes have it: one number for both axes, or [vertical, horizontal]. */
export type Size = number | readonly [number, number]

export const pair = (size: Size): [number, number] => (typeof size === 'number' ? [size, size] : [size[0], size[1]])

/** Zeros that `same` adds along one axis, the odd one at the end, and the number of windows then. Source: tf.nn.convolution. */
export const samePadding = (extent: number, window: number, stride: number): { before: number; after: number; steps: number } => {
  const count = steps(extent, window, stride, 'same')
  const total = Math.max((count - 1) * stride + window - extent, 0)
  return { before: Math.floor(total / 2), after: Math.ceil(total / 2), steps: count }
}

type Moving = { window: Size; strides: Size; padding: 'valid' | 'same'; dilation?: Size; field: string }

/** Windows along one axis. Source: tf.nn.convolution, "valid" and "same". */
const steps = (extent: number, window: number, stride: number, padding: 'valid' | 'same') =>
  Math.ceil((padding === 'same' ? extent : extent - window + 1) / stride)

/** Height and width of what a moving window leaves of an image, or why it does not fit; `field` is the window's name in the recipe. */
export const windowed = (image: Shape, { window, strides, padding, dilation = 1, field }: Moving): [number, number] | Misfit => {
  const [height, width] = image as [number, number, number]
  const [[rows, columns], [rowSteps, columnSteps]] = [pair(window), pair(dilation)]
  const [windowHeight, windowWidth] = [spanOf(rows, rowSteps), spanOf(columns, columnSteps)]
  const [down, right] = pair(strides)
  if (padding === 'valid' && (windowHeight > height || windowWidth > width)) {
    return {
      code: 'window_too_large',
      at: [field],
      message: `has a window of ${windowHeight}×${windowWidth}, but the image has become ${height}×${width} by then`,
      hint: 'Take a smaller window or "padding: same", or leave out a pooling layer before it.',
    }
  }
  return [steps(height, windowHeight, down, padding), steps(width, windowWidth, right, padding)]
}

/** Pixels that a window spans whose places are `dilation` steps apart. */
const spanOf = (window: number, dilation: number): number => (window - 1) * dilation + 1

/** Shape of what pooling leaves of an image, [h, w, c] → [h′, w′, c], or why it does not fit. */
export const pooled = (
  { pool_size, strides, padding }: { pool_size: Size; strides?: Size | null; padding: 'valid' | 'same' },
  inputs: readonly LayerInput[],
): Shape | Misfit => {
  const misfit = imageMisfit(only(inputs))
  if (misfit) return misfit
  const { shape } = only(inputs)
  const extent = windowed(shape, { window: pool_size, strides: strides ?? pool_size, padding, field: 'pool_size' })
  return isMisfit(extent) ? extent : [...extent, shape[2] as number]
}
