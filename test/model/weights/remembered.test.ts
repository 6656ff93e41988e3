import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { remembered } from '../../../src/model/weights/remembered.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-remembered-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is examined again only when it changed: its content, its times, or another in its place', async () => {
  const file = join(folder, 'a')
  await writeFile(file, 'one')
  const examine = vi.fn(async () => null)
  const ask = () => remembered({ folder, kind: 'k', files: [file] }, examine)
  expect(await ask()).toBeNull()
  expect(await ask()).toBeNull()
  expect(examine).toHaveBeenCalledTimes(1)
  await writeFile(file, 'another')
  await ask()
  expect(examine).toHaveBeenCalledTimes(2)
  await utimes(file, 1, 1)
  await ask()
  expect(examine).toHaveBeenCalledTimes(3)
  await writeFile(join(folder, 'b'), 'another')
  await utimes(join(folder, 'b'), 1, 1)
  await rename(join(folder, 'b'), file)
  await ask()
  await ask()
  expect(examine).toHaveBeenCalledTimes(4)
})

test('other rules are another examination, and a folder that cannot be written is no failure', async () => {
  const file = join(folder, 'a')
  await writeFile(file, '')
  const ask = (kind: string, result: string, into = folder) => remembered({ folder: into, kind, files: [file] }, async () => result)
  expect(await ask('k', 'old')).toBe('old')
  expect(await ask('k', 'new')).toBe('old')
  expect(await ask('l', 'new')).toBe('new')
  expect(await ask('k', 'new', join(folder, 'none'))).toBe('new')
})
