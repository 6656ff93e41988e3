import { labelOf } from './cells.ts'
import { pointsText, pText } from './charts/effects.ts'
import { rangeText } from './compare_text.ts'
import { type DataTable, number, text } from './data_table.ts'
import { count, duration, listed, NONE, percent, plural, signed } from './format.ts'
import type { Inspection } from './inspection.ts'
import { bothWeights, measures, weightsNames } from './measures.ts'
import type { Difference, RunComparison, RunToCompare } from './run_comparison.ts'

/** A longer value is cut: the JSON has all of it. */
const LONGEST = 48

/** A comparison ready to be shown, on a terminal or as a page: settings first, then results side by side. */
export const comparisonPage = (runs: readonly RunToCompare[], comparison: RunComparison): Inspection => {
  const names = runs.map(({ name }) => name)
  const { settings, made_with: madeWith, differences } = comparison
  const part = (id: string, title: string, says: string, tables: readonly DataTable[]) => ({ id, title, text: says, tables, galleries: [] })
  const parts = [
    part('runs', 'Which runs?', '', [runsTable(runs)]),
    part(
      'settings',
      'What differs in the settings?',
      settings.length === 0 ? 'Nothing.' : '',
      differencesTable('Settings that differ', names, settings),
    ),
    ...(madeWith.length === 0
      ? []
      : [part('made-with', 'What else differs?', '', differencesTable('Data, engine and code that differ', names, madeWith))]),
    part('results', 'What came out?', resultsText(runs, comparison), [resultsTable(runs, comparison)]),
    ...(differences.length === 0
      ? []
      : [
          part(
            'differences',
            'Is that a difference?',
            'Intervals vary over test images, of these very networks: how other seeds would differ is not in them.',
            [accuracyTable(comparison)],
          ),
        ]),
  ]
  return { command: 'ferment compare', title: `${listed(names)} compared`, summary: settingsText(comparison), parts }
}

const runsTable = (runs: readonly RunToCompare[]): DataTable => ({
  caption: 'Runs',
  columns: [text('run'), text('id'), text('study'), text('cell'), number('seed'), text('state')],
  rows: runs.map(({ name, record: { id, study, cell, seed, status } }) => [
    name,
    id,
    study.title,
    labelOf(cell as Record<string, string>),
    String(seed),
    status,
  ]),
})

const differencesTable = (caption: string, names: readonly string[], differences: readonly Difference[]): DataTable[] =>
  differences.length === 0
    ? []
    : [
        {
          caption,
          columns: [text('setting'), ...names.map(text)],
          rows: differences.map(({ path, values }) => [path, ...values.map(valueText)]),
        },
      ]

const valueText = (value: unknown): string => {
  if (value === null) return NONE
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown
}

const resultsText = (runs: readonly RunToCompare[], { measured }: RunComparison): string => {
  const without = runs.filter(({ name }) => measured.every(({ run }) => run !== name)).map(({ name }) => name)
  return without.length === 0 ? '' : `Nothing was measured of ${listed(without)}.`
}

const resultsTable = (runs: readonly RunToCompare[], { measured }: RunComparison): DataTable => {
  const rows = bothWeights.map((weights) => [
    `test accuracy, ${weightsNames[weights]}`,
    ...runs.map(({ name }) => {
      const one = measured.find(({ run, weights: of }) => run === name && of === weights)
      return one === undefined ? NONE : `${percent(one.accuracy)} (${rangeText(one.interval, measures.test_accuracy)})`
    }),
  ])
  const epochs = ['epochs, and that of the best weights', ...runs.map(({ record }) => epochsText(record))]
  const time = ['time', ...runs.map(({ record }) => duration(record.provenance.seconds))]
  return {
    caption: 'Results (95 % interval)',
    columns: [text('result'), ...runs.map(({ name }) => number(name))],
    rows: [...rows, epochs, time],
  }
}

const epochsText = ({ history = [], evaluation }: RunToCompare['record']): string =>
  `${count(history.length)}, ${evaluation?.best === undefined ? NONE : count(evaluation.best.epoch)}`

const accuracyTable = ({ differences }: RunComparison): DataTable => ({
  caption: 'Differences of test accuracy, in points',
  columns: [
    text('difference'),
    text('weights'),
    number('points'),
    number('95 % interval'),
    number('right: only the first'),
    number('only the second'),
    number('McNemar p'),
    text('images'),
  ],
  rows: differences.map(({ run, against, weights, value, interval, paired, reason }) => [
    `${run} − ${against}`,
    weights,
    signed(value),
    pointsText(interval),
    ...(paired === null ? [NONE, NONE, NONE] : [count(paired.won), count(paired.lost), pText(paired.p)]),
    reason === null ? 'paired' : `not paired: ${reason}`,
  ]),
})

const settingsText = ({ settings }: RunComparison): string =>
  settings.length === 0 ? 'No setting differs.' : `${plural(settings.length, 'setting')} ${settings.length === 1 ? 'differs' : 'differ'}.`
