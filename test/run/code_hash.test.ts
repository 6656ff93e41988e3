import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeHash } from '../../src/run/code_hash.ts'

let src: string
const write = async (name: string, text: string) => {
  await mkdir(join(src, name, '..'), { recursive: true })
  await writeFile(join(src, name), text)
}
beforeAll(async () => {
  src = await mkdtemp(join(tmpdir(), 'ferment-code-'))
  await write('random.ts', 'a')
  await write('train/deep/fit.ts', 'b')
})
afterAll(() => rm(src, { recursive: true }))

test('changes with any training source, and with no other file', async () => {
  const before = await codeHash(src)
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  await write('report/page.ts', 'x')
  await write('engine/setup/build.ts', 'x')
  await write('train/notes.txt', 'x')
  expect(await codeHash(src)).toBe(before)
  await write('train/deep/fit.ts', 'c')
  const changed = await codeHash(src)
  expect(changed).not.toBe(before)
  await write('model/new.ts', '')
  expect(await codeHash(src)).not.toBe(changed)
})

test('of this checkout, the same twice', async () => expect(await codeHash()).toBe(await codeHash()))
