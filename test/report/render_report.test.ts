import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { HtmlValidate } from 'html-validate'
import { describe, expect, test } from 'vitest'
import recordSchema from '../../schema/record.schema.json' with { type: 'json' }
import type { RunRecord } from '../../schema/record.ts'
import { renderReport } from '../../src/report/render_report.ts'
import { fake, PAPER_CHARTS, PAPER_TABLES, situations, withPredictions } from './fake.ts'

const NOW = new Date('2026-05-05T12:00:00Z')
const render = (made: ReturnType<typeof fake>): Promise<string> => renderReport({ ...made, predictionsOf: withPredictions, now: NOW })

const rendered = new Map<string, Promise<string>>()
/** Each situation is rendered once for all tests that only look. */
const page = (name: keyof typeof situations): Promise<string> => {
  const html = rendered.get(name) ?? render(situations[name]())
  rendered.set(name, html)
  return html
}

/** What a reader sees: markup and the second meaning of blanks taken away. */
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ')

test('the records that these tests are made with fit their schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(recordSchema)
  for (const make of Object.values(situations))
    for (const record of make().records.values()) expect(validate(record) ? null : validate.errors).toBeNull()
})

describe.each(Object.keys(situations) as (keyof typeof situations)[])('%s', (name) => {
  test('is one small file that asks for nothing', async () => {
    const html = await page(name)
    expect(html.length).toBeLessThan(name === 'many' ? 6_000_000 : 3_000_000)
    const markup = html
      .replace(/<script type="application\/json"[^>]*>[^<]*<\/script>/g, '')
      .replace(/<script type="module">[\s\S]*?<\/script>/, '')
      .replace(/ (aria|data)-label="[^"]*"/g, '')
      .replace(/>[^<]*</g, '><')
    expect(/<script|<img|<iframe|\son[a-z]+=|\ssrc=/.test(markup)).toBe(false)
    expect(/@import|url\((?!data:)/.test(html)).toBe(false)
    expect([...html.matchAll(/\shref="([^"]+)"/g)].every(([, target]) => target === 'data:,' || target?.startsWith('#'))).toBe(true)
  })

  test('has one main heading, captions, scopes, labelled pictures and ids that are unique', async () => {
    const html = await page(name)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html.match(/<table/g)?.length).toBe(html.match(/<caption/g)?.length)
    expect(/<th(?![^>]*scope=)[ >]/.test(html)).toBe(false)
    for (const [, label] of html.matchAll(/role="img" aria-label="([^"]*)"/g)) expect(label?.length).toBeGreaterThan(20)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('lets its own script run and no other', async () => {
    const html = await page(name)
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#x27;', "'") ?? ''
    expect(policy).toContain(`script-src 'sha256-${hash}';`)
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })

  test('is valid HTML', async () => {
    const rules = { 'long-title': 'off', 'no-inline-style': 'off', 'no-raw-characters': 'off', 'valid-id': 'off' } as const
    const { results } = await new HtmlValidate({ extends: ['html-validate:standard'], rules }).validateString(await page(name))
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line} ${ruleId} ${message}`))).toEqual([])
  })

  test('is the same for the same input', async () => {
    expect((await render(situations[name]())) === (await page(name))).toBe(true)
  })
})

describe('what the page says', () => {
  test('the paper’s tables, each claim beside what was measured', async () => {
    const text = textOf(await page('full'))
    for (const claim of ['55.75', '64.50', '66.54', '68.32', '44.89', '65.12', '63.92', '65.78']) expect(text).toContain(`paper ${claim}`)
    for (const { title } of [...PAPER_TABLES, ...PAPER_CHARTS.slice(0, 2)]) expect(text).toContain(title)
    expect(text).toContain('Of the paper’s eight test accuracies four agree within 2 points, three differ , one is open .')
    expect(text).toContain('last weights')
    expect(text).toContain('best weights')
  })

  test('where the numbers come from', async () => {
    const text = textOf(await page('full'))
    for (const fact of [
      'f8428a1edbd21e88f42c73edd2a14f95 as the recipe names it',
      '4a2f2e10af166269',
      '0.6275',
      'native, eager, TensorFlow 2.21.0',
      '0123456789abcdef0123456789abcdef01234567',
      '5,127,495',
      '14,781,255',
      '1.80 GiB',
      'npx ferment run recipes/paper/as-reported.yaml --profile none --only',
    ])
      expect(text).toContain(fact)
  })

  test('what is not comparable or missing, before any number', async () => {
    const text = textOf(await page('quick'))
    const beforeNumbers = text.slice(0, text.indexOf('55.75'))
    for (const warning of [
      'Not comparable with published results',
      'Synthetic data',
      '300 of 3,589 test images',
      'ferment setup --weights vgg16',
    ])
      expect(beforeNumbers).toContain(warning)
    expect(text).toContain('No verdict. What was measured of the paper’s eight test accuracies cannot be held against it.')
    expect(text).not.toMatch(/differs|agrees(?! where)/)
  })

  test('no date where none is given', async () => {
    expect(await renderReport(situations.lone())).not.toContain('· rendered')
  })
})

test('everything that people wrote is escaped', async () => {
  const html = await page('evil')
  // Within the quotes of an attribute, < needs no escape; the page's test looks at the elements that a browser makes of it.
  const markup = html
    .replace(/="[^"]*"/g, '')
    .replace(/<script type( id)?>[^<]*<\/script>/g, '')
    .replace(/<script type>[\s\S]*?<\/script>/, '')
  expect(/<script|<img/.test(markup)).toBe(false)
  expect(html.match(/<\/style>/g)).toHaveLength(1)
  expect(markup.match(/<svg/g)?.length).toBe(markup.match(/<\/svg>/g)?.length)
})

describe('records with gaps', () => {
  test.each<[string, (record: RunRecord) => RunRecord]>([
    ['no history', (record) => ({ ...record, history: [], events: [] })],
    ['neither history nor events', ({ history: _, events: __, ...record }) => record],
    ['no evaluation', ({ evaluation: _, ...record }) => record],
    ['no best weights', (record) => ({ ...record, evaluation: record.evaluation?.last ? { last: record.evaluation.last } : {} })],
    ['no data, no model', ({ data: _, model: __, ...record }) => record],
    [
      'no finite number',
      (record) => ({
        ...record,
        history: (record.history ?? []).map((one) => ({ ...one, loss: null, accuracy: null, val_loss: null, val_accuracy: null })),
      }),
    ],
  ])('%s', async (_, edit) => {
    const html = await render(fake({ edit }))
    expect(textOf(html)).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })
})
