import { clone, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import type { LowKernels, LowType } from '../ops/low_precision.ts'
import type { Binding, NodeBackend } from './load.ts'

/** TensorFlow's numbers for the types. */
export const LOW_TYPES: Record<LowType, number> = { bfloat16: 14, float16: 19 }

type Made = ReturnType<Binding['executeOp']>[number]

/** What a binding has beside its own functions while a graph is written down: both write a Cast. */
export type CastRecorder = { lower: (id: number, type: LowType) => Made; raise: (id: number) => Made }

/** Casts of TensorFlow for tfjs-node's backend. */
export const lowKernels = (backend: NodeBackend): LowKernels => {
  const idOf = (x: TensorInfo): number => backend.getInputTensorIds([x])[0] as number
  const recorder = () => backend.binding as Binding & Partial<CastRecorder>
  return {
    Lower: (x, type) => {
      const made = recorder().lower?.(idOf(x), type) ?? roundTrip(backend.binding, idOf(x), LOW_TYPES[type])
      return backend.createOutputTensor(made)
    },
    Raise: (x) => {
      const made = recorder().raise?.(idOf(x))
      return made ? backend.createOutputTensor(made) : clone(x as Tensor)
    },
  }
}

/** Rounds by casting there and back: op by op, tfjs can hold no other type than float32. */
const roundTrip = (binding: Binding, id: number, low: number): Made => {
  const float = binding.TF_FLOAT
  const between = cast(binding, id, { from: float, to: low })
  const made = cast(binding, between.id, { from: low, to: float })
  binding.deleteTensor(between.id)
  return made
}

const cast = (binding: Binding, id: number, { from, to }: { from: number; to: number }): Made => {
  const type = binding.TF_ATTR_TYPE
  const attrs = [
    { name: 'SrcT', type, value: from },
    { name: 'DstT', type, value: to },
    { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
  ]
  return binding.executeOp('Cast', attrs, [id], 1)[0] as Made
}
