import { userError } from '../../problem.ts'
import type { Machine } from '../choose/machine.ts'

/** Version of TensorFlow that the native engine is built against. */
export const TENSORFLOW = '2.21.0'

export type Kind = 'cpu' | 'cuda'
/** `auto`: with CUDA where there is an NVIDIA GPU. */
export type Want = 'auto' | 'cpu' | 'gpu'

/** A wheel of the Python package index that holds TensorFlow's libraries. They do not need Python. */
export type Wheel = {
  kind: Kind
  /** As pip takes it. */
  requirement: string
  /** All that is downloaded, NVIDIA's libraries included; 10⁶ bytes. */
  downloadMB: number
  /** What stays on disk; 10⁶ bytes. */
  diskMB: number
  /** Largest use of the disk while it is built; 10⁶ bytes. */
  peakMB: number
}

/** By processor, as Node names it. Sizes as measured for 2.21.0 (Linux arm64: the wheel's size, and the libraries' estimated). */
const WHEELS: Readonly<Record<string, Partial<Record<Kind, Wheel>>>> = {
  x64: {
    cpu: { kind: 'cpu', requirement: `tensorflow_cpu==${TENSORFLOW}`, downloadMB: 274, diskMB: 850, peakMB: 1500 },
    cuda: { kind: 'cuda', requirement: `tensorflow==${TENSORFLOW}`, downloadMB: 3380, diskMB: 5400, peakMB: 9000 },
  },
  arm64: { cpu: { kind: 'cpu', requirement: `tensorflow==${TENSORFLOW}`, downloadMB: 282, diskMB: 900, peakMB: 1500 } },
}

/** TensorFlow's wheels are `manylinux_2_27`. */
const LEAST_GLIBC = 27

/** Why this machine cannot have the native engine, or null where it can. */
export const whyNoWheel = (machine: Machine): string | null => {
  if (machine.platform !== 'linux') return `there is no build of it for ${machine.platform}, only for Linux`
  if (!(machine.arch in WHEELS)) return `there is no TensorFlow ${TENSORFLOW} for ${machine.arch} processors`
  if (!machine.avx) return 'TensorFlow needs a processor with AVX'
  const glibc = machine.glibc()
  if (glibc === null) return 'TensorFlow needs the GNU C library (glibc), and this system has another one'
  if (glibcMinor(glibc) < LEAST_GLIBC) return `TensorFlow needs the GNU C library 2.${LEAST_GLIBC} or newer, and this system has ${glibc}`
  return null
}

const glibcMinor = (version: string | null): number => Number(/^2\.(\d+)/.exec(version ?? '')?.[1] ?? 0)

export const kindFor = (machine: Machine, want: Want): Kind => {
  const gpu = want === 'gpu' || (want === 'auto' && machine.nvidia && WHEELS[machine.arch]?.cuda !== undefined)
  return gpu ? 'cuda' : 'cpu'
}

/**
 * The wheel for a machine.
 * @throws UserError `platform_unsupported` where there is none.
 */
export const wheelFor = (machine: Machine, kind: Kind): Wheel => {
  const reason = whyNoWheel(machine)
  const wheel = WHEELS[machine.arch]?.[kind]
  if (reason === null && wheel) return wheel
  throw userError({
    code: 'platform_unsupported',
    message: `The native engine cannot be built here: ${reason ?? `there is no TensorFlow ${TENSORFLOW} with CUDA for ${machine.arch}`}.`,
    hint: reason === null ? 'Leave out --gpu to train on the processor.' : 'The wasm engine trains everywhere, more slowly.',
  })
}

/** pip takes explicit tags literally, so name every one that this C library satisfies. */
export const platformTags = (machine: Machine): string[] => {
  const arch = { x64: 'x86_64', arm64: 'aarch64' }[machine.arch as 'x64' | 'arm64']
  const newest = glibcMinor(machine.glibc())
  const minors = Array.from({ length: newest - 4 }, (_, index) => newest - index)
  return [...minors.map((minor) => `manylinux_2_${minor}`), 'manylinux2014', 'manylinux2010'].map((tag) => `${tag}_${arch}`)
}
