import { expect, test } from 'vitest'
import type { ChartConfusionMatrix } from '../../../schema/recipe.ts'
import { cellsOf } from '../../../src/report/cells.ts'
import { confusionOrder } from '../../../src/report/charts/class_order.ts'
import { confusionFigure } from '../../../src/report/charts/confusion_matrix.ts'
import { fake, PAPER_CHARTS, situations } from '../fake.ts'

const FIGURE = PAPER_CHARTS[0] as ChartConfusionMatrix
const plain = (text: string | null | undefined): string => (text ?? '').replaceAll('\u00a0', ' ')

const figure = ({ study, records }: ReturnType<typeof fake>, chart: Partial<ChartConfusionMatrix> = {}) =>
  confusionFigure({ ...FIGURE, ...chart }, { id: 'm', cells: cellsOf(study, records), weights: 'last' })
const pictures = (made: ReturnType<typeof fake>, chart: Partial<ChartConfusionMatrix> = {}) => figure(made, chart)?.views[0]?.pictures ?? []

test('the paper’s matrix, ours and their difference stand beside each other, in shares and in images', () => {
  const shown = figure(situations.full())
  expect(shown?.views.map(({ label }) => label)).toEqual(['shares, %', 'images'])
  const [claimed, ours, difference] = pictures(situations.full())
  expect(plain(claimed?.caption)).toBe('2,402 of 3,589 right, 66.93 %')
  expect([ours?.title, difference?.title]).toEqual(['Measured, last weights', 'Measured − paper'])
  expect(ours?.caption).toContain('of 3,589 right')
  expect(ours?.caption).toContain('mean of 3 seeds')
})

test('the title has both accuracies and the reading the largest difference', () => {
  expect(plain(figure(situations.full())?.title)).toMatch(/66\.93 % in the paper, \d\d\.\d\d % here/)
  expect(figure(situations.full())?.reading).toMatch(/Of the differences the largest is .+ points/)
})

test('where nothing was run, the reason stands in for the picture', () => {
  const shown = pictures(situations.mixed())
  expect(shown.map(({ drawing }) => drawing === null)).toEqual([false, true])
  expect(shown[1]?.caption).toContain('The loss was not finite in epoch 3')
})

test('without any record the classes have numbers for names', () => {
  expect(JSON.stringify(pictures(situations.empty())[0]?.drawing)).toContain('class 6')
})

test('a cell without the weights asked for shows the others', () => {
  const bestOnly = fake({ edit: ({ evaluation, ...rest }) => ({ ...rest, evaluation: evaluation?.best ? { best: evaluation.best } : {} }) })
  expect(pictures(bestOnly)[1]?.title).toBe('Measured, best weights')
})

test('several cells are told apart by name, and no difference is taken', () => {
  const titles = pictures(situations.full(), { where: { model: 'VGG16' } }).map(({ title }) => title)
  expect(titles).toHaveLength(1 + 4)
  expect(titles[1]).toContain('VGG16')
})

test('a hundred classes are drawn without a number for every pair, and in an order that brings the confused together', () => {
  const claimed = Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => (i === j ? 5 : 0)))
  const shown = figure(situations.empty(), { claimed })
  expect(shown?.views.map(({ label }) => label)).toEqual(['order of the data', 'by confusion'])
  expect(shown?.columns).toBe(1)
  expect(shown?.views[0]?.pictures[0]?.drawing?.datasets.rows).toHaveLength(100)
  expect(JSON.stringify(shown?.views[0]?.pictures[0]?.drawing?.spec)).not.toContain('"type":"text"')
})

test('confused classes stand together', () => {
  const matrix = [
    [90, 0, 10, 0],
    [0, 80, 0, 20],
    [10, 0, 90, 0],
    [0, 20, 0, 80],
  ]
  expect(confusionOrder(matrix)).toEqual([1, 3, 0, 2])
  expect(confusionOrder([])).toEqual([])
  expect(confusionOrder([[3]])).toEqual([0])
})
