import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { cellsOf } from '../../src/report/cells.ts'
import type { Finding } from '../../src/report/finding.ts'
import { findingsOf } from '../../src/report/findings.ts'
import { fake, situations } from './fake.ts'

const findings = ({ study, records }: ReturnType<typeof fake>): Finding[] => findingsOf(study, cellsOf(study, records))

describe('findings', () => {
  test('a full study is complete', () => {
    expect(findings(situations.full())).toMatchObject([{ kind: 'complete', title: 'All 8 cells are complete' }])
  })

  test('a quick profile on drawn images says both, the file that is missing and the weights', () => {
    const [synthetic, limited, changed, weights] = findings(situations.quick())
    expect(synthetic).toMatchObject({
      kind: 'not_comparable',
      command: 'npx ferment run recipes/paper/as-reported.yaml --profile quick --report',
    })
    expect(synthetic?.text).toContain('`data/fer2013.csv`')
    expect(limited).toMatchObject({ kind: 'not_comparable', title: 'A part of the data only: profile “quick”' })
    expect(limited?.text).toContain('300 of 3,589 test images')
    expect(limited?.command).toBe('npx ferment run recipes/paper/as-reported.yaml --profile none --report')
    expect(changed?.text).toContain('`training.epochs` and `training.optimizer.learning_rate`')
    expect(weights).toMatchObject({ kind: 'missing', title: '4 runs skipped', command: null })
    expect(weights?.text).toContain('`npx ferment setup --weights vgg16`')
    expect(weights?.cells).toHaveLength(4)
  })

  test('settings changed by hand are told with the command that undoes them', () => {
    const [changed] = findings(fake({ changed: ['training.epochs'] }))
    expect(changed).toMatchObject({
      title: 'Settings changed against the recipe as written',
      command: 'npx ferment run recipes/paper/as-reported.yaml --profile none --report',
    })
  })

  test('a file without an MD5 in its recipe is told to be unchecked; a folder of images has none', () => {
    const titles = (kind: string) => {
      const edit = (record: RunRecord): RunRecord => ({
        ...record,
        spec: { dataset: { kind } },
        ...(record.data ? { data: { ...record.data, kind } } : {}),
      })
      return findings(fake({ edit })).map(({ title }) => title)
    }
    expect(titles('fer2013_csv')).toContain('The data file is not checked')
    expect(titles('image_folder')).not.toContain('The data file is not checked')
  })

  test('a recipe of drawn images misses no file', () => {
    const drawn = (record: RunRecord): RunRecord => ({ ...record, spec: { dataset: { kind: 'synthetic_faces', images: 100 } } })
    expect(findings(fake({ synthetic: true, edit: drawn }))[0]).toMatchObject({ title: 'Synthetic data: drawn faces', command: null })
  })

  test('each reason is given once, with the command of a single run', () => {
    const missing = findings(situations.mixed()).filter(({ kind }) => kind === 'missing')
    expect(missing.map(({ title }) => title)).toEqual(['1 run failed', '1 run not run yet', '4 runs skipped'])
    expect(missing[1]?.command).toMatch(/--only 'batch_size=32' --seed 0$/)
  })

  test('some seeds of a cell are named', () => {
    const { study, records } = fake({ seeds: [0, 1, 2], outcome: (_, seed) => ({ state: seed === 2 ? 'to_do' : 'done' }) })
    expect(findingsOf(study, cellsOf(study, records).slice(0, 2))[0]).toMatchObject({ title: '2 runs not run yet', cells: [] })
    const one = findings(
      fake({ seeds: [0, 1], outcome: (cell, seed) => ({ state: cell.model === 'VGG16' && seed === 1 ? 'to_do' : 'done' }) }),
    )
    expect(one[0]?.cells[0]).toMatch(/\(seed 1\)$/)
  })

  test('nothing run and no runs at all', () => {
    expect(findings(situations.empty())).toMatchObject([{ title: '8 runs not run yet', cells: [] }])
    expect(findingsOf({ ...situations.empty().study, runs: [] }, [])).toMatchObject([{ title: 'The study has no runs' }])
  })

  test('another file, a file without a hash, and cells with different test images are told', () => {
    const md5 = (value: string) => (record: RunRecord) => ({ ...record, data: { ...record.data, md5: value } }) as RunRecord
    expect(findings(fake({ edit: md5('abc') }))[0]?.text).toContain('`abc`')
    const unnamed = (record: RunRecord): RunRecord => ({ ...record, spec: { dataset: { kind: 'fer2013_csv' } } })
    expect(findings(fake({ edit: unnamed })).map(({ title }) => title)).toContain('The data file is not checked')
    const apart = (record: RunRecord) =>
      record.cell.model === 'VGG16' ? ({ ...record, data: { ...record.data, sha256: 'ff' } } as RunRecord) : record
    expect(findings(fake({ edit: apart })).map(({ title }) => title)).toContain('Not all cells were tested on the same images')
  })
})
