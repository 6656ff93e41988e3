import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineName } from '../engine.ts'
import { buildDir, readBuild } from '../setup/builds.ts'
import { bindingFile } from '../setup/link.ts'
import { type Kind, kindFor, whyNoWheel } from '../setup/wheel.ts'
import { hasDawn } from '../webgpu/drivers.ts'
import { type Machine, readMachine } from './machine.ts'

/** Whether an engine can be had, found out without loading it. */
export type EngineStatus = { name: EngineName } & (
  | {
      available: true
      /** Whether it is likely to compute on a GPU; only loading it is certain. */
      gpu: boolean
      /** TensorFlow's version where it is known. */
      tensorflow: string | null
      /** File to load, for the native engine. */
      binding?: string
    }
  | {
      available: false
      why: string
      cure: string
      /** Whether it trains all the same where it is required. */
      onRequest?: true
    }
)

/**
 * Every engine, best first. Takes milliseconds: no library is loaded and no process is started. TensorFlow comes before WebGPU even
 * on the processor: it compiles a step and is as fast as its peers, while WebGPU runs it op by op and was never measured on a GPU.
 * @param link  where tfjs-node looks for its binding
 */
export const engineStatuses = ({
  machine = readMachine(),
  link = bindingFile(),
}: {
  machine?: Machine
  link?: string | null
} = {}): EngineStatus[] => [native(machine, link), webgpu(machine), { name: 'wasm', available: true, gpu: false, tensorflow: null }]

const native = (machine: Machine, link: string | null): EngineStatus => {
  const unavailable = (why: string, cure: string): EngineStatus => ({ name: 'native', available: false, why, cure })
  const binding = findBinding(machine, link)
  if (binding && machine.avx) {
    const { file, kind, tensorflow } = binding
    return { name: 'native', available: true, gpu: machine.nvidia && kind !== 'cpu', tensorflow, binding: file }
  }
  const impossible = whyNoWheel(machine)
  if (impossible) return unavailable(impossible, 'Use a Linux machine with the GNU C library to train fast.')
  return unavailable('it is not set up', 'Run: npx ferment setup')
}

/** What this checkout is linked to, else the best build of the cache: after `npm ci` the link is gone, the build is not. */
const findBinding = (machine: Machine, link: string | null): { file: string; kind: Kind | null; tensorflow: string | null } | null => {
  const kinds = [...new Set<Kind>([kindFor(machine, 'auto'), 'cpu', 'cuda'])]
  const builds = kinds.flatMap((kind) => {
    const build = readBuild(kind)
    return build ? [{ file: join(buildDir(kind), 'tfjs_binding.node'), kind, tensorflow: build.tensorflow }] : []
  })
  if (link === null) return null
  if (!existsSync(link)) return builds[0] ?? null
  const linked = realpathSync(link)
  return builds.find(({ file }) => existsSync(file) && realpathSync(file) === linked) ?? { file: linked, kind: null, tensorflow: null }
}

const INSTALL_DRIVER = 'Install the Vulkan driver of the GPU: mesa-vulkan-drivers on Debian and Ubuntu, for NVIDIA its own.'

const webgpu = ({ platform, arch, drivers, glibc }: Machine): EngineStatus => {
  const missing = { name: 'webgpu', available: false, cure: INSTALL_DRIVER } as const
  if (!hasDawn(platform, arch))
    return { ...missing, why: `there is no build of it for ${platform} on ${arch}`, cure: 'Use another engine.' }
  if (drivers === 'none') return { ...missing, why: 'no Vulkan driver was found' }
  if (platform === 'linux' && glibc() === null)
    return { ...missing, why: 'its build needs the GNU C library (glibc), and this system has another one', cure: 'Use another engine.' }
  if (drivers === 'software') return { ...missing, why: 'the only Vulkan driver computes on the processor', onRequest: true }
  return { name: 'webgpu', available: true, gpu: true, tensorflow: null }
}

/** Whether an engine trains where it is required. */
export const canBeRequired = (status: EngineStatus): boolean => status.available || status.onRequest === true
