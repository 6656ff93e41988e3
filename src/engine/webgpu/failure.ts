/** The first error that a device reported. */
export type Failure = {
  /** @throws Error where there was one */
  check: () => void
}

/** Listens to a device: errors of its kernels, of memory that it does not have, and its loss. */
export const watchDevice = (device: GPUDevice): Failure => {
  let first: string | undefined
  device.onuncapturederror = ({ error }) => {
    first ??= error.message.split('\n')[0]
  }
  device.lost.then(({ message, reason }) => {
    first ??= `the device is gone (${reason}): ${message}`
  })
  return {
    check: () => {
      if (first !== undefined) throw new Error(`WebGPU failed: ${first}`)
    },
  }
}
