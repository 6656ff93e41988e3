import type { Layer } from '../../../schema/recipe.ts'
import { activation } from './activation.ts'
import { add } from './add.ts'
import { average } from './average.ts'
import { average_pooling2d } from './average_pooling2d.ts'
import { batch_normalization } from './batch_normalization.ts'
import { concatenate } from './concatenate.ts'
import { conv2d } from './conv2d.ts'
import { dense } from './dense.ts'
import { dropout } from './dropout.ts'
import { flatten } from './flatten.ts'
import { global_average_pooling2d } from './global_average_pooling2d.ts'
import { global_max_pooling2d } from './global_max_pooling2d.ts'
import type { LayerKind, LayerRow, SpecOf } from './layer.ts'
import { max_pooling2d } from './max_pooling2d.ts'
import { multiply } from './multiply.ts'
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
}

/** The row of a layer's own kind, which therefore takes that layer; TypeScript cannot follow this through the table. */
export const rowOf = (layer: Layer): LayerRow<Layer> => layers[layer.kind] as LayerRow<Layer>
