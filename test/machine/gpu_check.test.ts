import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listGpus } from '../../src/engine/choose/gpus.ts'
import { gpuCheck } from '../../src/machine/gpu_check.ts'
import { fakeGpus, h100, l4 } from '../engine/fake_gpus.ts'

const wasm = { gpu: false }
const gpus = listGpus(fakeGpus({ cards: [h100, l4], devices: [1, 2] }))

beforeEach(() => {
  // No tool of the driver.
  const dir = mkdtempSync(join(tmpdir(), 'ferment-gpu-check-'))
  vi.stubEnv('PATH', dir)
  vi.stubEnv('CUDA_VISIBLE_DEVICES', undefined)
})
afterEach(() => vi.unstubAllEnvs())

test('every GPU with its name; unused, with what to do', async () => {
  expect(await gpuCheck(wasm, gpus)).toMatchObject({
    ok: false,
    value: '0: NVIDIA L4, 1: NVIDIA H100 80GB HBM3; the engine that is used does not compute on them',
    cure: 'Run: npx ferment setup --gpu',
  })
})

test("and its memory, where the driver's tool tells it", async () => {
  const tool = join(process.env.PATH as string, 'nvidia-smi')
  writeFileSync(tool, `#!/bin/sh\necho '${h100.uuid}, 81559'\necho '${l4.uuid}, 23034'\n`)
  chmodSync(tool, 0o755)
  const { value, details } = await gpuCheck(wasm, gpus)
  expect(value).toMatch(/^0: NVIDIA L4 \(22 GiB\), 1: NVIDIA H100 80GB HBM3 \(80 GiB\);/)
  expect(details?.gpus).toMatchObject([
    { id: '0', memory_mib: 23034 },
    { id: '1', uuid: h100.uuid },
  ])
})

test('none is no fault, and a variable that hides them is named', async () => {
  expect(await gpuCheck(wasm, [])).toEqual({ name: 'gpus', ok: true, value: 'no NVIDIA GPU', details: { gpus: [] } })
  vi.stubEnv('CUDA_VISIBLE_DEVICES', '-1')
  expect((await gpuCheck(wasm, [])).value).toBe('no NVIDIA GPU, as CUDA_VISIBLE_DEVICES=-1 has it')
})
