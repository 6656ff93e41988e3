import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { registerCompare } from '../../src/commands/compare.ts'
import { runFiles } from '../../src/run/store.ts'
import { temporaryFolder } from '../data/temporary_folder.ts'
import { BEGUN, DONE, FAILED, storeOfRuns } from '../run/store_of_runs.ts'
import { runCommand } from './run_command.ts'

const compare = (...args: string[]) => runCommand(registerCompare, 'compare', ...args)

test('published runs, by the beginnings of their ids: settings, then results', async () => {
  const page = join(await temporaryFolder(), 'page.html')
  const { stdout } = await compare('8771', 'd5951c663e86cc73', '--html', page)
  expect(stdout).toMatch(/training\.optimizer\.learning_rate +0\.0001 +0\.00001\n/)
  expect(stdout).toMatch(/test accuracy, last weights +65\.95 % \(64\.38 – 67\.48\) +47\.73 % \(46\.10 – 49\.36\)/)
  expect(stdout).toMatch(/B − A +last +−18\.22 +−20\.0 to −16\.4 +276 +930 +< 0\.0001 +paired/)
})

test('a record file and a folder of one, as JSON', async () => {
  const folder = 'reports/records/d5951c663e86cc73'
  const { runs, settings, differences } = JSON.parse((await compare(folder, `${folder}/record.json`, '--format', 'json')).stdout)
  expect(runs).toMatchObject([
    { name: 'A', id: 'd5951c663e86cc73' },
    { name: 'B', seed: 0 },
  ])
  expect(settings).toEqual([])
  expect(differences[0]).toMatchObject({ value: 0, paired: { won: 0, lost: 0, p: 1 } })
})

test('runs without results are compared by what there is', async () => {
  const { stdout } = await compare(DONE, FAILED.slice(0, 2), '--store', await storeOfRuns())
  expect(stdout).toMatch(/No setting differs\.[\s\S]*Nothing was measured of A and B\./)
})

test('what cannot be compared is said of all at once', async () => {
  const store = await storeOfRuns()
  const broken = join(await temporaryFolder(), 'record.json')
  await writeFile(broken, '{')
  const failure = compare('ffff', BEGUN, 'a/b.json', broken, DONE, '--store', store)
  await expect(failure).rejects.toThrow(`${store} or reports/records has no run whose id begins with ffff.`)
  await expect(failure).rejects.toThrow(`The run ${BEGUN} has no record yet.`)
  await expect(failure).rejects.toThrow('There is no file a/b.json.')
  await expect(failure).rejects.toThrow(`${broken} is no record that can be compared: it is not whole.`)
  await expect(compare(runFiles(store, DONE).record)).rejects.toThrow('One run is nothing to compare.')
})
