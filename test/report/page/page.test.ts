import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '../../../src/report/render_report.ts'
import { tablesText } from '../../../src/report/tables_text.ts'
import { situations, withPredictions } from '../fake.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const QUIET = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((one) => `--disable-${one}`)

type Opened = { page: Page; requests: string[]; messages: string[] }

describe.runIf(existsSync(CHROMIUM))('a report in a browser', () => {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ferment-report-'))
    for (const [name, make] of Object.entries(situations))
      await writeFile(join(folder, `${name}.html`), await renderReport({ ...make(), predictionsOf: withPredictions }))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--no-first-run', ...QUIET] })
  })

  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  const open = async (name: string, { width = 1400, colorScheme = 'light' as 'light' | 'dark' } = {}): Promise<Opened> => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: true })
    const [requests, messages]: [string[], string[]] = [[], []]
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href)
    return { page, requests, messages }
  }

  describe.each(Object.keys(situations))('%s', (name) => {
    test.each([360, 768, 1400])('is never wider than a screen of %i pixels, open details included', async (width) => {
      const { page, requests, messages } = await open(name, { width })
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
      expect(messages).toEqual([])
      expect(
        await page.evaluate('document.querySelectorAll(\'script:not([type="application/json"]), img, iframe, main style\').length'),
      ).toBe(1)
      await page.close()
    })
  })

  test.each(['light', 'dark'] as const)('has its own colours in the %s scheme, in text and pictures', async (colorScheme) => {
    const { page } = await open('full', { colorScheme })
    const colors = await page.evaluate(`(() => {
      const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property]
      return [of('body', 'backgroundColor'), of('body', 'color'), of('.picture svg text', 'fill'), of('.verdict.agrees', 'color')]
    })()`)
    const expected = {
      light: ['rgb(253, 253, 251)', 'rgb(25, 27, 31)', 'rgb(25, 27, 31)', 'rgb(8, 114, 90)'],
      dark: ['rgb(21, 23, 27)', 'rgb(233, 234, 236)', 'rgb(233, 234, 236)', 'rgb(76, 201, 162)'],
    }
    expect(colors).toEqual(expected[colorScheme])
    await page.close()
  })

  test('prints in light colours on a few pages', async () => {
    const { page } = await open('full', { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(25, 27, 31)')
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(16)
    await page.close()
  })

  test('is read by its roles on a narrow screen, where the table is drawn as cards', async () => {
    const { page } = await open('full', { width: 360 })
    const table = page.getByRole('table', { name: /4\.1 General result.*measured, beside/ })
    expect(await table.getByRole('row').count()).toBe(2)
    expect(await table.getByRole('cell').count()).toBe(8)
    expect(await page.getByRole('img', { name: /Confusion matrix, The paper’s figure/ }).count()).toBe(2)
    await page.close()
  })

  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

  test.each([
    ['full', 1440, 'light'],
    ['full', 380, 'dark'],
    ['quick', 1440, 'dark'],
    ['evil', 380, 'light'],
    ['empty', 1440, 'light'],
  ] as const)('%s at %i pixels, %s, has no barrier that axe finds', async (name, width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href)
    await page.evaluate("for (const one of document.querySelectorAll('details:not(.menu)')) one.open = true")
    await page.evaluate(axe)
    const found = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
    )) as { violations: { id: string; nodes: { html: string }[] }[] }
    expect(found.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
    await context.close()
  })

  test('without scripts shows no control that needs one, and lets views be chosen', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(pathToFileURL(join(folder, 'full.html')).href)
    expect(
      await page.locator('button[data-save], button[data-table], button[data-copy], button[data-theme]').filter({ visible: true }).count(),
    ).toBe(0)
    const views = page.locator('#figure-agreement .view')
    await page.locator('#figure-agreement').getByRole('radio', { name: 'best weights' }).check()
    expect([await views.nth(0).isVisible(), await views.nth(1).isVisible()]).toEqual([false, true])
    await context.close()
  })

  test('saves figures, copies and sorts tables, changes its theme', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    const messages: string[] = []
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    await page.goto(pathToFileURL(join(folder, 'full.html')).href)
    const files: Record<string, string> = {}
    for (const format of ['svg', 'png', 'spec', 'csv']) {
      await page.locator('#figure-agreement .menu summary').click()
      const download = page.waitForEvent('download')
      await page.locator(`#figure-agreement [data-save=${format}]`).click()
      files[(await download).suggestedFilename()] = readFileSync(await (await download).path(), 'latin1')
    }
    expect(Object.keys(files)).toEqual([
      'figure-agreement.svg',
      'figure-agreement.png',
      'figure-agreement.vl.json',
      'figure-agreement-rows.csv',
    ])
    expect(files['figure-agreement.svg']).not.toContain('var(--')
    expect(files['figure-agreement.png']?.slice(1, 4)).toBe('PNG')
    expect(JSON.parse(files['figure-agreement.vl.json'] ?? '')).toMatchObject({
      $schema: expect.stringContaining('vega-lite/v6'),
      datasets: { rows: expect.any(Array) },
    })
    const table = page.locator('.tablebox').first()
    await table.getByRole('button', { name: 'LaTeX' }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      /^\\begin\{tabular\}[\s\S]*\\toprule[\s\S]*My CNN[\s\S]*\\bottomrule/,
    )
    for (const [name, format] of [
      ['LaTeX', 'tex'],
      ['Markdown', 'md'],
    ] as const) {
      await table.getByRole('button', { name }).click()
      const copied = await page.evaluate('navigator.clipboard.readText()')
      expect(tablesText(situations.full(), format).split('\n\n')).toContainEqual(expect.stringContaining(String(copied)))
    }
    await table.getByRole('button', { name: 'measured' }).click()
    const values = (await table.locator('tbody tr td:nth-child(4)').allTextContents()).map(Number)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 23, 27)')
    expect(messages).toEqual([])
    await context.close()
  })
})
