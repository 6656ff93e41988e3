import { chmod, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { userError } from '../../problem.ts'
import { type DownloadOptions, downloadWheel } from './download.ts'
import { guarded } from './guarded.ts'
import type { Wheel } from './wheel.ts'

const UNPACK = fileURLToPath(new URL('./unpack.py', import.meta.url))

/** The libraries, and of some 13,000 headers those that the binding includes. */
const TENSORFLOW_FILES =
  'tensorflow/(libtensorflow_(cc|framework)\\.so\\.2$|include/(tensorflow/c/|xla/tsl/c/|(tensorflow/core|tsl)/platform/ctstring))'
/** The shared libraries that TensorFlow opens, and the assembler and bitcode for its kernels. */
const NVIDIA_FILES = 'nvidia/\\w+/(lib/(?!.*(Mg\\.|nvblas|cufftw|\\.alt\\.))[^/]+\\.so[.\\d]*$|bin/ptxas$|nvvm/)'

type FetchOptions = DownloadOptions & { say: (text: string) => void }

/**
 * Fills `<stage>/lib`, `<stage>/include` and, with CUDA, `<stage>/nvidia`.
 * @throws UserError `download_failed`
 */
export const fetchLibraries = async (wheel: Wheel, stage: string, options: FetchOptions): Promise<void> => {
  const requires = await fetchWheel(wheel.requirement, stage, { ...options, pattern: TENSORFLOW_FILES })
  await rename(join(stage, 'tensorflow/include'), join(stage, 'include'))
  await rename(join(stage, 'tensorflow'), join(stage, 'lib'))
  if (wheel.kind === 'cuda') await fetchCuda(requires, stage, options)
}

/** Downloads a wheel and unpacks what is needed of it. A wheel that cannot be unpacked is removed, for the next set-up to get anew. */
const fetchWheel = async (requirement: string, stage: string, options: FetchOptions & { pattern: string }): Promise<string[]> => {
  const wheel = await downloadWheel(requirement, options)
  const done = await guarded(options.python, [UNPACK, wheel, stage, options.pattern], { cancelSignal: options.signal })
  options.signal.throwIfAborted()
  if (!done.failed) return done.stdout.split('\n')
  await rm(wheel)
  throw userError({
    code: 'download_failed',
    message: `${requirement} could not be unpacked: ${done.stderr.trim().split('\n').at(-1)}`,
    hint: 'The file was removed; run npx ferment setup again.',
  })
}

/** CUDA's libraries go where TensorFlow's own run path looks for them: `../nvidia/<part>/lib` beside its own. */
const fetchCuda = async (requires: readonly string[], stage: string, options: FetchOptions): Promise<void> => {
  const parts = requires.filter((line) => /^nvidia-.*extra == "and-cuda"/.test(line)).map((line) => line.split(';')[0]?.trim() as string)
  for (const [index, part] of parts.entries()) {
    options.say(`CUDA library ${index + 1} of ${parts.length}: ${part}`)
    await fetchWheel(part, stage, { ...options, pattern: NVIDIA_FILES })
  }
  await chmod(join(stage, 'nvidia/cuda_nvcc/bin/ptxas'), 0o755)
  // libtensorflow_framework opens libcusolver, but its run path lacks that folder: link it into one that it has.
  const solver = (await readdir(join(stage, 'nvidia/cusolver/lib'))).find((name) => name.startsWith('libcusolver.so'))
  if (solver) await symlink(`../../cusolver/lib/${solver}`, join(stage, 'nvidia/cublas/lib', solver))
}
