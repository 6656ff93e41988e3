import { HtmlValidate } from 'html-validate'
import { beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '../../src/report/render_report.ts'
import { factsIn, indexPage, isReportIndex, type ListedReport, recipeIn } from '../../src/report/report_index.ts'
import { situations } from './fake.ts'

const listed = async (name: keyof typeof situations, file: string, now: string): Promise<ListedReport> => {
  const facts = factsIn(await renderReport({ ...situations[name](), now: new Date(now) }))
  if (facts === null) throw new Error(`${file} has no facts`)
  return { file, facts }
}

describe('a list of reports', () => {
  let page: string

  beforeAll(async () => {
    page = await indexPage([
      await listed('full', 'old & full.html', '2026-05-05T12:00:00Z'),
      await listed('evil', 'evil.html', '2026-05-06T12:00:00Z'),
      await listed('empty', 'empty.html', '2026-05-04T12:00:00Z'),
    ])
  })

  test('links each, the newest first', () => {
    const links = [...page.matchAll(/<h2><a href="([^"]*)"/g)].map(([, target]) => target)
    expect(links).toEqual(['./evil.html', './old%20%26%20full.html', './empty.html'])
  })

  test('says what came out, of how many runs, on which data', () => {
    expect(page).toContain('2026-05-05 12:00 UTC')
    expect(page).toMatch(/<p class="why">Of the paper’s eight test accuracies /)
    expect(page).toMatch(/<span class="verdict agrees">.*?<\/svg>\d agrees?<\/span>/)
    expect(page).toContain('24 of 24 done')
    expect(page).toContain('3,589 test images')
  })

  test('is valid HTML that runs nothing, whatever the recipes say', async () => {
    const markup = page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/>[^<]*</g, '><')
    expect(markup.match(/<script|<img|\son[a-z]+=|https?:/)).toBeNull()
    const rules = { 'no-redundant-role': 'off' } as const
    const { results } = await new HtmlValidate({ extends: ['html-validate:standard'], rules }).validateString(page)
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual([])
  })

  test('is known as one, and is no report', () => {
    expect(isReportIndex(page)).toBe(true)
    expect(factsIn(page)).toBeNull()
  })
})

const facts = (json: string): string => `<script type="application/json" id="facts">${json}</script>`

test.each([
  ['another page', '<!doctype html><title>Mine</title>'],
  ['facts that are cut', facts('{"format":"ferment report 1"')],
  ['a report of another version', facts('{"format":"ferment report 9","title":"T"}')],
  ['a report of this version that lacks what is listed', facts('{"format":"ferment report 1","title":"T"}')],
])('%s is left out', (_, html) => expect(factsIn(html)).toBeNull())

test('whose a report is can be told of any version of it', () => {
  expect(recipeIn(facts('{"format":"ferment report 9","recipe":"a.yaml"}'))).toBe('a.yaml')
  expect(recipeIn(facts('{"format":"another","recipe":"a.yaml"}'))).toBeNull()
  expect(recipeIn(facts('null'))).toBeNull()
})
