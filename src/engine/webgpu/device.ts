import { create, globals } from 'webgpu'

/** Held for the life of the process: Dawn's devices end with it. */
const held: { gpu?: GPU } = {}

export type OpenDevice = { device: GPUDevice; info: GPUAdapterInfo; name: string; gpu: boolean }

/**
 * The fastest GPU that a driver offers.
 * @param software  whether a processor that plays a GPU will do where there is no other
 * @throws whatever loading Dawn fails with, or why there is no device
 */
export const openDevice = async ({ software }: { software: boolean }): Promise<OpenDevice> => {
  const adapter = await openDawn().requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new Error('no driver offers a GPU')
  const { info } = adapter
  const gpu = !info.isFallbackAdapter
  if (!gpu && !software) throw new Error(`the only device is software (${nameOf(info)})`)
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]))
  return { device: await adapter.requestDevice({ requiredLimits }), info, name: nameOf(info), gpu }
}

/** Dawn, the WebGPU of Chromium, made known to this process as in a browser: tfjs looks for `navigator.gpu` and for WebGPU's constants. */
const openDawn = (): GPU => {
  if (held.gpu) return held.gpu
  const gpu = create([])
  Object.assign(globalThis, globals)
  // Node has a navigator since version 21.
  const { navigator = {} } = globalThis as { navigator?: object }
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  held.gpu = gpu
  return gpu
}

/** What tfjs' kernels may need more of than WebGPU promises everywhere. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

/** For people: the driver's own name of the device, as far as WebGPU lets it through. */
const nameOf = ({ device, description, vendor, architecture }: GPUAdapterInfo): string => {
  const name = [device, description, `${vendor} ${architecture}`].find((text) => text.trim() !== '') ?? 'a GPU without a name'
  return name.replace(/-+$/, '').trim()
}
