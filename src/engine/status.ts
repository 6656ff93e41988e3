import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineName } from './engine.ts'
import { type Machine, readMachine } from './machine.ts'
import { buildDir, readBuild } from './setup/builds.ts'
import { bindingFile } from './setup/link.ts'
import { type Kind, kindFor, whyNoWheel } from './setup/wheel.ts'

/** Whether an engine can be had, told without loading it. */
export type EngineStatus = { name: EngineName } & (
  | {
      available: true
      /** Whether it is likely to compute on a GPU; only loading it tells for certain. */
      gpu: boolean
      /** TensorFlow's version where it is known. */
      tensorflow: string | null
      /** File to load, for the native engine. */
      binding?: string
    }
  | { available: false; why: string; cure: string }
)

/** What this checkout is linked to, else the best build of the cache: after `npm ci` the link is gone, the build is not. */
const findBinding = (machine: Machine, link: string): { file: string; kind: Kind | null; tensorflow: string | null } | null => {
  const kinds = [...new Set<Kind>([kindFor(machine, 'auto'), 'cpu', 'cuda'])]
  const builds = kinds.flatMap((kind) => {
    const build = readBuild(kind)
    return build ? [{ file: join(buildDir(kind), 'tfjs_binding.node'), kind, tensorflow: build.tensorflow }] : []
  })
  if (!existsSync(link)) return builds[0] ?? null
  const linked = realpathSync(link)
  return builds.find(({ file }) => existsSync(file) && realpathSync(file) === linked) ?? { file: linked, kind: null, tensorflow: null }
}

const native = (machine: Machine, link: string): EngineStatus => {
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

/**
 * Every engine, best first. Takes milliseconds: no library is loaded and no process is started.
 * @param link  where tfjs-node looks for its binding
 */
export const engineStatuses = ({ machine = readMachine(), link = bindingFile() } = {}): EngineStatus[] => [
  native(machine, link),
  { name: 'wasm', available: true, gpu: false, tensorflow: null },
]

/** What trains unless something insists on another, e.g. to choose a profile or to estimate time. */
export const engineStatus = (): Extract<EngineStatus, { available: true }> => {
  const wanted = process.env.FERMENT_ENGINE
  const usable = engineStatuses().filter((status) => status.available)
  const chosen = usable.find(({ name }) => name === wanted) ?? usable[0]
  if (!chosen) throw new Error('the wasm engine is always there')
  return chosen
}
