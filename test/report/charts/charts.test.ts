import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { TopLevelSpec } from 'vega-lite'
import { compile } from 'vega-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import recipeSchema from '../../../schema/recipe.schema.json' with { type: 'json' }
import type { Chart } from '../../../schema/recipe.ts'
import { cellsOf } from '../../../src/report/cells.ts'
import type { ChartView } from '../../../src/report/charts/chart.ts'
import { charts, chartView } from '../../../src/report/charts/table.ts'
import { type FakeOptions, fake, situations } from '../fake.ts'

const TINY: FakeOptions = {
  axes: [{ name: 'model', values: ['A', 'B'] }],
  classes: ['cat', 'dog', 'owl'],
  epochs: 14,
  seeds: [0],
}

const tinyCharts: { [K in Chart['kind']]: Extract<Chart, { kind: K }> } = {
  confusion_matrix: {
    kind: 'confusion_matrix',
    title: 'Figure 1',
    where: { model: 'A' },
    claimed: [
      [3, 1, 0],
      [0, 2, 2],
      [1, 0, 4],
    ],
  },
  learning_curves: { kind: 'learning_curves', title: 'Learning curves' },
}

const view = (chart: Chart, { study, records }: ReturnType<typeof fake>): ChartView | null => chartView(chart, cellsOf(study, records))

/** Numbers to three decimals: floats differ between machines. */
const rounded = (value: unknown): string =>
  `${JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toFixed(3)) : one), 1)}\n`

const warnings = (spec: TopLevelSpec): string[] => {
  const said: string[] = []
  const say = (...args: readonly unknown[]) => {
    said.push(args.join(' '))
    return logger
  }
  const logger = { level: () => logger, error: say, warn: say, info: () => logger, debug: () => logger }
  compile(spec, { logger: logger as never })
  return said
}

let fitsSchema: (spec: unknown) => string | null

beforeAll(() => {
  const file = new URL('../../../node_modules/vega-lite/build/vega-lite-schema.json', import.meta.url)
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(file, 'utf8')))
  fitsSchema = (spec) => (validate(spec) ? null : JSON.stringify(validate.errors?.slice(0, 3)))
})

test('every kind of the schema has its row and its test', () => {
  const kinds = recipeSchema.$defs.chart.oneOf.map(({ $ref }) => $ref.replace('#/$defs/chart_', ''))
  expect(Object.keys(charts)).toEqual(kinds)
  expect(Object.keys(tinyCharts)).toEqual(kinds)
})

describe.each(Object.values(tinyCharts))('$kind', (chart) => {
  test('specs are as committed', async () => {
    const panels = view(chart, fake(TINY))?.panels
    await expect(rounded(panels)).toMatchFileSnapshot(`__snapshots__/${chart.kind}.vl.json`)
  })

  test.each(Object.entries({ tiny: () => fake(TINY), ...situations }))(
    'specs for %s fit the schema and compile without a warning',
    (_, make) => {
      for (const { spec } of view(chart, make())?.panels ?? []) {
        if (spec === null) continue
        expect(fitsSchema(spec)).toBeNull()
        expect(warnings(spec)).toEqual([])
      }
    },
  )

  test('each picture has numbers behind it and a description', () => {
    const shown = view(chart, fake(TINY))
    expect(shown?.data.length).toBeGreaterThanOrEqual(shown?.panels.length ?? 1)
    for (const { description } of shown?.panels ?? []) expect(description.length).toBeGreaterThan(40)
    for (const { columns, rows } of shown?.data ?? []) for (const row of rows) expect(row).toHaveLength(columns.length)
  })

  test('nothing to show gives null', () => {
    const { claimed: _, ...bare } = chart as Extract<Chart, { kind: 'confusion_matrix' }>
    expect(view(bare as Chart, fake({ ...TINY, outcome: () => ({ state: 'to_do' }) }))).toBeNull()
    expect(view({ ...bare, where: { model: 'C' } } as Chart, fake(TINY))).toBeNull()
  })
})
