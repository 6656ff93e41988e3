import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import {
  abs,
  add,
  clone,
  engine,
  getGradient,
  getKernel,
  greaterEqual,
  less,
  mul,
  registerGradient,
  registerKernel,
  sign,
  sub,
  where,
} from '../tfjs.ts'

/** Types of 16 bits that a step can work in. */
export type LowType = 'bfloat16' | 'float16'
/**
 * How an engine works in such a type. `native`: operations take and give the type itself. `rounded`: they work in float32, and their values
 * are rounded to it, where the processor multiplies no faster in the type.
 */
export type LowArithmetic = 'native' | 'rounded'

/** Significant bits, the leading one counted. */
const BITS: Record<LowType, number> = { bfloat16: 8, float16: 11 }
const FLOAT32_BITS = 24
/** Halfway from the largest float16, 65504, to the next one that there would be: from here on a value becomes infinite. */
const FLOAT16_INFINITE = 65520
/** Below this, float16 has a fixed step of 2⁻²⁴: that of float32 near ¾ · 2⁰, so adding and taking ¾ away rounds to it. */
const FLOAT16_NORMAL = 2 ** -14
const FLOAT16_STEP_AT = 0.75

/** To the nearest value of so many bits, of two the even one: Veltkamp's splitting, by float32 arithmetic alone. */
const toBits = (x: Tensor, bits: number): Tensor => {
  const scaled = mul(x, 2 ** (FLOAT32_BITS - bits) + 1)
  return sub(scaled, sub(scaled, x))
}

const toFloat16 = (x: Tensor): Tensor => {
  const size = abs(x)
  const normal = toBits(x, BITS.float16)
  const small = sub(add(x, FLOAT16_STEP_AT), FLOAT16_STEP_AT)
  const finite = where(less(size, FLOAT16_NORMAL), small, normal)
  return where(greaterEqual(size, FLOAT16_INFINITE), mul(sign(x), Number.POSITIVE_INFINITY), finite)
}

/** Rounds float32 values to those of the type, by operations that every backend has. Values of bfloat16 must be below 2¹¹⁰. */
const roundedBy: Record<LowType, (x: Tensor) => Tensor> = {
  bfloat16: (x) => toBits(x, BITS.bfloat16),
  float16: toFloat16,
}

/** A tensor in the type, of a float32 one; and back. tfjs knows no such types: for it both are float32. */
export type LowKernels = Record<'Lower' | 'Raise', (x: TensorInfo, type: LowType) => TensorInfo>

const COMPOSED: LowKernels = { Lower: (x, type) => roundedBy[type](x as Tensor), Raise: (x) => clone(x as Tensor) }

type Attributes = { type: LowType }
const run = (kernel: keyof LowKernels, x: Tensor, type: LowType): Tensor => engine().runKernel(kernel, { x }, { type }) as Tensor

/** Makes `lowered` and `raised` usable on a tfjs backend; again does nothing. */
export const registerLowPrecision = (backendName: string, kernels: LowKernels = COMPOSED): void => {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName)) continue
    const kernelFunc = ({ inputs, attrs }: { inputs: object; attrs?: object }) =>
      kernel((inputs as { x: TensorInfo }).x, (attrs as Attributes).type)
    registerKernel({ kernelName, backendName, kernelFunc })
  }
  if (getGradient('Lower')) return
  for (const [kernelName, back] of [
    ['Lower', 'Raise'],
    ['Raise', 'Lower'],
  ] as const)
    registerGradient({
      kernelName,
      gradFunc: (dy, _, attrs) => ({ x: () => run(back, dy as Tensor, (attrs as unknown as Attributes).type) }),
    })
}

/** x in the type; its gradient comes back as float32. Needs `registerLowPrecision`. */
export const lowered = (x: Tensor, type: LowType): Tensor => run('Lower', x, type)
/** x, which is in the type, as float32; its gradient goes back in the type. */
export const raised = (x: Tensor, type: LowType): Tensor => run('Raise', x, type)
/** x rounded to values of the type, and its gradient likewise; float32. */
export const rounded = (x: Tensor, type: LowType): Tensor => raised(lowered(x, type), type)
