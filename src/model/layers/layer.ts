import type { Tensor } from '@tensorflow/tfjs-core'
import type { ProblemCode } from '../../../schema/problem_code.ts'
import type { Activation, Layer, Semantics } from '../../../schema/recipe.ts'
import type { LayerSummary, NoiseSpec, Shape, WeightSpec } from '../network.ts'
import type { DtypePolicy } from '../precision.ts'

export type LayerKind = Layer['kind']
export type SpecOf<K extends LayerKind> = Extract<Layer, { kind: K }>

/** What a layer takes in: the output of the layer of that name, or `input`, the image. */
export type LayerInput = { name: string; shape: Shape }

/** Why a layer cannot take what it is given. */
export type Misfit = {
  code: ProblemCode
  /** Path within the layer; none: the layer as a whole. */
  at?: readonly (string | number)[]
  /** What is wrong, with the numbers; follows the layer's name. */
  message: string
  hint?: string
  /** Shape to go on with where it is clear what was meant, so that later mistakes are found as well. */
  meant?: Shape
}

export type LayerForward<S> = {
  spec: S
  name: string
  /** Each [batch, ...shape]. */
  inputs: readonly Tensor[]
  weights: Readonly<Record<string, Tensor>>
  /** What `noise` asks for, by its name; only when training. */
  noise: Readonly<Record<string, Tensor>>
  training: boolean
  semantics: Semantics
  /** What the layer computes in; for a layer that stands for several, what happens between them. */
  policy: Pick<DtypePolicy, 'low' | 'settle'>
}

/** One kind of layer. Shapes are without the batch axis. */
export type LayerRow<S> = {
  /** `several`: takes two or more, named by `inputs`. */
  takes: 'one' | 'several'
  outputShape: (spec: S, inputs: readonly LayerInput[]) => Shape | Misfit
  /** In Keras' order. */
  weights?: (spec: S, inputs: readonly LayerInput[], name: string) => WeightSpec[]
  /** The random numbers that it needs while training. */
  noise?: (spec: S, inputs: readonly LayerInput[], name: string) => NoiseSpec[]
  /** Applied to what `forward` gives; none: linear. */
  activation?: (spec: S) => Activation
  /** Set for a layer that computes in float32 whatever the precision of the others. */
  float32?: true
  /** The output before the activation, and the new values of weights that change without a gradient. */
  forward: (args: LayerForward<S>) => { output: Tensor; updates?: Record<string, Tensor> }
  /** For a layer that stands for several: what a table of layers shows instead of it. */
  parts?: (spec: S, inputs: readonly LayerInput[], name: string) => LayerSummary[]
}

export const isMisfit = (fit: Shape | Misfit): fit is Misfit => 'code' in fit

/** `48×48×64`, or `128 numbers`. */
export const shapeText = (shape: Shape): string => (shape.length === 1 ? `${shape[0]} numbers` : shape.join('×'))

/** The one input of a layer that takes one. */
export const only = <T>(inputs: readonly T[]): T => inputs[0] as T

/** Set where channels do not come out even in so many groups. `counts`: what is divided, in words, and how many there are. */
export const groupsMisfit = (groups: number, counts: readonly (readonly [what: string, count: number])[]): Misfit | null => {
  const uneven = counts.find(([, count]) => groups === 0 || count % groups !== 0)
  if (!uneven) return null
  const message = `divides its ${uneven[0]} into ${groups} groups, but there are ${uneven[1]}`
  return { code: 'groups_uneven', at: ['groups'], message, hint: 'The number of groups must divide them.' }
}

/** Set where a window both moves in steps and looks at places that are apart, which Keras refuses too. */
export const dilationMisfit = (
  strides: number | readonly [number, number],
  dilation: number | readonly [number, number],
): Misfit | null => {
  const isAbove1 = (size: typeof strides) => [size].flat().some((extent) => extent > 1)
  if (!isAbove1(strides) || !isAbove1(dilation)) return null
  return {
    code: 'strides_and_dilation',
    at: ['dilation_rate'],
    message: 'has strides and a dilation_rate above 1',
    hint: 'Keep one of them.',
  }
}

/** Set for a layer that works on images and is given something else. */
export const imageMisfit = ({ name, shape }: LayerInput): Misfit | null =>
  shape.length === 3
    ? null
    : {
        code: 'needs_image',
        message: `needs an image, height × width × channels, but ${name} gives a vector of ${shapeText(shape)}`,
        hint: 'Move it above the layer that makes a vector of the image.',
      }
