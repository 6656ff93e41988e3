import type { Runtime, Spec } from 'vega'
import { transforms } from 'vega-dataflow'
import * as encode from 'vega-encode'
import { compile, type TopLevelSpec } from 'vega-lite'
import { parse } from 'vega-parser'
import { textMetrics } from 'vega-scenegraph'
import * as dataTransforms from 'vega-transforms'
import { View } from 'vega-view'
import * as viewTransforms from 'vega-view-transforms'
import widths from './inter_widths.json' with { type: 'json' }

// Of Vega's parts those that the charts use: half of it, and the page's script is made of the same.
Object.assign(transforms, dataTransforms, viewTransforms, encode)

/** Vega's log level for errors alone. */
const ERRORS = 1

/** Data by name; a picture's spec names them. */
export type Datasets = Readonly<Record<string, readonly object[]>>

/** A Vega-Lite spec whose data have names, so that pictures of one kind differ in their data alone and are compiled once. */
export type Drawing = { spec: TopLevelSpec; datasets: Datasets }

export type Drawn = {
  svg: string
  width: number
  height: number
  /** Compiled, its data left out. */
  vega: Spec
}

type Measured = { fontSize?: number; fontWeight?: number | string }

const OTHER_GLYPH = 0.62
const BOLD = 550

/** Vega measures text in the face that the page embeds, instead of guessing. */
const widthOf = ({ fontSize = 11, fontWeight }: Measured, text: unknown): number => {
  const table: Readonly<Record<string, number>> = widths[fontWeight === 'bold' || Number(fontWeight) >= BOLD ? '600' : '400']
  return [...String(text)].reduce((sum, glyph) => sum + (table[glyph] ?? OTHER_GLYPH), 0) * fontSize
}
textMetrics.width = widthOf

const silent = () => {
  const self = { level: () => self, error: () => self, warn: () => self, info: () => self, debug: () => self }
  return self as unknown as NonNullable<NonNullable<Parameters<typeof compile>[1]>['logger']>
}

type Compiled = { vega: Spec; runtime: Runtime }

const known = new Map<string, Compiled>()

/** Vega's form of a spec; its warnings are a matter of the tests, not of whoever reads the report. */
const compiledSpec = ({ spec, datasets }: Drawing): Compiled => {
  const named = { ...spec, datasets: Object.fromEntries(Object.keys(datasets).map((name) => [name, []])) }
  const key = JSON.stringify(named)
  const found = known.get(key)
  if (found !== undefined) return found
  const { usermeta: _, ...vega } = compile(named as TopLevelSpec, { logger: silent() }).spec as Spec & { usermeta?: object }
  const made = { vega, runtime: parse(vega) }
  known.set(key, made)
  return made
}

/** What a browser does not need: classes and roles of Vega's, faces (the page's), more decimals than a pixel has. Text is left as it is. */
const slim = (svg: string): string =>
  svg
    .replace(/<[^>]+>/g, (tag) => tag.replace(/(\d\.\d{2})\d+/g, '$1'))
    .replace(/ (class|role|aria-[a-z]+|pointer-events|font-family|stroke-miterlimit)="[^"]*"/g, '')
    .replace(/<path[^>]* display="none"[^>]*(\/>|><\/path>)/g, '')
    .replace(/<rect width="[\d.]+" height="[\d.]+" fill="transparent"[^>]*(\/>|><\/rect>)/g, '')
    .replace(/<path d="M[^"]*" ?(fill="none"|stroke="none")? ?\/?>(<\/path>)?(?=<g|<\/g)/g, (path) =>
      /fill|stroke/.test(path) ? path : '',
    )
    .replace(/<g><\/g>/g, '')

/** A Vega-Lite spec as SVG, drawn without a browser. Width and height are in pixels. */
export const draw = async (drawing: Drawing): Promise<Drawn> => {
  const { vega, runtime } = compiledSpec(drawing)
  const view = new View(runtime, { renderer: 'none', logLevel: ERRORS })
  for (const [name, rows] of Object.entries(drawing.datasets)) view.data(name, [...rows])
  const svg = await view.toSVG()
  view.finalize()
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  return { svg: slim(svg), width: Number(width), height: Number(height), vega }
}
