import { readFileSync } from 'node:fs'
import os from 'node:os'
import { familySync, GLIBC, versionSync } from 'detect-libc'
import type { LowArithmetic, LowType } from '../ops/low_precision.ts'
import { type Drivers, readDrivers } from '../webgpu/drivers.ts'
import { listGpus } from './gpus.ts'

/** What decides which engines this machine can have. */
export type Machine = {
  platform: NodeJS.Platform
  arch: string
  /** Whether there is an NVIDIA GPU that a process here may open. */
  nvidia: boolean
  /** Whether the processor has AVX, without which TensorFlow's libraries end the process. True where that is not known. */
  avx: boolean
  /** Drivers that WebGPU could use. */
  drivers: Drivers
  /** Version of the GNU C library, e.g. `2.36`; null where there is another C library or none. Costs a few milliseconds. */
  glibc: () => string | null
}

/** Feature flags of the first processor as Linux names them, e.g. `avx512_bf16`; empty elsewhere. */
export const cpuFlags = (): ReadonlySet<string> => {
  try {
    const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? []
    return new Set(flags.trim().split(/\s+/).filter(Boolean))
  } catch {
    return new Set()
  }
}

/** Values of oneDNN's ONEDNN_MAX_CPU_ISA that keep it from computing in 16 bits. */
const BELOW_16_BITS = /^(SSE41|AVX|AVX2\w*|AVX512_CORE|AVX512_CORE_VNNI)$/i

/**
 * How TensorFlow best works in types of 16 bits on this processor. Matrix units (AMX) multiply several times faster in them. AVX-512 BF16
 * doubles the speed on AMD's processors; Intel's of the fourth and fifth generation do it at half the speed of float32 (measured,
 * bench/README.md), and AVX-512 FP16 is not used for sums of products, which would be too coarse.
 * @param limit  what oneDNN may use at most, as its variable has it: where that is less than types of 16 bits, TensorFlow asks for them and fails
 */
export const lowArithmetic = (
  flags = cpuFlags(),
  model = os.cpus()[0]?.model ?? '',
  limit = process.env.ONEDNN_MAX_CPU_ISA ?? '',
): Readonly<Record<LowType, LowArithmetic>> => {
  if (BELOW_16_BITS.test(limit)) return { bfloat16: 'rounded', float16: 'rounded' }
  return {
    bfloat16: flags.has('amx_bf16') || (flags.has('avx512_bf16') && model.includes('AMD')) ? 'native' : 'rounded',
    float16: flags.has('amx_fp16') ? 'native' : 'rounded',
  }
}

/** Looks at the machine; no process is started and nothing heavy is loaded. */
export const readMachine = (): Machine => {
  const { platform, arch } = process
  const flags = platform === 'linux' && arch === 'x64' ? cpuFlags() : new Set<string>()
  return {
    platform,
    arch,
    nvidia: platform === 'linux' && listGpus().length > 0,
    avx: flags.size === 0 || flags.has('avx'),
    drivers: readDrivers(),
    glibc: () => (platform === 'linux' && familySync() === GLIBC ? versionSync() : null),
  }
}
