import { execa } from 'execa'
import type { ChosenEngine } from '../engine/choose/choose_engine.ts'
import { type Gpu, listGpus } from '../engine/choose/gpus.ts'
import type { Check } from './check.ts'

/** The NVIDIA GPUs that runs may use, each with its name and memory. */
export const gpuCheck = async (engine: Pick<ChosenEngine, 'gpu'>, gpus: readonly Gpu[] = listGpus()): Promise<Check> => {
  const visible = process.env.CUDA_VISIBLE_DEVICES
  const limit = visible === undefined ? '' : `, as CUDA_VISIBLE_DEVICES=${visible} has it`
  if (gpus.length === 0) return { name: 'gpus', ok: true, value: `no NVIDIA GPU${limit}`, details: { gpus: [] } }
  const known = await memories()
  const memoryOf = ({ uuid }: Gpu) => (uuid === null ? undefined : known.get(uuid))
  const value = `${gpus.map((gpu) => described(gpu, memoryOf(gpu))).join(', ')}${limit}`
  const details = { gpus: gpus.map((gpu) => ({ ...gpu, memory_mib: memoryOf(gpu) ?? null })) }
  if (engine.gpu) return { name: 'gpus', ok: true, value, details }
  return {
    name: 'gpus',
    ok: false,
    value: `${value}; the engine that is used does not compute on them`,
    cure: 'Run: npx ferment setup --gpu',
    details,
  }
}

/** UUID → memory in MiB, as the driver's own tool says; empty without it. The driver's files do not say. */
const memories = async (): Promise<Map<string, number>> => {
  const query = ['--query-gpu=uuid,memory.total', '--format=csv,noheader,nounits']
  const { failed, stdout } = await execa('nvidia-smi', query, { reject: false, timeout: 10_000 })
  if (failed) return new Map()
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const [uuid, mebibytes] = line.split(',').map((field) => field.trim())
      return uuid && Number(mebibytes) > 0 ? [[uuid, Number(mebibytes)] as const] : []
    }),
  )
}

const described = ({ id, name }: Gpu, mebibytes: number | undefined): string =>
  `${id}: ${name ?? 'NVIDIA GPU'}${mebibytes === undefined ? '' : ` (${(mebibytes / 1024).toFixed(0)} GiB)`}`
