import type { Tensor } from '@tensorflow/tfjs-core'
import type { LowArithmetic, LowType } from './ops/low_precision.ts'

/** Name → tensor. */
export type Tensors = Record<string, Tensor>
export type Values = Float32Array | Int32Array
/** Name → values in row-major order; the shapes are those the function was declared with. */
export type Arrays = Record<string, Values>
export type TensorSpec = { shape: readonly number[]; dtype: 'float32' | 'int32' }
/** Name → shape and values: the initial state (weights, optimizer slots). */
export type State = Record<string, { shape: readonly number[]; values: Float32Array }>

/** One TensorFlow operation that updates state in place. A string input names a variable of the state (its handle), a number is a float32 scalar. */
export type FusedOp = { op: string; inputs: readonly (string | Tensor | number)[]; attrs: Readonly<Record<string, boolean>> }

/** A change of the state: what every engine can compute, and, where there is one, the TensorFlow operation that does the same. */
export type Update = {
  /** The definition: state name → new value, with ordinary ops. Names not returned keep their value. */
  pure: () => Tensors
  fused?: FusedOp
}

/**
 * A pure function of tensors. It may only use tfjs ops on `inputs` and `state` (and constants it makes): no reading of values, no
 * random numbers, no variables. An engine may run it at each call or trace it once.
 */
export type PureFunction = (inputs: Tensors, state: Tensors) => { outputs: Tensors; updates?: readonly Update[] }

/** A function with the shapes it is called with: one entry a batch size. */
export type FunctionSpec = { inputs: Readonly<Record<string, TensorSpec>>; run: PureFunction }

/** Functions over one shared state. */
export type Program = {
  /** Runs a function; its updates are in force afterwards. Outputs come as float32. */
  call: (name: string, inputs: Arrays) => Promise<Record<string, Float32Array>>
  /** The whole state, for checkpoints. */
  read: () => Promise<Record<string, Float32Array>>
  /** Replaces the named parts of the state. */
  write: (state: Record<string, Float32Array>) => Promise<void>
  dispose: () => void
  /** Where an engine that compiles had to run this program op by op: why. */
  uncompiled?: string
}

export type EngineName = 'native' | 'webgpu' | 'wasm'

export type Engine = {
  name: EngineName
  mode: 'eager' | 'compiled'
  /** For people, e.g. `CPU (2 cores)` or `NVIDIA H200`. */
  device: string
  gpu: boolean
  /** Version of TensorFlow's library, where there is one. */
  tensorflow: string | null
  /** How it works in types of 16 bits; float32 is every engine's own. */
  arithmetic: Readonly<Record<LowType, LowArithmetic>>
  load: (functions: Readonly<Record<string, FunctionSpec>>, state: State) => Promise<Program>
}
