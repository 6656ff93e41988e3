import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listGpus } from '../../../src/engine/choose/gpus.ts'
import { deviceName } from '../../../src/engine/native/device.ts'
import { fakeGpus, h100, l4 } from '../fake_gpus.ts'

const two = fakeGpus({ cards: [h100, l4], devices: [1, 2] })
const first = { id: '0', name: l4.name, uuid: l4.uuid }
const second = { id: '1', name: h100.name, uuid: h100.uuid }

test('GPUs are numbered by their place on the bus, as CUDA does it when it is told to', () => {
  expect(listGpus(two)).toEqual([first, second])
})

test('a container has only those that it was given, and they count from 0', () => {
  expect(listGpus(fakeGpus({ cards: [h100, l4], devices: [1] }))).toEqual([{ ...second, id: '0' }])
})

test('without the driver there is none; without its descriptions they have no names', () => {
  expect(listGpus(fakeGpus({ cards: [], devices: [] }))).toEqual([])
  expect(listGpus(fakeGpus({ cards: [], devices: [10, 9] }))).toEqual(['0', '1'].map((id) => ({ id, name: null, uuid: null })))
})

test('the Linux of Windows has one without a device file', () => {
  const search = fakeGpus({ cards: [], devices: [] })
  writeFileSync(join(search.dev, 'dxg'), '')
  expect(listGpus(search)).toEqual([])
  writeFileSync(search.wsl, '')
  expect(listGpus(search)).toHaveLength(1)
})

describe('CUDA_VISIBLE_DEVICES', () => {
  test.each([
    ['1', [second]],
    ['1,0', [second, first]],
    [' 0 , 1', [first, second]],
    ['', []],
    ['-1', []],
    ['0,-1,1', [first]],
    ['7,0', []],
    [h100.uuid, [{ ...second, id: h100.uuid }]],
    ['GPU-1b1b', [{ ...second, id: 'GPU-1b1b' }]],
    ['MIG-5', [{ id: 'MIG-5', name: null, uuid: 'MIG-5' }]],
  ])('%j leaves what CUDA takes of it', (visible, expected) => {
    expect(listGpus({ ...two, visible })).toEqual(expected)
  })

  test('makes no GPU where there is none', () => {
    expect(listGpus({ ...fakeGpus({ cards: [], devices: [] }), visible: h100.uuid })).toEqual([])
  })
})

test('a run names the GPU that TensorFlow takes: the first it sees', () => {
  expect(deviceName(true, [second, first])).toBe('NVIDIA H100 80GB HBM3 (GPU 1)')
  expect(deviceName(true, [])).toBe('NVIDIA GPU')
  expect(deviceName(false, [second])).toMatch(/^CPU \(\d+ cores\)$/)
})
