import { createRequire } from 'node:module'
import type * as Tfjs from '@tensorflow/tfjs-core'

let loaded: typeof Tfjs | undefined

/** The same instance that `import` gives: Node makes one of either. */
const tfjs = (): typeof Tfjs => {
  loaded ??= createRequire(import.meta.url)('@tensorflow/tfjs-core') as typeof Tfjs
  return loaded
}

type FunctionName = { [K in keyof typeof Tfjs]: (typeof Tfjs)[K] extends (...args: never[]) => unknown ? K : never }[keyof typeof Tfjs]

const atFirstCall = <K extends FunctionName>(name: K): (typeof Tfjs)[K] =>
  ((...args: never[]) => (tfjs()[name] as (...args: never[]) => unknown)(...args)) as (typeof Tfjs)[K]

/**
 * The functions of TensorFlow.js that layers are made of. The library is loaded when the first of them is called: what only asks for shapes
 * (`validate`, `plan`) is spared the 80 ms.
 */
export const abs = atFirstCall('abs')
export const add = atFirstCall('add')
export const avgPool = atFirstCall('avgPool')
export const cast = atFirstCall('cast')
export const clipByValue = atFirstCall('clipByValue')
export const clone = atFirstCall('clone')
export const concat = atFirstCall('concat')
export const conv2d = atFirstCall('conv2d')
export const conv2dTranspose = atFirstCall('conv2dTranspose')
export const customGrad = atFirstCall('customGrad')
export const depthwiseConv2d = atFirstCall('depthwiseConv2d')
export const div = atFirstCall('div')
export const elu = atFirstCall('elu')
export const engine = atFirstCall('engine')
export const equal = atFirstCall('equal')
export const erf = atFirstCall('erf')
export const exp = atFirstCall('exp')
export const getBackend = atFirstCall('getBackend')
export const getGradient = atFirstCall('getGradient')
export const getKernel = atFirstCall('getKernel')
export const greater = atFirstCall('greater')
export const greaterEqual = atFirstCall('greaterEqual')
export const leakyRelu = atFirstCall('leakyRelu')
export const less = atFirstCall('less')
export const matMul = atFirstCall('matMul')
export const max = atFirstCall('max')
export const maximum = atFirstCall('maximum')
export const maxPool = atFirstCall('maxPool')
export const mean = atFirstCall('mean')
export const minimum = atFirstCall('minimum')
export const mul = atFirstCall('mul')
export const neg = atFirstCall('neg')
export const pad = atFirstCall('pad')
export const pad4d = atFirstCall('pad4d')
export const registerGradient = atFirstCall('registerGradient')
export const registerKernel = atFirstCall('registerKernel')
export const relu = atFirstCall('relu')
export const relu6 = atFirstCall('relu6')
export const reshape = atFirstCall('reshape')
export const rsqrt = atFirstCall('rsqrt')
export const selu = atFirstCall('selu')
export const sigmoid = atFirstCall('sigmoid')
export const sign = atFirstCall('sign')
export const slice = atFirstCall('slice')
export const softmax = atFirstCall('softmax')
export const softplus = atFirstCall('softplus')
export const sqrt = atFirstCall('sqrt')
export const square = atFirstCall('square')
export const step = atFirstCall('step')
export const sub = atFirstCall('sub')
export const sum = atFirstCall('sum')
export const tanh = atFirstCall('tanh')
export const tensor2d = atFirstCall('tensor2d')
export const tensor4d = atFirstCall('tensor4d')
export const transpose = atFirstCall('transpose')
export const where = atFirstCall('where')
export const zerosLike = atFirstCall('zerosLike')
