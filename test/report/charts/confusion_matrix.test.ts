import { expect, test } from 'vitest'
import type { ChartConfusionMatrix } from '../../../schema/recipe.ts'
import { cellsOf } from '../../../src/report/cells.ts'
import { confusion_matrix } from '../../../src/report/charts/confusion_matrix.ts'
import { fake, PAPER_CHARTS, situations } from '../fake.ts'

const FIGURE = PAPER_CHARTS[0] as ChartConfusionMatrix

const panels = ({ study, records }: ReturnType<typeof fake>, chart: Partial<ChartConfusionMatrix> = {}) =>
  confusion_matrix({ ...FIGURE, ...chart }, cellsOf(study, records))?.panels ?? []

test('the paper’s matrix stands first, with its own sum', () => {
  const [claimed, last, best] = panels(situations.full())
  expect(claimed?.caption?.replaceAll('\u00a0', ' ')).toBe('2,402 of 3,589 right, 66.93 %')
  expect([last?.title, best?.title]).toEqual(['Measured, last weights', 'Measured, best weights'])
  expect(last?.caption).toContain('of 3,589 right')
  expect(last?.caption).toContain('mean over 3 seeds')
})

test('where nothing was run, the reason stands in for the picture', () => {
  const shown = panels(situations.mixed())
  expect(shown.map(({ spec }) => spec === null)).toEqual([false, true])
  expect(shown[1]?.caption).toContain('The loss was not finite in epoch 3')
})

test('without any record the classes have numbers for names', () => {
  expect(JSON.stringify(panels(situations.empty())[0]?.spec)).toContain('class 6')
})

test('a cell without best weights shows the last', () => {
  const lastOnly = fake({ edit: ({ evaluation, ...rest }) => ({ ...rest, evaluation: evaluation?.last ? { last: evaluation.last } : {} }) })
  expect(panels(lastOnly).map(({ title }) => title)).toEqual(['Claimed', 'Measured, last weights'])
})

test('several cells are told apart by name', () => {
  const titles = panels(situations.full(), { where: { model: 'VGG16' } }).map(({ title }) => title)
  expect(titles).toHaveLength(1 + 4 * 2)
  expect(titles[1]).toContain('VGG16')
})

test('a hundred classes are drawn without counts', () => {
  const claimed = Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => (i === j ? 5 : 0)))
  const [picture] = panels(situations.empty(), { claimed })
  expect(picture?.spec).toMatchObject({ width: 200 })
  expect(JSON.stringify(picture?.spec)).not.toContain('"text"')
})
