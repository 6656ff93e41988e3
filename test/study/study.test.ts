import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/problem.ts'
import { openStudy } from '../../src/study/study.ts'
import { tinyStudy } from '../commands/tiny_study.ts'
import { csv, tinyRow, tinyRows } from '../data/tiny_csv.ts'

const opened = async (data: string | Buffer) => {
  const { cwd, env } = await tinyStudy({ data })
  process.env.FERMENT_CACHE_DIR = env.FERMENT_CACHE_DIR
  const set = [`dataset.path=${JSON.stringify(`${cwd}/it's data.csv`)}`]
  const options = { profile: 'none', set, sweep: [], only: [], seed: [], store: `${cwd}/runs` }
  return openStudy(`${cwd}/tiny recipe.yaml`, options, () => {}).finally(() => delete process.env.FERMENT_CACHE_DIR)
}

describe('a broken CSV is a problem of its file and line, before anything is run', () => {
  const whole = csv(tinyRows(30))
  test.each([
    ['a short row', csv([tinyRow(0, 0), tinyRow(1, 1).replace(' 5 ', ' ')]), 3, 'csv_pixel_count'],
    ['a pixel of 300', csv([tinyRow(0, 0).replace(' 7 ', ' 300 ')]), 2, 'csv_pixel'],
    ['another header', whole.replace('pixels', 'points'), 1, 'csv_header'],
    ['a file that was cut', whole.slice(0, 5000), 2, 'csv_truncated'],
    ['an empty file', '', 1, 'csv_empty'],
  ])('%s', async (_name, data, line, code) => {
    const failure = await opened(data).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    const { exitStatus, problems } = failure as UserError
    expect(exitStatus).toBe(1)
    expect(problems[0]).toMatchObject({ code, place: { line, file: expect.stringMatching(/it's data\.csv$/) } })
  })

  test('a whole one is planned', async () => expect((await opened(csv(tinyRows(84)))).runs).toHaveLength(4))
})
