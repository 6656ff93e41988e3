import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { calibrationOf, sureMistakes } from '../../src/report/calibration.ts'
import { caveatsOf } from '../../src/report/caveats.ts'
import { cellsOf } from '../../src/report/cells.ts'
import { checklistOf } from '../../src/report/checklist.ts'
import { classScores, mistakesOf } from '../../src/report/class_scores.ts'
import { comparedTables } from '../../src/report/compare.ts'
import { differencesOf } from '../../src/report/confounders.ts'
import { claimsByCell, effectsOf } from '../../src/report/effects.ts'
import { figureChecks } from '../../src/report/figure_checks.ts'
import { focusOf } from '../../src/report/focus.ts'
import { headlineOf } from '../../src/report/headline.ts'
import { machineFacts } from '../../src/report/machine_facts.ts'
import { markdown } from '../../src/report/page/markdown.ts'
import { condensed, noPredictions } from '../../src/report/predictions.ts'
import { protocolChecks } from '../../src/report/protocol.ts'
import { symptomsOf } from '../../src/report/symptoms.ts'
import { CLASSES, fake, PAPER_CHARTS, situations, withPredictions } from './fake.ts'

const known = ({ study, records }: ReturnType<typeof fake>) => {
  const cells = cellsOf(study, records)
  const tables = comparedTables(study, cells)
  return { study, cells, tables, figures: figureChecks(study.charts, tables, cells) }
}
const plain = (text: string | undefined): string => (text ?? '').replaceAll('\u00a0', ' ')

const effects = (made: ReturnType<typeof fake>, predictionsOf = withPredictions) => {
  const { study, cells, tables } = known(made)
  const deviation = tables[0]?.deviation.last ?? null
  return effectsOf(study.axes, cells, { weights: 'last', deviation, predictionsOf, claims: claimsByCell(tables) })
}

describe('the headline', () => {
  const answer = (made: ReturnType<typeof fake>) => {
    const { cells, tables } = known(made)
    return plain(headlineOf(tables, cells).answer)
  }

  test.each([
    ['full', 'Of the paper’s eight test accuracies four **agree** within 2 points, three **differ**, one is **open**.'],
    ['mixed', 'Of the paper’s eight test accuracies one **differs**, one is **open**, six were not run.'],
    ['empty', 'Nothing is known yet of the paper’s eight test accuracies: none was run.'],
    ['quick', '**No verdict.** What was measured of the paper’s eight test accuracies cannot be held against it.'],
  ] as const)('of %s', (name, expected) => expect(answer(situations[name]())).toBe(expected))

  test('without claims says what was measured, and without runs that there are none', () => {
    expect(answer(situations.lone())).toMatch(/^The test accuracy is \*\*\d\d\.\d\d %\*\*\.$/)
    expect(answer(situations.long())).toMatch(/^The best test accuracy is .+ out of two cells\.$/)
    expect(answer(fake({ tables: [], outcome: () => ({ state: 'to_do' }) }))).toBe('Nothing was run yet.')
  })

  test('with one seed says what keeps a verdict open', () => {
    const { cells, tables } = known(fake())
    expect(headlineOf(tables, cells).why.join(' ')).toMatch(/With one seed a cell, nothing is known of how runs vary/)
  })
})

describe('effects', () => {
  test('are steps along each axis, all else equal, with the paper’s beside them', () => {
    const found = effects(situations.full())
    expect(found).toHaveLength(12)
    expect(found[0]).toMatchObject({ axis: 'model', from: 'My CNN', to: 'VGG16', over: 'seeds and images' })
    expect(found[0]?.claimed?.value).toBeCloseTo(0.6654 - 0.5575, 12)
    for (const { p, corrected } of found) expect(corrected).toBeGreaterThanOrEqual(p ?? 1)
  })

  test('without predictions vary over seeds, with single seeds over images', () => {
    expect(new Set(effects(situations.full(), noPredictions).map(({ over }) => over))).toEqual(new Set(['seeds']))
    expect(new Set(effects(fake(), noPredictions).map(({ over }) => over))).toEqual(new Set(['images']))
    expect(new Set(effects(fake()).map(({ over, images }) => `${over} ${images === null}`))).toEqual(new Set(['images false']))
  })

  test('two networks that answer alike have no interval of width 0', () => {
    const same = (record: RunRecord): RunRecord => ({ ...record, id: '0000000000000000', evaluation: record.evaluation ?? {} })
    const made = fake({ axes: [{ name: 'optimizer', values: ['a', 'b'] }], tables: [] })
    const [first] = made.records.values()
    const records = new Map([...made.records.keys()].map((id) => [id, { ...same(first as RunRecord), id, cell: {} }]))
    const [effect] = effects({ ...made, records }, (record) => withPredictions({ ...record, id: '0' }, 'last'))
    expect(effect?.value).toBe(0)
    expect((effect?.interval[1] ?? 0) - (effect?.interval[0] ?? 0)).toBeGreaterThan(0.01)
  })

  test('name what else changes: settings in some cells, updates in all', () => {
    const found = effects(situations.full())
    const of = (axis: string, label: string) =>
      found
        .find((one) => one.axis === axis && plain(one.label).startsWith(label))
        ?.confounders.map(({ path, from, to }) => `${path}: ${from} → ${to}`)
    expect(of('augmentation', 'My CNN')).toEqual([
      'training.optimizer.learning_rate: 1e-5 → 1e-4',
      'training.class_weight: inverse_frequency → none',
    ])
    expect(of('augmentation', 'VGG16')).toEqual(['training.class_weight: inverse_frequency → none'])
    expect(of('batch_size', 'My CNN')).toEqual(['updates of the weights: 143,540 → 17,940'])
  })
})

test('differences of settings are told as wholes, where the data lies not at all', () => {
  const { cells } = known(fake())
  const [a, b] = cells
  if (a === undefined || b === undefined) expect.fail('no cells')
  const moved = {
    ...b,
    records: b.records.map((record) => ({
      ...record,
      history: a.records[0]?.history ?? [],
      spec: {
        ...a.records[0]?.spec,
        dataset: { ...(a.records[0]?.spec as { dataset: object } | undefined)?.dataset, path: 'elsewhere' },
        limit: undefined,
      },
    })),
  }
  expect(differencesOf(a, moved as typeof b)).toEqual([{ path: 'limit', from: '{}', to: 'none' }])
  expect(differencesOf(a, { ...b, records: [] })).toEqual([])
})

test('a figure that none of the tables has is found, and one that a table has', () => {
  const figure7 = Array.from({ length: 7 }, (_, i) =>
    Array.from({ length: 7 }, (_, j) => (i === j ? 6832 : i === 0 && j === 1 ? 7 * 3168 : 0)),
  )
  const charts = [PAPER_CHARTS[0], { kind: 'confusion_matrix', title: 'Figure 7', where: {}, claimed: figure7 }] as typeof PAPER_CHARTS
  const { figures } = known(fake({ charts }))
  expect(figures.map(({ matches }) => matches.map(plain))).toEqual([[], ['VGG16 · augmentation Yes · batch size 4']])
})

test('caveats: one seed, a figure without a number, what does not come alone', () => {
  const { cells, tables, figures } = known(fake())
  const titles = caveatsOf(cells, { tables, figures, effects: effects(fake()), weights: 'last' }).map(({ title }) => title)
  for (const title of [
    'One seed a cell',
    'A figure without a number',
    'Augmentation does not come alone',
    'Batch size also changes how long is trained',
  ])
    expect(titles).toContain(title)
})

describe('symptoms', () => {
  const symptoms = (edit: (record: RunRecord) => RunRecord) => {
    const [cell] = known(fake({ edit, epochs: 10 })).cells
    return cell === undefined ? [] : symptomsOf(cell, 'last').map(({ kind }) => kind)
  }

  test('a network that gives one answer', () => {
    const matrix = CLASSES.map((_, i) => CLASSES.map((_, j) => (j === 3 ? 100 + i : 0)))
    const one = (record: RunRecord): RunRecord => ({
      ...record,
      evaluation: { last: { ...record.evaluation?.last, confusion_matrix: matrix } as never },
    })
    expect(symptoms(one)).toContain('one_answer')
  })

  test('training that was not finished, losses that were not finite', () => {
    const falling = (record: RunRecord): RunRecord => ({
      ...record,
      history: (record.history ?? []).map((epoch, index) => ({ ...epoch, val_loss: 2 - 0.1 * index })),
    })
    expect(symptoms(falling)).toContain('unfinished')
    const broken = (record: RunRecord): RunRecord => ({
      ...record,
      history: (record.history ?? []).map((epoch) => ({ ...epoch, loss: null })),
    })
    expect(symptoms(broken)).toContain('not_finite')
  })
})

describe('the protocol', () => {
  const checks = (made: ReturnType<typeof fake>) => {
    const { study, cells, tables, figures } = known(made)
    return protocolChecks(study, cells, { tables, figures }).map(({ sign, title }) => `${sign} ${title}`)
  }

  test('says what steered, what was augmented, what is missing', () => {
    const found = checks(situations.full())
    expect(found).toContain('good The test part steered nothing')
    expect(found).toContain('doubt Validation images were augmented')
    expect(found).toContain('good 3 seeds a cell')
    expect(checks(situations.mixed())).toContain('doubt Not every run has a result')
    expect(checks(fake())).toContain('doubt One seed a cell')
  })

  test('a callback that watches the test part is told', () => {
    const spec = { training: { callbacks: [{ kind: 'early_stopping', monitor: 'test_accuracy' }] } }
    expect(checks(fake({ edit: (record) => ({ ...record, spec }) }))).toContain('doubt The test part steered the training')
  })

  test('of a study without a paper speaks of none', () => {
    const { study, cells, tables, figures } = known(situations.lone())
    expect(JSON.stringify(protocolChecks(study, cells, { tables, figures }))).not.toMatch(/paper/)
  })
})

describe('classes', () => {
  test('F1’s interval is that of the images of a class or taken for it', () => {
    const [first] = classScores(
      [
        [8, 2],
        [1, 9],
      ],
      ['a', 'b'],
    )
    expect(first?.f1.value).toBeCloseTo(16 / 19, 12)
    expect(first?.f1.images).toBe(11)
    expect(first?.f1.interval?.[0]).toBeLessThan(16 / 19)
    expect(first?.recall.interval?.[1]).toBeLessThan(1)
  })

  test('a class without images has no interval', () =>
    expect(
      classScores(
        [
          [0, 0],
          [0, 3],
        ],
        ['a', 'b'],
      )[0]?.recall.interval,
    ).toBeNull())

  test('mistakes stand in the order of their images, beside the paper’s share', () => {
    expect(
      mistakesOf(
        [
          [8, 2],
          [5, 9],
        ],
        [
          [9, 1],
          [0, 10],
        ],
        ['a', 'b'],
      ),
    ).toEqual([
      { actual: 'b', predicted: 'a', images: 5, share: 5 / 14, claimed: 0 },
      { actual: 'a', predicted: 'b', images: 2, share: 0.2, claimed: 0.1 },
    ])
  })

  test('the focus is the cell of the paper’s figure, else the best one', () => {
    const { study, cells } = known(situations.full())
    expect(plain(focusOf(study.charts, cells, 'last')?.cell.label)).toBe('VGG16 · augmentation Yes · batch size 4')
    expect(focusOf([], cells, 'last')?.claimed).toBeNull()
    expect(focusOf([], [], 'last')).toBeNull()
  })
})

describe('predictions', () => {
  test('are the largest probability of each answer', () => {
    const found = condensed([{ row: 7, label: 1, probabilities: [0.2, 0.5, 0.3] }])
    expect(found).toMatchObject({
      rows: Int32Array.of(7),
      labels: Int32Array.of(1),
      predicted: Int32Array.of(1),
      confidence: Float64Array.of(0.5),
    })
    expect(condensed([])).toBeNull()
  })

  test('that are sure and right half of the time are overconfident by half', () => {
    const [cell] = known(fake({ seeds: [0] })).cells
    if (cell === undefined) expect.fail('no cell')
    const sure = () => condensed(Array.from({ length: 100 }, (_, row) => ({ row, label: row % 2, probabilities: [1, 0] })))
    expect(calibrationOf(cell, 'last', sure)).toMatchObject({ error: 0.5, confidence: 1, accuracy: 0.5 })
    expect(sureMistakes(cell, { weights: 'last', predictionsOf: sure, most: 2 })).toEqual([
      { row: 1, actual: 1, predicted: 0, confidence: 1, seeds: 1 },
      { row: 3, actual: 1, predicted: 0, confidence: 1, seeds: 1 },
    ])
  })
})

test('the checklist says what the records do not answer', () => {
  const { study, cells, tables } = known(situations.empty())
  expect(checklistOf(study, cells, tables).filter(({ answer }) => answer === null).length).toBeGreaterThan(8)
})

test('facts for machines have each claim with its verdict', () => {
  const { study, cells, tables } = known(situations.full())
  const { results } = machineFacts(study, cells, { tables, now: null }) as {
    results: { claimed: number; verdict: string; seeds: object[] }[]
  }
  expect(results).toHaveLength(8)
  expect(results[1]).toMatchObject({ claimed: 0.645, verdict: 'differs' })
  expect(results[1]?.seeds).toHaveLength(3)
})

test.each([
  ['<script>alert(1)</script> and <img src=x onerror=alert(1)>', /script|img|onerror/],
  ['[here](javascript:alert(1))', /javascript/],
  ['![a](https://example.org/a.png)', /img|src/],
])('what could act is taken out of an author’s words: %s', (text, forbidden) =>
  expect(JSON.stringify(markdown(text))).not.toMatch(forbidden),
)

test('an author’s words are Markdown', () => {
  expect(JSON.stringify(markdown('**Bold** and a | table\n\n| a | b |\n|---|---|\n| 1 | 2 |'))).toMatch(/strong.*table/)
})
