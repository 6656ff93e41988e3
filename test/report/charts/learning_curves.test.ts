import { expect, test } from 'vitest'
import type { RunRecord } from '../../../schema/record.ts'
import { cellsOf } from '../../../src/report/cells.ts'
import { learning_curves } from '../../../src/report/charts/learning_curves.ts'
import { type FakeOptions, fake, situations } from '../fake.ts'

const CHART = { kind: 'learning_curves', title: 'Learning curves' } as const

const view = (options: FakeOptions = {}) => {
  const { study, records } = fake(options)
  return learning_curves(CHART, cellsOf(study, records))
}

const epochs =
  (change: (epoch: NonNullable<RunRecord['history']>[number], index: number) => object) =>
  (record: RunRecord): RunRecord => ({
    ...record,
    history: (record.history ?? []).map((epoch, index) => ({ ...epoch, ...change(epoch, index) })),
  })

test('a picture for each cell that has epochs', () => {
  const { study, records } = situations.mixed()
  expect(learning_curves(CHART, cellsOf(study, records))?.panels).toHaveLength(2)
})

test('the legend names what is there', () => {
  expect(view()?.legend.map(({ label }) => label)).toEqual([
    'training',
    'validation',
    'best weights',
    'learning rate lowered',
    'stopped early',
  ])
  const bare = view({ epochs: 2, edit: epochs(() => ({ val_loss: null, val_accuracy: null })) })
  expect(bare?.legend.map(({ label }) => label)).toEqual(['training'])
})

test('an event of a callback that is new to the report is marked and named', () => {
  const swa = (record: RunRecord): RunRecord => ({ ...record, events: [{ epoch: 3, callback: 'weight_average', message: 'began' }] })
  expect(view({ edit: swa })?.legend.at(-1)?.label).toBe('weight average')
  expect(JSON.stringify(view({ edit: swa })?.panels[0]?.spec)).toContain('diamond')
})

test('losses that are not finite are said and leave a gap', () => {
  const broken = view({ edit: epochs((_, index) => (index > 2 && index < 5 ? { loss: null, val_loss: null } : {})) })
  expect(broken?.panels[0]?.caption).toContain('not a finite number in epochs 4 and 5')
  expect(broken?.data[0]?.rows[3]?.[2]).toBe('not finite')
})

test('no loss finite at all is no crash', () => {
  const broken = view({ edit: epochs(() => ({ loss: null, accuracy: null, val_loss: null, val_accuracy: null })) })
  expect(broken?.panels).toHaveLength(8)
})

test('one scale for all, unless one cell’s losses would hide the others', () => {
  const explode = (record: RunRecord) =>
    record.cell.model === 'VGG16' ? epochs((_, index) => (index === 3 ? { loss: 1e6 } : {}))(record) : record
  expect(view()?.notes.join()).not.toContain('its own')
  expect(view({ edit: explode })?.notes.join()).toContain('its own')
})

test('long studies show some of the epochs, always the last', () => {
  const { study, records } = situations.many()
  const [table] = learning_curves(CHART, cellsOf(study, records))?.data ?? []
  expect(table?.caption).toContain('one in 2 and the last')
  expect(table?.rows.filter(([, seed]) => seed === '0').map(([epoch]) => epoch)).toEqual([
    ...Array.from({ length: 25 }, (_, i) => String(2 * i + 1)),
    '50',
  ])
})
