import type { Element } from 'hast'
import { h } from 'hastscript'
import { calibrationOf } from '../calibration.ts'
import type { Cell } from '../cells.ts'
import { calibrationPanel, classPanel, scoresDomain } from '../charts/class_spec.ts'
import type { Figure, Picture } from '../charts/figure.ts'
import { MOST_PANELS } from '../charts/learning_curves.ts'
import { type ClassScores, classScores, type Metric, type Score } from '../class_scores.ts'
import { type ClassRow, classRows } from '../class_table.ts'
import { type DataTable, number, text } from '../data_table.ts'
import type { Focus } from '../focus.ts'
import { count, fixed, NONE, percent, plural } from '../format.ts'
import { bothWeights, type Weights, weightsNames } from '../measures.ts'
import type { PredictionsOf } from '../predictions.ts'
import { commonestAnswer } from '../symptoms.ts'
import { dataTable } from './data_table.ts'
import { figureElement } from './figure.ts'
import { folded, section } from './html.ts'

const METRICS: readonly { metric: Metric; name: string }[] = [
  { metric: 'f1', name: 'F1, %' },
  { metric: 'precision', name: 'Precision, %' },
  { metric: 'recall', name: 'Recall, %' },
]

type Shown = { cells: readonly Cell[]; weights: Weights; focus: Focus | null; predictionsOf: PredictionsOf }

/** By class, and with what confidence? Absent where no cell was measured. */
export const classesSection = async ({ cells, weights, focus, predictionsOf }: Shown): Promise<Element[]> => {
  if (focus === null) return []
  const table = overview(cells, weights)
  const calibration = calibrationFigure(cells, weights, predictionsOf)
  const note = `As scikit-learn defines them, with 0 where a class was never predicted. The macro average counts every class alike, the weighted one by its images. ${baseline(cells)}`
  return [
    section(
      'classes',
      calibration === null ? 'How well, class by class?' : 'By class, and with what confidence?',
      await figureElement(scoresFigure(focus)),
      ...(table === null
        ? []
        : [cells.length > MOST_PANELS ? folded('F1 of each class in each cell', dataTable(table)) : dataTable(table), h('p.note', note)]),
      ...(calibration === null ? [] : [await figureElement(calibration)]),
    ),
  ]
}

/** F1 of each class in each cell, and the share of the largest class beside the answer given most: a network that has learned nothing shows here. */
const overview = (cells: readonly Cell[], weights: Weights): DataTable | null => {
  const measured = cells.flatMap((cell) => measuredOf(cell, weights))
  const names = measured[0]?.rows.map(({ name }) => name) ?? []
  const same = measured.filter(({ rows }) => rows.map(({ name }) => name).join() === names.join())
  if (same.length === 0) return null
  return {
    caption: 'F1 of each class in each cell, mean over seeds',
    columns: [text('cell'), ...names.map(number), text('commonest answer')],
    rows: same.map(({ cell, rows, weights: own }) => {
      const most = cell.records.flatMap((record) => commonestAnswer(record, own) ?? [])[0]
      return [cell.label, ...rows.map(({ f1 }) => percent(f1, 1)), most === undefined ? NONE : `${most.name}, ${percent(most.share, 0)}`]
    }),
  }
}

const measuredOf = (cell: Cell, asked: Weights): { cell: Cell; rows: readonly ClassRow[]; weights: Weights }[] => {
  const found = [asked, ...bothWeights.filter((one) => one !== asked)].map((weights) => ({ cell, weights, rows: classRows(cell, weights) }))
  return found.filter(({ rows }) => rows.length > 0).slice(0, 1)
}

const calibrationFigure = (cells: readonly Cell[], weights: Weights, predictionsOf: PredictionsOf): Figure | null => {
  const found = cells.flatMap((cell) => {
    const calibration = calibrationOf(cell, weights, predictionsOf)
    return calibration === null ? [] : [{ cell, calibration }]
  })
  if (found.length === 0) return null
  const worst = found.reduce((most, one) => (one.calibration.error > most.calibration.error ? one : most))
  const lean = (one: (typeof found)[number]) => (one.calibration.confidence > one.calibration.accuracy ? 'overconfident' : 'underconfident')
  const pictures = found.slice(0, MOST_PANELS).map(
    (one): Picture => ({
      title: one.cell.label,
      caption: `error ${fixed(100 * one.calibration.error, 1)} points, ${lean(one)}`,
      description: `Calibration of ${one.cell.label}: mean confidence ${percent(one.calibration.confidence, 1)}, right ${percent(one.calibration.accuracy, 1)}, expected calibration error ${fixed(100 * one.calibration.error, 1)} points.`,
      drawing: calibrationPanel(one.calibration),
    }),
  )
  return {
    id: 'figure-calibration',
    title: `The worst calibrated network is ${lean(worst)} by ${fixed(100 * worst.calibration.error, 1)} points: ${worst.cell.label}`,
    reading:
      'Across, the probability given to the predicted class, %; up, how often it was right, %, with Wilson’s interval. Bars below: how many images.',
    legend: [
      { sign: 'measured', label: 'share right, 95 %' },
      { sign: 'gap', label: 'gap' },
    ],
    columns: 4,
    views: [{ label: '', pictures }],
    tables: [
      {
        caption: 'Calibration, ten bins of confidence',
        columns: [text('cell'), number('mean confidence'), number('right'), number('expected calibration error')],
        rows: found.map(({ cell, calibration }) => [
          cell.label,
          percent(calibration.confidence, 1),
          percent(calibration.accuracy, 1),
          `${fixed(100 * calibration.error, 1)} points`,
        ]),
      },
    ],
  }
}

/** How often the largest class is right by itself: what a network is worth that always answers it. */
const baseline = (cells: readonly Cell[]): string => {
  const counts = cells.flatMap(({ records }) => records).find(({ data }) => data !== undefined)?.data?.counts.test ?? []
  const all = counts.reduce((sum, one) => sum + one, 0)
  const data = cells.flatMap(({ records }) => records)[0]?.data
  if (all === 0 || data === undefined) return ''
  const most = Math.max(...counts)
  return `Answering ${data.classes[counts.indexOf(most)] ?? 'the largest class'} for every image would be right for ${percent(most / all, 1)} of the ${plural(all, 'test image')}.`
}

const scoresFigure = ({ cell, matrix, claimed, classes, weights }: Focus): Figure => {
  const ours = classScores(matrix, classes).toSorted((a, b) => b.recall.value - a.recall.value)
  const theirs = claimed === null ? null : classScores(claimed, classes)
  const domain = scoresDomain([...ours, ...(theirs ?? [])])
  const [best, worst] = [ours[0], ours.at(-1)]
  const pictures = METRICS.map(
    ({ metric, name }): Picture => ({
      title: name,
      caption: null,
      description: `${name.replace(', %', '')} of each class in percent: ${ours.map((one) => `${one.name} ${fixed(100 * one[metric].value, 1)}`).join(', ')}.`,
      drawing: classPanel(metric, { ours, theirs, domain }),
    }),
  )
  return {
    id: 'figure-classes',
    title:
      best === undefined || worst === undefined || best === worst
        ? 'Scores of each class'
        : `${best.name} is recognised best (${percent(best.recall.value, 0)}), ${worst.name} worst (${percent(worst.recall.value, 0)} of ${count(worst.support)} images)`,
    reading: `${cell.label}, ${weightsNames[weights]}, mean over seeds. Intervals are Wilson’s over the test images that a score is a share of; F1’s follows from the share of right answers among the images that are of the class or were taken for it.`,
    legend: [
      ...(theirs === null ? [] : [{ sign: 'claimed_interval', label: 'the paper’s figure' } as const]),
      { sign: 'measured', label: 'measured, 95 %' },
    ],
    columns: 3,
    views: [{ label: '', pictures }],
    tables: [scoresTable(`Measured: ${cell.label}`, ours), ...(theirs === null ? [] : [scoresTable('The paper’s figure', theirs)])],
  }
}

const scoresTable = (caption: string, scores: readonly ClassScores[]): DataTable => ({
  caption,
  columns: [text('class'), number('test images'), number('precision, 95 %'), number('recall, 95 %'), number('F1, 95 %')],
  rows: scores.map(({ name, support, precision, recall, f1 }) => [
    name,
    count(support),
    withInterval(precision),
    withInterval(recall),
    withInterval(f1),
  ]),
})

const withInterval = ({ value, interval }: Score): string =>
  interval === null ? percent(value, 1) : `${percent(value, 1)} (${fixed(100 * interval[0], 1)} to ${fixed(100 * interval[1], 1)})`
