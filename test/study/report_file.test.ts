import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderReport } from '../../src/report/render_report.ts'
import { reportFile } from '../../src/study/report_file.ts'
import { writeIndex } from '../../src/study/write_index.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { situations } from '../report/fake.ts'

const before = process.cwd()
beforeEach(async () => {
  process.chdir(await temporaryFolder())
  await mkdir('reports')
})
afterEach(() => process.chdir(before))

const write = async (recipe: string): Promise<string> => {
  const file = await reportFile(recipe)
  const { study, records } = situations.lone()
  await writeFile(file, await renderReport({ study: { ...study, recipe }, records }))
  return file
}

test('two studies of one file name have two reports, and each is written again in its place', async () => {
  expect(await write('a/mine.yaml')).toBe(join('reports', 'mine.html'))
  expect(await write('b/mine.yaml')).toBe(join('reports', 'b-mine.html'))
  expect(await write('c/b/mine.yaml')).toBe(join('reports', 'c-b-mine.html'))
  expect(await write('./a/mine.yaml')).toBe(join('reports', 'mine.html'))
  expect(await write(join(process.cwd(), 'b', 'mine.yaml'))).toBe(join('reports', 'b-mine.html'))
})

test('a page of that name that is no report is not written over', async () => {
  await writeFile('reports/mine.html', 'my notes')
  expect(await reportFile('a/mine.yaml')).toBe(join('reports', 'a-mine.html'))
})

test('the index lists the reports of a folder and nothing else', async () => {
  await writeFile('reports/notes.html', 'my notes')
  await mkdir('reports/folder.html')
  await write('a/mine.yaml')
  await writeIndex(await write('b/mine.yaml'))
  const index = await readFile('reports/index.html', 'utf8')
  expect([...index.matchAll(/<h2><a href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['./b-mine.html', './mine.html'])
})

test('an index.html that is something else stays', async () => {
  await writeFile('reports/index.html', 'my page')
  await writeIndex(await write('a/mine.yaml'))
  expect(await readFile('reports/index.html', 'utf8')).toBe('my page')
})
