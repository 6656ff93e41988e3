import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import { type OpenDevice, openDevice } from './device.ts'
import { type Failure, watchDevice } from './failure.ts'
import { registerTrainingKernels } from './kernels.ts'

// tfjs-core alone knows no gradients under Node: this package registers them with it.
import '@tensorflow/tfjs'

type Loaded = Pick<OpenDevice, 'name' | 'gpu'> & { failure: Failure }

/** One device a process, as there is one backend of each name. */
const loaded: { webgpu?: Loaded } = {}

/**
 * Makes WebGPU tfjs' backend, with the kernels that training needs.
 * @throws why there is no device
 */
export const loadWebgpu = async (options: { software: boolean }): Promise<Loaded> => {
  if (!loaded.webgpu) {
    const { device, info, name, gpu } = await openDevice(options)
    tf.registerBackend('webgpu', () => new WebGPUBackend(device, info))
    registerTrainingKernels()
    // Else small tensors are computed on the processor until they are on the GPU, and a run that goes on from a checkpoint ends otherwise.
    tf.env().set('WEBGPU_CPU_FORWARD', false)
    loaded.webgpu = { name, gpu, failure: watchDevice(device) }
  }
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not take the GPU')
  return loaded.webgpu
}
