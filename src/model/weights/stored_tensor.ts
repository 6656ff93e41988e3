/** A tensor in a file of weights. */
export type StoredTensor = {
  /** Its path in the file, e.g. `block1_conv1/block1_conv1/kernel:0`; as the file has it. */
  name: string
  shape: readonly number[]
  /** Its values as float32, row-major. Only while the file is open. @throws Error what is wrong with them, to follow the file's name */
  read: () => Float32Array
}

/**
 * Opens a file of weights, gives its tensors in its own order, and closes it again.
 * @throws Error what is wrong with the file, to follow its name
 */
export type TensorReader = <T>(path: string, use: (tensors: readonly StoredTensor[]) => T) => Promise<T>
