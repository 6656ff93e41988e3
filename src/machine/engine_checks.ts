import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import { type EngineStatus, engineStatuses } from '../engine/choose/status.ts'
import type { EngineName } from '../engine/engine.ts'
import { deviceName } from '../engine/native/device.ts'
import { verifyBuild } from '../engine/setup/verify.ts'
import { verifyDevice } from '../engine/webgpu/verify.ts'
import { UserError } from '../problem.ts'
import type { Check } from './check.ts'

/** The engine that is used, really tried: about two seconds. */
export const engine = async (chosen: ChosenEngine): Promise<Check> => {
  if (chosen.name === 'native') return tryNative()
  if (chosen.name === 'webgpu') return tryWebgpu()
  const native = statusOf('native')
  const details = { engine: chosen.name, tensorflow: null, gpu: false }
  const value = `${chosen.name}: works everywhere, about ten times slower than native`
  if (native && !native.available)
    return { name: 'engine', ok: false, value: `${value}; native cannot be used: ${native.why}`, cure: native.cure, details }
  return {
    name: 'engine',
    ok: false,
    value: `${value}; FERMENT_ENGINE asks for it`,
    cure: 'Unset FERMENT_ENGINE to use the native engine.',
    details,
  }
}

/** Tries the native engine in a process of its own: it may not load, and it may end the process that loads it. */
const tryNative = async (): Promise<Check> => {
  const status = statusOf('native')
  const binding = status?.available ? (status.binding ?? '') : ''
  try {
    const { tensorflow, gpu } = await verifyBuild(binding, new AbortController().signal)
    const device = deviceName(gpu)
    return {
      name: 'engine',
      ok: true,
      value: `native: TensorFlow ${tensorflow} on ${device}`,
      details: { engine: 'native', tensorflow, gpu, device },
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const [problem] = error.problems
    return { name: 'engine', ok: false, value: problem?.message ?? error.message, ...(problem?.hint ? { cure: problem.hint } : {}) }
  }
}

const statusOf = (engine: EngineName): EngineStatus | undefined => engineStatuses().find(({ name }) => name === engine)

const WEBGPU_CURE = "See to the GPU's driver, or let FERMENT_ENGINE name another engine."

/** Tries WebGPU in a process of its own, too. */
const tryWebgpu = async (): Promise<Check> => {
  try {
    const { device, gpu } = await verifyDevice()
    const value = `webgpu: ${device}${gpu ? '' : ', which is no GPU: slower than wasm'}`
    return {
      name: 'engine',
      ok: gpu,
      value,
      ...(gpu ? {} : { cure: WEBGPU_CURE }),
      details: { engine: 'webgpu', tensorflow: null, gpu, device },
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    return { name: 'engine', ok: false, value: `webgpu does not compute: ${reason}`, cure: WEBGPU_CURE }
  }
}

/** What WebGPU would find, by the files of its drivers: it is used where there is no better engine, or where it is required. */
export const webgpu = (): Check => {
  const status = statusOf('webgpu')
  if (!status || status.available) return { name: 'webgpu', ok: true, value: 'the driver of a GPU is there; --engine webgpu requires it' }
  const required = status.onRequest ? '; --engine webgpu requires it all the same, for tests' : ''
  return { name: 'webgpu', ok: true, value: `not used: ${status.why}${required}`, details: { why: status.why } }
}
