import { readdir, stat, statfs } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../cache_folder.ts'
import { expandEnvironment } from '../data/environment.ts'
import { findFile } from '../data/sources/unpacked/find_file.ts'
import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import { cpuFlags } from '../engine/choose/machine.ts'
import { findWeights } from '../model/weights/vgg16_imagenet.ts'
import type { Check } from './check.ts'
import { engine, webgpu } from './engine_checks.ts'
import { gpuCheck } from './gpu_check.ts'

/** Everything that decides how well ferment works here. The engine is really tried: about two seconds. */
export const doctorChecks = (chosen: ChosenEngine): Promise<Check[]> =>
  Promise.all([engine(chosen), gpuCheck(chosen), webgpu(), processor(), memory(), node(), cache(), data(), weights()])

const FEATURES = { 'AVX-512': 'avx512f', 'AVX-512 BF16': 'avx512_bf16', 'AMX BF16': 'amx_bf16' }

const processor = (): Check => {
  const flags = cpuFlags()
  const features = Object.fromEntries(Object.entries(FEATURES).map(([name, flag]) => [name, flags.has(flag)]))
  const model = os.cpus()[0]?.model.trim() ?? process.arch
  const named = Object.entries(features).map(([name, has]) => (has ? name : `no ${name}`))
  const cores = os.availableParallelism()
  return { name: 'processor', ok: true, value: `${model}, ${cores} cores, ${named.join(', ')}`, details: { model, cores, features } }
}

const memory = (): Check => {
  const [total, free] = [Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY), os.freemem()]
  return { name: 'memory', ok: true, value: `${gigabytes(total)}, ${gigabytes(free)} free`, details: { total, free } }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`

const node = (): Check => ({ name: 'node', ok: true, value: process.version })

const cache = async (): Promise<Check> => {
  const dir = cacheFolder()
  const bytes = await sizeOf(dir)
  const space = await statfs(dir).catch(() => statfs(os.homedir()))
  const free = space.bavail * space.bsize
  return {
    name: 'cache',
    ok: true,
    value: `${dir}: ${gigabytes(bytes)} used, ${gigabytes(free)} free on its disk`,
    details: { dir, bytes, free },
  }
}

/** Bytes of all files below a folder; 0 where it does not exist. */
const sizeOf = async (dir: string): Promise<number> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(file.parentPath, file.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The path that the recipes of the paper name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a recipe's placeholder, not JavaScript's.
const DATA = '${FER2013:-data/fer2013.csv}'

const data = async (): Promise<Check> => {
  const { text } = expandEnvironment(DATA, process.env)
  const file = await findFile(text)
  if (file) return { name: 'data', ok: true, value: `FER2013: ${file.path} (${gigabytes(file.size)})`, details: { ...file } }
  return {
    name: 'data',
    ok: false,
    value: `FER2013: no file ${text}; drawn faces are used instead, which do not compare with the paper`,
    cure: 'Put fer2013.csv (or .csv.gz, .csv.br) there, or its path into the variable FER2013.',
    details: { path: null },
  }
}

const weights = async (): Promise<Check> => {
  const found = await findWeights()
  if (found.present) return { name: 'weights', ok: true, value: `VGG16 on ImageNet: ${found.path}`, details: { path: found.path } }
  return { name: 'weights', ok: false, value: found.reason, cure: found.cure, details: { path: null } }
}
