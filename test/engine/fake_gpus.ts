import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GpuSearch } from '../../src/engine/choose/gpus.ts'

export type Card = { bus: string; minor: number; name: string; uuid: string }

export const h100: Card = { bus: '0000:1b:00.0', minor: 1, name: 'NVIDIA H100 80GB HBM3', uuid: 'GPU-1b1b1b1b-0000-4000-8000-000000000001' }
export const l4: Card = { bus: '0000:0a:00.0', minor: 2, name: 'NVIDIA L4', uuid: 'GPU-0a0a0a0a-0000-4000-8000-000000000002' }

/** A machine's device and driver files, the latter as NVIDIA's driver 550 writes them. `devices`: numbers that this container was given. */
export const fakeGpus = ({
  cards,
  devices,
}: {
  cards: readonly Card[]
  devices: readonly number[]
}): Required<Pick<GpuSearch, 'dev' | 'driver' | 'wsl'>> => {
  const root = mkdtempSync(join(tmpdir(), 'ferment-gpus-'))
  const [dev, driver] = [join(root, 'dev'), join(root, 'driver')]
  mkdirSync(dev)
  for (const name of ['null', 'nvidiactl', 'nvidia-uvm', ...devices.map((minor) => `nvidia${minor}`)]) writeFileSync(join(dev, name), '')
  for (const { bus, minor, name, uuid } of cards) {
    mkdirSync(join(driver, bus), { recursive: true })
    const lines = [`Model: \t\t ${name}`, 'IRQ:   \t\t 148', `GPU UUID: \t ${uuid}`, `Bus Location: \t ${bus}`, `Device Minor: \t ${minor}`]
    writeFileSync(join(driver, bus, 'information'), `${lines.join('\n')}\n`)
  }
  return { dev, driver, wsl: join(root, 'libcuda.so.1') }
}
