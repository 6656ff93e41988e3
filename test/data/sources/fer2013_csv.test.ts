import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SourceFer2013Csv } from '../../../schema/recipe.ts'
import { loadDataset, sourceForm } from '../../../src/data/load_dataset.ts'
import { UserError } from '../../../src/problem.ts'
import { temporaryFolder } from '../temporary_folder.ts'
import { csv, tinyRow } from '../tiny_csv.ts'

const fileOf = async (text: string) => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'fer.csv'), text)
  return { kind: 'fer2013_csv', path: join(folder, 'fer.csv') } as const
}
const options = async () => ({ cacheDir: await temporaryFolder(), env: {} })
const load = async (text: string, more: Partial<SourceFer2013Csv> = {}) =>
  loadDataset({ ...(await fileOf(text)), ...more }, await options())
const problemsOf = async (text: string, more: Partial<SourceFer2013Csv> = {}) => {
  const error = await load(text, more).catch((thrown: unknown) => thrown)
  if (!(error instanceof UserError)) throw error
  return error.problems.map(({ code, message, place, hint }) => `${place?.line ?? '-'} ${code}: ${message} ${hint ?? ''}`.trim())
}
const rowsOf = (labels: readonly (string | number)[]) => csv(labels.map((label, at) => tinyRow(0, at).replace(/^0/, String(label))))

const EIGHT = '{ Angry: 0, Disgust: 1, Fear: 2, Happy: 3, Sad: 4, Surprise: 5, Neutral: 6, "7": 7 }'

describe('labels', () => {
  test('as words are classes by their names, sorted', async () => {
    const { classes, labels } = await load(rowsOf(['sad', 'angry', 'sad', 'émue']))
    expect([classes, [...labels]]).toEqual([
      ['angry', 'sad', 'émue'],
      [1, 0, 1, 2],
    ])
  })

  test('as numbers are FER2013’s, whether all occur or not', async () => {
    const { classes, labels } = await load(rowsOf([3, 6]))
    expect([classes.length, [...labels]]).toEqual([7, [3, 6]])
  })

  test('beyond FER2013’s are named by the recipe, as the hint says', async () => {
    expect(await problemsOf(rowsOf([0, 7, 7]))).toEqual([
      `3 csv_label: The label is "7"; expected 0 to 6 (0 Angry, 1 Disgust, 2 Fear, 3 Happy, 4 Sad, 5 Surprise, 6 Neutral). If the file has more classes, name them all: dataset.classes: ${EIGHT}`,
    ])
    const named = { Angry: 0, Disgust: 1, Fear: 2, Happy: 3, Sad: 4, Surprise: 5, Neutral: 6, Contempt: 7 }
    const { classes, labels } = await load(rowsOf([0, 7, 7]), { classes: named })
    expect([classes, [...labels]]).toEqual([Object.keys(named), [0, 7, 7]])
  })

  test.each<[string, (string | number)[], string[]]>([
    [
      'mixed',
      [1, 'angry', 2],
      ['3 csv_label: The label is "angry"; the rows above have numbers. Write all labels as numbers, or all as words.'],
    ],
    [
      'mixed the other way',
      ['angry', 1],
      ['3 csv_label: The label is "1"; the rows above have words. Write all labels as numbers, or all as words.'],
    ],
    [
      'too large',
      [0, 256],
      [
        `3 csv_label: The label is "256"; expected 0 to 6 (0 Angry, 1 Disgust, 2 Fear, 3 Happy, 4 Sad, 5 Surprise, 6 Neutral). If the file has more classes, name them all: dataset.classes: ${EIGHT.replace(', "7": 7', '')}`,
      ],
    ],
  ])('%s', async (_name, labels, problems) => expect(await problemsOf(rowsOf(labels))).toEqual(problems))
})

describe('classes', () => {
  const text = rowsOf([0, 1, 3, 4, 6, 3])

  test('a list chooses, in its order; what is left out is counted', async () => {
    const { classes, labels, images, leftOut } = await load(text, { classes: ['Neutral', 'Happy', 'Angry'] })
    expect([classes, [...labels]]).toEqual([
      ['Neutral', 'Happy', 'Angry'],
      [2, 1, 0, 1],
    ])
    expect([images[0], images[2304], images[2 * 2304], images[3 * 2304]]).toEqual([0, 2, 4, 5])
    expect(leftOut).toEqual([
      { what: 'of the class "Disgust", which dataset.classes leaves out', count: 1, examples: [] },
      { what: 'of the class "Sad", which dataset.classes leaves out', count: 1, examples: [] },
    ])
  })

  test('a map names and merges, by names or numbers', async () => {
    const { classes, labels, leftOut } = await load(text, {
      classes: { bad: ['Angry', 1, 'Fear', 'Sad'], good: 3, other: ['Surprise', '6'] },
    })
    expect([classes, [...labels], leftOut]).toEqual([['bad', 'good', 'other'], [0, 0, 1, 0, 2, 1], []])
  })

  test('that there are not, or that are in two', async () => {
    expect(await problemsOf(text, { classes: ['Happy', 'Bored'] })).toEqual([
      '- class_unknown: dataset.classes has "Bored", and the data have no such class. They have: 0 Angry, 1 Disgust, 2 Fear, 3 Happy, 4 Sad, 5 Surprise, 6 Neutral.',
    ])
    expect(await problemsOf(text, { classes: { a: ['Happy', 'Sad'], b: 'Sad' } })).toEqual([
      '- class_unknown: dataset.classes puts "Sad" into two classes, "a" and "b". An image has one class: take it out of one of them.',
    ])
  })

  test('are known before the images are read', async () => {
    const form = async (rows: string, more = {}) => (await sourceForm({ ...(await fileOf(rows)), ...more }, { env: {} }))?.classes
    expect(await form(text)).toHaveLength(7)
    expect(await form(rowsOf(['angry', 'sad']))).toBeUndefined()
    expect(await form(text, { classes: { x: 1, y: 2 } })).toEqual(['x', 'y'])
    expect(await form(text, { labels: 'votes.csv' })).toHaveLength(8)
  })

  test('hold for the drawn faces too, where the file is not there', async () => {
    const fallback = { kind: 'synthetic_faces', images: 70, random_state: 0 } as const
    const source = { kind: 'fer2013_csv', path: 'nowhere.csv', classes: ['Happy', 'Sad'], fallback } as const
    const { classes, labels, synthetic } = await loadDataset(source, await options())
    expect([classes, labels.length, synthetic]).toEqual([['Happy', 'Sad'], 20, true])
  })
})

describe('groups', () => {
  const grouped = rowsOf([0, 1, 2])
    .replace('emotion,', 'subject,emotion,')
    .replace(/^(\d,)/gm, (label, _own, at: number) => `${at % 2 ? 'S2' : 'S10'},${label}`)

  test('are a column that the recipe names', async () => {
    const { groups } = await load(grouped, { group_column: 'Subject' })
    expect(new Set(groups).size).toBeGreaterThan(0)
    expect(groups?.length).toBe(3)
  })

  test('a column that there is not', async () => {
    expect((await problemsOf(grouped, { group_column: 'person' }))[0]).toMatch('no column "person" for dataset.group_column')
  })
})

test('a file that changes is read anew, though its size and time stay the same', async () => {
  const source = await fileOf(rowsOf([0, 1, 2]))
  const [cache, time] = [await options(), new Date(1_000_000_000_000)]
  await utimes(source.path, time, time)
  const before = await loadDataset(source, cache)
  await writeFile(source.path, rowsOf([0, 1, 3]))
  await utimes(source.path, time, time)
  const after = await loadDataset(source, cache)
  expect([[...before.labels], [...after.labels]]).toEqual([
    [0, 1, 2],
    [0, 1, 3],
  ])
})
