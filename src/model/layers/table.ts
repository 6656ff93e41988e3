import type { Layer } from '../../../schema/recipe.ts'
import { activation } from './activation.ts'
import { add } from './add.ts'
import { average } from './average.ts'
import { average_pooling2d } from './average_pooling2d.ts'
import { batch_normalization } from './batch_normalization.ts'
import { concatenate } from './concatenate.ts'
import { conv2d } from './conv2d.ts'
import { conv2d_transpose } from './conv2d_transpose.ts'
import { cropping2d } from './cropping2d.ts'
import { dense } from './dense.ts'
import { depthwise_conv2d } from './depthwise_conv2d.ts'
import { dot } from './dot.ts'
import { drop_path } from './drop_path.ts'
import { dropout } from './dropout.ts'
import { elu } from './elu.ts'
import { flatten } from './flatten.ts'
import { gaussian_dropout } from './gaussian_dropout.ts'
import { gaussian_noise } from './gaussian_noise.ts'
import { global_average_pooling2d } from './global_average_pooling2d.ts'
import { global_max_pooling2d } from './global_max_pooling2d.ts'
import { group_normalization } from './group_normalization.ts'
import type { LayerKind, LayerRow, SpecOf } from './layer.ts'
import { layer_normalization } from './layer_normalization.ts'
import { leaky_relu } from './leaky_relu.ts'
import { max_pooling2d } from './max_pooling2d.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'
import { multiply } from './multiply.ts'
import { permute } from './permute.ts'
import { prelu } from './prelu.ts'
import { relu } from './relu.ts'
import { rescaling } from './rescaling.ts'
import { reshape } from './reshape.ts'
import { separable_conv2d } from './separable_conv2d.ts'
import { softmax } from './softmax.ts'
import { spatial_dropout2d } from './spatial_dropout2d.ts'
import { subtract } from './subtract.ts'
import { up_sampling2d } from './up_sampling2d.ts'
import { vgg16 } from './vgg16.ts'
import { zero_padding2d } from './zero_padding2d.ts'

/** Every kind of layer that a recipe can name. */
export const layers: { readonly [K in LayerKind]: LayerRow<SpecOf<K>> } = {
  conv2d,
  dense,
  flatten,
  dropout,
  max_pooling2d,
  average_pooling2d,
  global_average_pooling2d,
  global_max_pooling2d,
  batch_normalization,
  activation,
  zero_padding2d,
  add,
  multiply,
  average,
  concatenate,
  vgg16,
  depthwise_conv2d,
  separable_conv2d,
  conv2d_transpose,
  spatial_dropout2d,
  gaussian_noise,
  gaussian_dropout,
  drop_path,
  layer_normalization,
  group_normalization,
  up_sampling2d,
  cropping2d,
  reshape,
  permute,
  rescaling,
  relu,
  leaky_relu,
  prelu,
  elu,
  softmax,
  subtract,
  maximum,
  minimum,
  dot,
}

/** The row of a layer's own kind, which therefore takes that layer; TypeScript cannot follow this through the table. */
export const rowOf = (layer: Layer): LayerRow<Layer> => layers[layer.kind] as LayerRow<Layer>
