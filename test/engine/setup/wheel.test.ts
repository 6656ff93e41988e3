import { describe, expect, test } from 'vitest'
import type { Machine } from '../../../src/engine/choose/machine.ts'
import { kindFor, platformTags, wheelFor, whyNoWheel } from '../../../src/engine/setup/wheel.ts'

const machine = (changes: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  arch: 'x64',
  nvidia: false,
  avx: true,
  drivers: 'none',
  glibc: () => '2.36',
  ...changes,
})

describe('machines without a wheel', () => {
  test.each([
    { name: 'macOS', changes: { platform: 'darwin' as const }, reason: /darwin, only for Linux/ },
    { name: 'Windows', changes: { platform: 'win32' as const }, reason: /win32, only for Linux/ },
    { name: 'RISC-V', changes: { arch: 'riscv64' }, reason: /riscv64 processors/ },
    { name: 'musl', changes: { glibc: () => null }, reason: /another one/ },
    { name: 'an old system', changes: { glibc: () => '2.17' }, reason: /2\.27 or newer, and this system has 2\.17/ },
    { name: 'an old processor', changes: { avx: false }, reason: /AVX/ },
  ])('$name', ({ changes, reason }) => {
    expect(whyNoWheel(machine(changes))).toMatch(reason)
    expect(() => wheelFor(machine(changes), 'cpu')).toThrow(/cannot be built here/)
  })
})

test.each([
  { want: 'auto' as const, changes: {}, kind: 'cpu', requirement: 'tensorflow_cpu==2.21.0' },
  { want: 'auto' as const, changes: { nvidia: true }, kind: 'cuda', requirement: 'tensorflow==2.21.0' },
  { want: 'cpu' as const, changes: { nvidia: true }, kind: 'cpu', requirement: 'tensorflow_cpu==2.21.0' },
  { want: 'gpu' as const, changes: {}, kind: 'cuda', requirement: 'tensorflow==2.21.0' },
  { want: 'auto' as const, changes: { arch: 'arm64', nvidia: true }, kind: 'cpu', requirement: 'tensorflow==2.21.0' },
])('$want with $changes takes $kind', ({ want, changes, kind, requirement }) => {
  const chosen = kindFor(machine(changes), want)
  expect(wheelFor(machine(changes), chosen)).toMatchObject({ kind, requirement })
})

test('no CUDA on arm64', () => {
  expect(() => wheelFor(machine({ arch: 'arm64' }), 'cuda')).toThrow(/no TensorFlow 2\.21\.0 with CUDA for arm64/)
})

test('every platform tag that the C library satisfies is named', () => {
  expect(platformTags(machine({ glibc: () => '2.28' }))).toEqual([
    ...Array.from({ length: 24 }, (_, index) => `manylinux_2_${28 - index}_x86_64`),
    'manylinux2014_x86_64',
    'manylinux2010_x86_64',
  ])
})
