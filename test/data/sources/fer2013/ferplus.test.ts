import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SourceFer2013Csv } from '../../../../schema/recipe.ts'
import { loadDataset } from '../../../../src/data/load_dataset.ts'
import { distribution, majority, readFerplus } from '../../../../src/data/sources/fer2013/ferplus.ts'
import { UserError } from '../../../../src/problem.ts'
import { temporaryFolder } from '../../temporary_folder.ts'
import { csv, tinyRows } from '../../tiny_csv.ts'

type Case = { votes: number[]; majority: number[] | null; distribution: number[] | null }
const golden = JSON.parse(readFileSync(new URL('../../../golden/ferplus.json', import.meta.url), 'utf8')) as Case[]

/** The shares of the eight classes, or null where the image is left out, as `readFerplus` makes them. */
const kept = (shares: readonly number[]): number[] | null => {
  if (shares.indexOf(Math.max(...shares)) >= 8) return null
  const own = shares.slice(0, 8)
  const sum = own.reduce((all, share) => all + share, 0)
  return own.map((share) => share / sum)
}

describe.each([
  { mode: 'majority', function: majority },
  { mode: 'distribution', function: distribution },
] as const)('$mode', ({ mode, function: share }) => {
  test('is what FER+’s own code makes of 400 rows of votes', () => {
    for (const fixture of golden) {
      const expected = fixture[mode]
      const found = kept(share(fixture.votes))
      if (expected === null || found === null) expect([fixture.votes, found]).toEqual([fixture.votes, expected])
      else for (const [label, value] of expected.entries()) expect(found[label]).toBeCloseTo(value, 12)
    }
  })
})

const HEADER = 'Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF'
const ROWS = [
  'Training,fer0.png,4,0,0,1,3,2,0,0,0,0', // no majority: 4 of 9
  'PublicTest,fer1.png,0,10,0,0,0,0,0,0,0,0',
  'PrivateTest,,0,0,0,0,0,0,0,0,0,10',
  'Training,fer3.png,0,0,0,6,0,4,0,0,0,0',
  'PublicTest,fer4.png,0,2,0,0,0,0,0,0,8,0',
]

const load = async (labels: string, more: Partial<SourceFer2013Csv> = {}, rows = tinyRows(5)) => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'fer.csv'), csv(rows))
  await writeFile(join(folder, 'votes.csv'), labels)
  const source = { kind: 'fer2013_csv', path: join(folder, 'fer.csv'), labels: join(folder, 'votes.csv'), ...more } as const
  return loadDataset(source, { cacheDir: join(folder, 'cache'), env: {} })
}
const problemOf = async (labels: string, rows = tinyRows(5)) => {
  const error = await load(labels, {}, rows).catch((thrown: unknown) => thrown)
  if (!(error instanceof UserError)) throw error
  return error.problems.map(({ code, message, place }) => `${code} ${place?.line ?? '-'}: ${message.replace(/\/\S+\//g, '')}`)
}

describe('with FER2013', () => {
  const text = [HEADER, ...ROWS, ''].join('\n')

  test('majority: what has no majority, is unknown or no face is left out, and counted', async () => {
    const { classes, labels, images, targets, usage, leftOut } = await load(text)
    expect(classes).toEqual(['neutral', 'happiness', 'surprise', 'sadness', 'anger', 'disgust', 'fear', 'contempt'])
    expect([[...labels], [...(usage ?? [])], targets]).toEqual([[1, 3], [1, 0], null])
    expect([images[0], images[2304]]).toEqual([1, 3])
    expect(leftOut.map(({ count }) => count)).toEqual([2, 1])
  })

  test('distribution: shares, one row each, also from the cache', async () => {
    const { labels, targets } = await load(text, { label_mode: 'distribution' })
    expect([...labels]).toEqual([0, 1, 3])
    expect([...(targets ?? [])].map((share) => Number(share.toFixed(6)))).toEqual(
      [
        [4 / 7, 0, 0, 0, 3 / 7, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0.6, 0, 0.4, 0, 0],
      ]
        .flat()
        .map((share) => Number(share.toFixed(6))),
    )
  })

  test('classes chosen and merged: shares of the rest sum to one again', async () => {
    const classes = { calm: 'neutral', bad: ['anger', 'sadness'], glad: 'happiness' }
    const { classes: names, labels, targets } = await load(text, { label_mode: 'distribution', classes })
    expect([names, [...labels]]).toEqual([
      ['calm', 'bad', 'glad'],
      [0, 2, 1],
    ])
    expect([...(targets ?? [])].map((share) => Number(share.toFixed(4)))).toEqual([0.5714, 0.4286, 0, 0, 0, 1, 0, 1, 0])
  })

  test('what does not belong together', async () => {
    expect(await problemOf([HEADER, ...ROWS.slice(1), ''].join('\n'))).toEqual([
      'label_file -: votes.csv has 4 rows, fer.csv has 5: FER+ has one for each image of FER2013, in the same order.',
    ])
    expect(await problemOf([HEADER, ROWS[1], ROWS[0], ...ROWS.slice(2), ''].join('\n'))).toEqual([
      'label_file -: Row 1 of votes.csv has another Usage than row 1 of fer.csv: the two are not paired by their rows.',
    ])
    expect(await problemOf('a,b\n1,2\n')).toEqual(["label_file 1: The header of votes.csv is not that of FER+'s fer2013new.csv."])
    expect(await problemOf([HEADER, ROWS[0], 'PublicTest,fer1.png,x', ''].join('\n'))).toEqual([
      'label_file 3: The row has no ten counts of votes.',
    ])
  })
})

test.runIf(process.env.FERPLUS)('the authors’ file: as many left out as by their code', async () => {
  const { labels, leftOut } = await readFerplus(process.env.FERPLUS as string, 'majority')
  expect([labels.length, leftOut.map(({ count }) => count)]).toEqual([35887, [4299, 176]])
})
