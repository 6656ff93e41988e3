import type { Element } from 'hast'
import { h, s } from 'hastscript'
import type { LegendEntry, LegendSign } from '../charts/figure.ts'

type Shape = { width: number; parts: readonly (readonly [tag: string, attributes: Record<string, string | number>])[] }

const line = (y: number, attributes: Record<string, string | number>) => ['path', { d: `M0 ${y}H24`, fill: 'none', ...attributes }] as const
const dot = (cx: number, r: number, attributes: Record<string, string | number>) => ['circle', { cx, cy: 7, r, ...attributes }] as const
const square = (attributes: Record<string, string | number>, width = 12) =>
  ['rect', { x: 1, y: 1, width, height: 12, ...attributes }] as const
const diamond = (x: number) =>
  ['path', { d: `M${x} 2 ${x + 5} 7 ${x} 12 ${x - 5} 7Z`, fill: 'var(--page)', stroke: 'var(--ink)', 'stroke-width': 1.5 }] as const

const shapes: Record<LegendSign, Shape> = {
  claimed: { width: 14, parts: [diamond(7)] },
  claimed_interval: { width: 24, parts: [line(7, { stroke: 'var(--ink)', 'stroke-opacity': 0.45 }), diamond(12)] },
  measured: { width: 24, parts: [line(7, { stroke: 'var(--measured)', 'stroke-width': 2.4 }), dot(12, 4.4, { fill: 'var(--measured)' })] },
  seed: { width: 22, parts: [4, 11, 18].map((x) => dot(x, 2.4, { fill: 'var(--ink)', opacity: 0.55 })) },
  band: { width: 26, parts: [square({ fill: 'var(--band)' }, 24)] },
  training: { width: 24, parts: [line(7, { stroke: 'var(--training)', 'stroke-width': 2.2, 'stroke-dasharray': '4 3' })] },
  validation: { width: 24, parts: [line(7, { stroke: 'var(--measured)', 'stroke-width': 2.2 })] },
  one_seed: {
    width: 24,
    parts: [4, 10].map((y) => line(y, { stroke: 'var(--measured)', 'stroke-opacity': 0.5 })),
  },
  best: { width: 14, parts: [dot(7, 4, { fill: 'var(--page)', stroke: 'var(--measured)', 'stroke-width': 1.8 })] },
  triangle: { width: 14, parts: [['path', { d: 'M3 4H11L7 11Z', fill: 'var(--ink)' }]] },
  square: { width: 14, parts: [['rect', { x: 3, y: 3, width: 8, height: 8, fill: 'var(--ink)' }]] },
  diamond: { width: 14, parts: [['path', { d: 'M7 2.2 11.8 7 7 11.8 2.2 7Z', fill: 'var(--ink)' }]] },
  cross: { width: 14, parts: [['path', { d: 'M5.5 2h3v3.5H12v3H8.5V12h-3V8.5H2v-3h3.5Z', fill: 'var(--ink)' }]] },
  more: { width: 14, parts: [square({ fill: 'var(--heat)' })] },
  fewer: { width: 14, parts: [square({ fill: 'var(--fewer)' })] },
  bar: { width: 14, parts: [square({ fill: 'var(--measured)' })] },
  gap: { width: 26, parts: [square({ fill: 'var(--differs)', opacity: 0.16 }, 24)] },
}

const signOf = (entry: LegendEntry): Element => {
  const { width, parts } = entry.sign === 'patch' ? { width: 14, parts: [square({ fill: entry.color })] } : shapes[entry.sign]
  const box = { width, height: 14, viewBox: `0 0 ${width} 14`, ariaHidden: 'true' }
  return s(
    'svg',
    box,
    parts.map(([tag, attributes]) => s(tag, attributes)),
  )
}

/** What the signs of a figure stand for. */
export const legend = (entries: readonly LegendEntry[]): Element[] =>
  entries.length === 0
    ? []
    : [
        h(
          'ul.legend',
          entries.map((entry) => h('li', signOf(entry), entry.label)),
        ),
      ]
