import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ferment } from './ferment.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferment-published-'))
})

test.each(['as-coded', 'as-reported'])('reports/%s.html is what the published records give', { timeout: 600_000 }, async (name) => {
  const out = join(folder, `${name}.html`)
  const options = ['--profile', 'paper', '--from', 'reports/records', '--out', out]
  const { exitCode, all } = await ferment(['report', `recipes/paper/${name}.yaml`, ...options], { env: { FER2013: '', FERMENT_VGG16: '' } })
  expect(exitCode, all).toBe(0)
  const [committed, rendered] = await Promise.all([readFile(`reports/${name}.html`, 'utf8'), readFile(out, 'utf8')])
  expect(rendered === committed, 'npm run reports renders the committed pages again').toBe(true)
})

test('reports/index.html lists them', async () => {
  const [committed, written] = await Promise.all(['reports', folder].map((dir) => readFile(join(dir, 'index.html'), 'utf8')))
  expect(written === committed, 'npm run reports writes the committed index again').toBe(true)
})
