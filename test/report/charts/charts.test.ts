import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { compile, type TopLevelSpec } from 'vega-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import recipeSchema from '../../../schema/recipe.schema.json' with { type: 'json' }
import { budgetOf } from '../../../src/report/budget.ts'
import { calibrationOf } from '../../../src/report/calibration.ts'
import { type Cell, cellsOf } from '../../../src/report/cells.ts'
import { budgetBars } from '../../../src/report/charts/budget.ts'
import { calibrationPanel, classPanel, mistakeBars, scoresDomain } from '../../../src/report/charts/class_spec.ts'
import { costScatter, timeBars } from '../../../src/report/charts/cost.ts'
import type { Drawing } from '../../../src/report/charts/draw.ts'
import { effectsForest } from '../../../src/report/charts/effects.ts'
import type { Figure } from '../../../src/report/charts/figure.ts'
import { forest } from '../../../src/report/charts/forest.ts'
import { chartFigure, charts } from '../../../src/report/charts/table.ts'
import { classScores, mistakesOf } from '../../../src/report/class_scores.ts'
import { comparedTables } from '../../../src/report/compare.ts'
import { claimsByCell, effectsOf } from '../../../src/report/effects.ts'
import { CLASSES, type FakeOptions, fake, situations, withPredictions } from '../fake.ts'

const TINY: FakeOptions = { epochs: 14, seeds: [0, 1] }

type Made = ReturnType<typeof fake>

const matrixOf = (cells: readonly Cell[]): number[][] => cells[0]?.records[0]?.evaluation?.last?.confusion_matrix ?? [[1]]

const figuresOf = ({ study, records }: Made): Figure[] => {
  const cells = cellsOf(study, records)
  return study.charts.flatMap((chart, index) => chartFigure(chart, { id: `f${index}`, cells, weights: 'last' }) ?? [])
}

const fromFigures = (made: Made, kind: string): Drawing[] =>
  figuresOf({ ...made, study: { ...made.study, charts: made.study.charts.filter((chart) => chart.kind === kind) } }).flatMap(({ views }) =>
    views.flatMap(({ pictures }) => pictures.flatMap(({ drawing }) => drawing ?? [])),
  )

/** Every kind of picture that the page has, made of a study. */
const kinds: Record<string, (made: Made) => Drawing[]> = {
  forest: ({ study, records }) => {
    const drawn = forest(comparedTables(study, cellsOf(study, records)), 'last')
    return drawn === null ? [] : [drawn.wide, drawn.narrow]
  },
  effects: ({ study, records }) => {
    const cells = cellsOf(study, records)
    const claims = claimsByCell(comparedTables(study, cells))
    const effects = effectsOf(study.axes, cells, { weights: 'last', deviation: null, predictionsOf: withPredictions, claims })
    if (effects.length === 0) return []
    const { wide, narrow } = effectsForest(effects)
    return [wide, narrow]
  },
  budget: ({ study, records }) => [budgetBars(budgetOf(comparedTables(study, cellsOf(study, records))), 2, 400)],
  learning_curves: (made) => fromFigures(made, 'learning_curves'),
  confusion_matrix: (made) => fromFigures(made, 'confusion_matrix'),
  classes: ({ study, records }) => {
    const scores = classScores(matrixOf(cellsOf(study, records)), CLASSES)
    return [
      classPanel('f1', { ours: scores, theirs: scores, domain: scoresDomain(scores) }),
      classPanel('recall', { ours: scores, theirs: null, domain: [0, 100] }),
    ]
  },
  mistakes: ({ study, records }) => [mistakeBars(mistakesOf(matrixOf(cellsOf(study, records)), null, CLASSES).slice(0, 5), 400)],
  calibration: ({ study, records }) =>
    cellsOf(study, records).flatMap((cell) => {
      const found = calibrationOf(cell, 'last', withPredictions)
      return found === null ? [] : [calibrationPanel(found)]
    }),
  cost: () => [
    costScatter(
      [
        { cell: 'a', label: 'a', minutes: 3, accuracy: 0.5 },
        { cell: 'b', label: 'b', minutes: 9, accuracy: 0.6 },
      ],
      400,
    ),
    timeBars([{ cell: 'a', part: 'training steps', order: 1, share: 1 }], 400),
  ],
}

/** With its data in it, numbers to three decimals: floats differ between machines. */
const whole = ({ spec, datasets }: Drawing): object => ({ ...spec, datasets })
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
  const known = recipeSchema.$defs.chart.oneOf.map(({ $ref }) => $ref.replace('#/$defs/chart_', ''))
  expect(Object.keys(charts)).toEqual(known)
  for (const kind of known) expect(Object.keys(kinds)).toContain(kind)
})

describe.each(Object.entries(kinds))('%s', (kind, drawings) => {
  test('specs are as committed', async () => {
    const [first, second] = drawings(fake(TINY))
    await expect(rounded([first, second].filter((one) => one !== undefined).map(whole))).toMatchFileSnapshot(
      `__snapshots__/${kind}.vl.json`,
    )
  })

  test.each(Object.entries({ tiny: () => fake(TINY), ...situations }))(
    'specs for %s fit the schema and compile without a warning',
    (_, make) => {
      const specs = new Map(drawings(make()).map((drawing) => [JSON.stringify(drawing.spec), drawing]))
      for (const drawing of [...specs.values()].slice(0, 12)) {
        expect(fitsSchema(whole(drawing))).toBeNull()
        expect(warnings(whole(drawing) as TopLevelSpec)).toEqual([])
      }
    },
  )
})

describe('figures of charts', () => {
  test('have numbers behind them and descriptions', () => {
    for (const { tables, views } of figuresOf(fake(TINY))) {
      expect(tables.length).toBeGreaterThan(0)
      for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length)
      for (const { pictures } of views) for (const { description } of pictures) expect(description.length).toBeGreaterThan(40)
    }
  })

  test('are none where there is nothing to show', () => {
    const made = fake({
      ...TINY,
      charts: [
        { kind: 'learning_curves', title: 'Curves' },
        { kind: 'confusion_matrix', title: 'Matrix', where: {} },
      ],
      outcome: () => ({ state: 'to_do' }),
    })
    expect(figuresOf(made)).toEqual([])
  })
})
