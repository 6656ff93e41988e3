import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../schema/record.ts'
import { PUBLISHED } from '../src/run/published.ts'
import { readRecord } from '../src/run/store.ts'
import { withoutFoldersIn } from '../src/run/without_folders.ts'

const page = readFileSync('docs/replication.md', 'utf8')
const ids = readdirSync(PUBLISHED)

/** Rows of the table of measured cells: cell, claimed, last, best, link to the record. */
const rows = [...page.matchAll(/^\| ([^|]+) \| ([\d.]+) % \| ([\d.]+) % \| ([\d.]+) % \| \[(\w{16})\]\([^)]+\) \|$/gm)].map(
  ([, cell = '', claimed = '', last = '', best = '', id = '']) => ({ cell, claimed, last, best, id }),
)

const percent = (share: number | undefined): string => (100 * (share ?? Number.NaN)).toFixed(2)

test('every published record is in the table', () => expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort()))

describe.each(ids)('the published record %s', (id) => {
  test('is whole, of real data, and of code that is committed', async () => {
    const record = (await readRecord(PUBLISHED, id)) as RunRecord
    expect(record).toMatchObject({ id, status: 'done', data: { synthetic: false } })
    expect(record.provenance.git_commit).toMatch(/^[0-9a-f]{40}$/)
    expect(record.provenance.git_dirty).toBe(false)
    expect(record.opening).toHaveLength(50)
  })

  test('has the numbers that the page gives', async () => {
    const { evaluation } = (await readRecord(PUBLISHED, id)) as RunRecord
    const row = rows.find((one) => one.id === id)
    expect([row?.last, row?.best]).toEqual([percent(evaluation?.last?.accuracy), percent(evaluation?.best?.accuracy)])
  })

  test('has no weights, no path and no user of a machine', async () => {
    const record = await readRecord(PUBLISHED, id)
    expect(readdirSync(`${PUBLISHED}/${id}`).filter((name) => !/^(record\.json|predictions-(last|best)\.csv\.gz)$/.test(name))).toEqual([])
    expect(withoutFoldersIn(record)).toEqual(record)
  })
})

test('the links lead somewhere', () => {
  const links = [...page.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path]) => path as string).filter((path) => !path.endsWith('.html'))
  for (const path of links) expect(() => readFileSync(path), path).not.toThrow(/ENOENT/)
})
