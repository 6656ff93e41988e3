import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HEAT_RANGE, inkOf } from '../../../src/report/charts/matrix_spec.ts'

type Rgb = readonly number[]

const css = readFileSync(new URL('../../../src/report/page/theme.css', import.meta.url), 'utf8')

/** Custom properties of the block after a selector. */
const palette = (selector: string): Record<string, Rgb> => {
  const body = css.split(`${selector} {`)[1]?.split('}')[0] ?? ''
  const found = [...body.matchAll(/--([\w-]+): #([0-9a-f]{6})/g)]
  return Object.fromEntries(found.map(([, name, hex]) => [name, [0, 2, 4].map((at) => Number.parseInt((hex ?? '').slice(at, at + 2), 16))]))
}

/** The dark palette is for screens only: print is light. */
const schemes = { light: palette('\n:root'.trim()), dark: palette(':root:not([data-theme="light"])') }

const linear = (byte: number): number => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4)

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (color: Rgb): number => {
  const [r = 0, g = 0, b = 0] = color.map(linear)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: Rgb, b: Rgb): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const times = (matrix: readonly Rgb[], vector: Rgb): number[] =>
  matrix.map((row) => row.reduce((sum, one, index) => sum + one * (vector[index] ?? 0), 0))

/** CIE L*a*b* of linear RGB (D65). */
const labOf = (rgb: Rgb): number[] => {
  const [x = 0, y = 0, z = 0] = times(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    rgb,
  )
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * (24389 / 27) + 16) / 116)
  return [116 * f(y) - 16, 500 * (f(x / 0.95047) - f(y)), 200 * (f(y) - f(z / 1.08883))]
}

/** How colours look to people without one kind of cone, in linear RGB. Source: Machado, Oliveira and Fernandes 2009, severity 1. */
const eyes: Record<string, readonly Rgb[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIE 1976 distance of two colours as such eyes see them; about 2.3 is the least that can be told. */
const distance = (a: Rgb, b: Rgb, eye: readonly Rgb[]): number => {
  const seen = (color: Rgb) => labOf(times(eye, color.map(linear)).map((one) => Math.min(1, Math.max(0, one))))
  const [p, q] = [seen(a), seen(b)]
  return Math.hypot(...p.map((one, index) => one - (q[index] ?? 0)))
}

describe.each(Object.entries(schemes))('%s', (_, colors) => {
  const color = (name: string): Rgb => colors[name] ?? expect.fail(`no --${name}`)

  test.each([
    ['ink', 'page'],
    ['muted', 'page'],
    ['link', 'page'],
    ['agrees', 'page'],
    ['differs', 'page'],
    ['open', 'page'],
    ['warn', 'page'],
    ['measured', 'page'],
    ['ink', 'raised'],
    ['muted', 'raised'],
    ['ink', 'warn-soft'],
    ['warn', 'warn-soft'],
    ['agrees', 'band'],
    ['differs', 'band'],
    ['page', 'ink'],
  ])('text %s on %s has a contrast of 4.5', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['training', 'measured', 'fewer', 'heat'])('marks of %s stand out of the page', (name) =>
    expect(contrast(color(name), color('page'))).toBeGreaterThanOrEqual(3),
  )

  test.each(Object.entries(eyes))('colours that mean different things are told apart by eyes with %s', (_name, eye) => {
    for (const [a, b] of [
      ['measured', 'training'],
      ['heat', 'fewer'],
      ['agrees', 'differs'],
      ['differs', 'open'],
    ] as const)
      expect(distance(color(a), color(b), eye), `${a} and ${b}`).toBeGreaterThanOrEqual(12)
  })

  test.each([
    ['more', 'heat'],
    ['fewer', 'fewer'],
  ] as const)('numbers can be read on every shade of %s in a confusion matrix', (ground, name) => {
    const [least, most] = HEAT_RANGE
    for (let percent = 0; percent <= 100; percent++) {
      const depth = percent / 100
      const opacity = least + (most - least) * depth
      const shade = color('page').map((byte, index) => byte + opacity * ((color(name)[index] ?? 0) - byte))
      expect(contrast(color(`on-${inkOf(depth, ground)}-heat`), shade), `at ${percent} %`).toBeGreaterThanOrEqual(4.5)
    }
  })
})
