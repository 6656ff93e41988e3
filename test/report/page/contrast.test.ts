import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HEAT_RANGE, INK_CHANGES_AT } from '../../../src/report/charts/confusion_matrix.ts'

type Rgb = readonly number[]

const css = (name: string): string => readFileSync(new URL(`../../../src/report/page/${name}`, import.meta.url), 'utf8')

/** Custom properties of the nth `:root` block. */
const palette = (text: string, block: number): Record<string, Rgb> => {
  const body = text.split(':root {')[block]?.split('}')[0] ?? ''
  const found = [...body.matchAll(/--([\w-]+): #([0-9a-f]{6})/g)]
  return Object.fromEntries(found.map(([, name, hex]) => [name, [0, 2, 4].map((at) => Number.parseInt((hex ?? '').slice(at, at + 2), 16))]))
}

const light = palette(css('theme.css'), 1)
/** The dark palette is for screens only: what print.css does not change is light. */
const schemes = { light, dark: palette(css('theme.css'), 2), print: { ...light, ...palette(css('print.css'), 1) } }

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (color: Rgb): number => {
  const [r = 0, g = 0, b = 0] = color.map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: Rgb, b: Rgb): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.each(Object.entries(schemes))('%s', (_, colors) => {
  const color = (name: string): Rgb => colors[name] ?? expect.fail(`no --${name}`)

  test.each([
    ['ink', 'page'],
    ['muted', 'page'],
    ['accent', 'page'],
    ['ink', 'raised'],
    ['muted', 'raised'],
    ['ink', 'warn-soft'],
    ['warn', 'warn-soft'],
    ['agrees', 'agrees-soft'],
    ['differs', 'differs-soft'],
  ])('text %s on %s has a contrast of 4.5', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['training', 'validation', 'rule-strong'])('lines of %s stand out of the page', (name) => {
    expect(contrast(color(name), color('page'))).toBeGreaterThanOrEqual(name === 'rule-strong' ? 1.5 : 3)
  })

  test('counts can be read on every shade of a confusion matrix', () => {
    const [least, most] = HEAT_RANGE
    for (let percent = 0; percent <= 100; percent++) {
      const opacity = least + ((most - least) * percent) / 100
      const ground = color('page').map((byte, index) => byte + opacity * ((color('heat')[index] ?? 0) - byte))
      const ink = color(percent / 100 > INK_CHANGES_AT ? 'on-high-heat' : 'on-low-heat')
      expect(contrast(ink, ground), `at ${percent} %`).toBeGreaterThanOrEqual(4.5)
    }
  })
})
