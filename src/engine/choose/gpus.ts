import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** An NVIDIA GPU that a process here may use. */
export type Gpu = {
  /** As CUDA_VISIBLE_DEVICES names it: its number, or a UUID that the user has put there. */
  id: string
  /** E.g. `NVIDIA H200`; null where the driver has no file that says so. */
  name: string | null
  /** Of the card, on any machine and under any number; null where the driver has no file that says so. */
  uuid: string | null
}

export type GpuSearch = {
  /** What the user allows: CUDA_VISIBLE_DEVICES. */
  visible?: string | undefined
  /** Folder of device files, of which a container has those of its GPUs only. */
  dev?: string
  /** Folder where the driver describes every GPU of the machine, named by its place on the bus. */
  driver?: string
  /** Library by which the Linux of Windows (WSL) has a GPU that has no device file of its own. */
  wsl?: string
}

/** NVIDIA GPUs that a process started now would see, by the driver's files: nothing is loaded and no process is started. */
export const listGpus = (search: GpuSearch = { visible: process.env.CUDA_VISIBLE_DEVICES }): Gpu[] => {
  const gpus = present(search)
  return search.visible === undefined || gpus.length === 0 ? gpus : allowed(gpus, search.visible)
}

/** The machine's GPUs as CUDA numbers them under CUDA_DEVICE_ORDER=PCI_BUS_ID. */
const present = ({ dev = '/dev', driver = '/proc/driver/nvidia/gpus', wsl = '/usr/lib/wsl/lib/libcuda.so.1' }: GpuSearch): Gpu[] => {
  const minors = listed(dev).flatMap((name) => /^nvidia(\d+)$/.exec(name)?.[1] ?? [])
  const known = described(driver)
  const byBus = [...known.keys()].filter((minor) => minors.includes(minor))
  const unknown = minors.filter((minor) => !known.has(minor)).sort((a, b) => Number(a) - Number(b))
  const found = [...byBus, ...unknown].map((minor) => known.get(minor) ?? { name: null, uuid: null })
  if (found.length === 0 && existsSync(`${dev}/dxg`) && existsSync(wsl)) found.push({ name: null, uuid: null })
  return found.map((gpu, index) => ({ id: String(index), ...gpu }))
}

const listed = (dir: string): string[] => {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** Device number → name and UUID, in the order of the bus. */
const described = (driver: string): Map<string, Pick<Gpu, 'name' | 'uuid'>> =>
  new Map(
    listed(driver)
      .sort()
      .flatMap((bus) => {
        const text = existsSync(`${driver}/${bus}/information`) ? readFileSync(`${driver}/${bus}/information`, 'utf8') : ''
        const field = (label: string) => new RegExp(`^${label}:\\s*(.+?)\\s*$`, 'm').exec(text)?.[1] ?? null
        const minor = field('Device Minor')
        return minor === null ? [] : [[minor, { name: field('Model'), uuid: field('GPU UUID') }]]
      }),
  )

/** What a user's list leaves: CUDA takes its entries in their order, and none from the first on that is no GPU. */
const allowed = (gpus: readonly Gpu[], visible: string): Gpu[] => {
  const ids = visible.split(',').map((id) => id.trim())
  const chosen = ids.map((id) => {
    if (/^(GPU|MIG)-/.test(id)) return { ...(gpus.find(({ uuid }) => uuid?.startsWith(id)) ?? { name: null, uuid: id }), id }
    return gpus.find((gpu) => gpu.id === id)
  })
  const end = chosen.indexOf(undefined)
  return chosen.slice(0, end < 0 ? chosen.length : end) as Gpu[]
}
