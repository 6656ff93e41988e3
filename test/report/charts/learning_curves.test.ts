import { expect, test } from 'vitest'
import type { RunRecord } from '../../../schema/record.ts'
import { cellsOf } from '../../../src/report/cells.ts'
import { pointsOf } from '../../../src/report/charts/history.ts'
import { learningCurves } from '../../../src/report/charts/learning_curves.ts'
import { type FakeOptions, fake, situations } from '../fake.ts'

const figureOf = ({ study, records }: ReturnType<typeof fake>) => learningCurves(cellsOf(study, records), { id: 'c', title: null })
const figure = (options: FakeOptions = {}) => figureOf(fake(options))

const epochs =
  (change: (epoch: NonNullable<RunRecord['history']>[number], index: number) => object) =>
  (record: RunRecord): RunRecord => ({
    ...record,
    history: (record.history ?? []).map((epoch, index) => ({ ...epoch, ...change(epoch, index) })),
  })

const unweighted = (record: RunRecord): RunRecord =>
  record.data === undefined ? record : { ...record, data: { ...record.data, class_weight: null } }

test('a panel for each cell that has epochs, in accuracy, loss and the logarithm of loss', () => {
  expect(figureOf(situations.mixed())?.views.map(({ label, pictures }) => [label, pictures.length])).toEqual([
    ['accuracy, %', 2],
    ['loss', 2],
    ['loss, log', 2],
  ])
})

test('the legend names what is there', () => {
  const labels = (options: FakeOptions) => figure(options)?.legend.map(({ label }) => label)
  expect(labels({})).toEqual(['training', 'validation', 'best weights', 'learning rate lowered', 'stopped early'])
  expect(labels({ seeds: [0, 1] })).toEqual([
    'training',
    'validation, mean',
    'one seed',
    'best weights',
    'learning rate lowered',
    'stopped early',
  ])
  expect(labels({ epochs: 2, edit: epochs(() => ({ val_loss: null, val_accuracy: null })) })).toEqual(['training'])
})

test('an event of a callback that is new to the report is marked and named', () => {
  const swa = (record: RunRecord): RunRecord => ({ ...record, events: [{ epoch: 3, callback: 'weight_average', message: 'began' }] })
  expect(figure({ edit: swa })?.legend.at(-1)?.label).toBe('weight average')
  expect(JSON.stringify(figure({ edit: swa })?.views[0]?.pictures[0]?.drawing?.datasets)).toContain('diamond')
})

test('losses that are not finite are said and leave a gap', () => {
  const broken = figure({ edit: epochs((_, index) => (index > 2 && index < 5 ? { loss: null, val_loss: null } : {})) })
  expect(broken?.views[0]?.pictures[0]?.caption).toContain('not a finite number in epochs 4 and 5')
  expect(broken?.tables[0]?.rows[3]?.[2]).toBe('not finite')
})

test('no number finite at all leaves the figure out', () => {
  expect(figure({ edit: epochs(() => ({ loss: null, accuracy: null, val_loss: null, val_accuracy: null })) })).toBeNull()
})

test('one scale for all, unless one cell’s losses would hide the others', () => {
  const explode = (record: RunRecord) =>
    record.cell.model === 'VGG16' ? epochs((_, index) => (index === 3 ? { loss: 1e6 } : {}))(unweighted(record)) : unweighted(record)
  expect(figure({ edit: unweighted })?.reading).not.toContain('its own')
  expect(figure({ edit: explode })?.reading).toContain('its own')
})

test('the training loss is divided by the mean class weight of the training images', () => {
  const { study, records } = fake()
  const [cell] = cellsOf(study, records)
  const record = cell?.records[0]
  const { counts, class_weight } = record?.data ?? expect.fail('no data')
  const images = counts.train.reduce((sum, one) => sum + one, 0)
  const mean = counts.train.reduce((sum, one, index) => sum + one * (class_weight?.[index] ?? 0), 0) / images
  const [first] = cell === undefined ? [] : pointsOf(cell)
  expect(first?.loss).toBeCloseTo((record?.history?.[0]?.loss ?? 0) / mean, 12)
  // Inverse frequencies that sum to 1 make a loss some fifteen times smaller.
  expect(1 / mean).toBeGreaterThan(12)
})

test('the mean line ends where the first seed stops', () => {
  const short = (record: RunRecord): RunRecord => (record.seed === 1 ? { ...record, history: record.history?.slice(0, 9) ?? [] } : record)
  const rows = figure({ seeds: [0, 1], edit: short })?.views[0]?.pictures[0]?.drawing?.datasets.points as { of: string; epoch: number }[]
  expect(Math.max(...rows.filter(({ of }) => of === 'mean').map(({ epoch }) => epoch))).toBe(9)
  expect(Math.max(...rows.filter(({ of }) => of === 'seed').map(({ epoch }) => epoch))).toBe(20)
})

test('long studies show some of the epochs, always the last', () => {
  const [table] = figureOf(situations.many())?.tables ?? []
  expect(table?.caption).toContain('one in 2 and the last')
  expect(table?.rows.filter(([, seed]) => seed === '0').map(([epoch]) => epoch)).toEqual([
    ...Array.from({ length: 25 }, (_, i) => String(2 * i + 1)),
    '50',
  ])
})
