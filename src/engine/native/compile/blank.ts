import type { Binding } from '../load.ts'

/** Makes a tensor without values in the binding: its memory is not even touched. */
export const blank = (binding: Binding, dtype: number, shape: readonly number[]): ReturnType<Binding['executeOp']>[number] => {
  const size = binding.createTensor([shape.length], binding.TF_INT32, Int32Array.from(shape))
  const attrs = [
    { name: 'dtype', type: binding.TF_ATTR_TYPE, value: dtype },
    { name: 'init', type: binding.TF_ATTR_BOOL, value: false },
  ]
  try {
    const [made] = binding.executeOp('Empty', attrs, [size], 1)
    if (!made) throw new Error('TensorFlow made no tensor')
    return made
  } finally {
    binding.deleteTensor(size)
  }
}
