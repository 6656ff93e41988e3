import type { TopLevelSpec } from 'vega-lite'
import type { ChartConfusionMatrix } from '../../../schema/recipe.ts'
import { absenceText } from '../absence_text.ts'
import { type Cell, matches } from '../cells.ts'
import { type DataTable, number, text } from '../data_table.ts'
import { count, percent, plural } from '../format.ts'
import { type Weights, weightsNames } from '../measures.ts'
import { accuracy, type ConfusionMatrix, meanMatrix, right, rowShares, total } from '../metrics.ts'
import type { ChartRow, Panel } from './chart.ts'
import { config } from './theme.ts'

const SIDE = 280
const LARGEST_STEP = 40
const LABEL_SIZE = 10
const LABEL_LIMIT = 84
/** Below this, in pixels a cell, counts do not fit and only the colours are drawn. */
const SMALLEST_STEP_WITH_TEXT = 20
/** Opacity of a cell for no image and for all of a class. */
export const HEAT_RANGE = [0.04, 1] as const
/** Above this share the cell is dark enough (in the dark scheme: light enough) for the other ink; see the contrast test. */
export const INK_CHANGES_AT = 0.67

type Picture = { title: string; matrix: ConfusionMatrix; caption: string }

/** Width of the longest label. Without a browser, text can only be guessed at: 0.56 em a letter is a little more than most faces take. */
const labelWidth = (classes: readonly string[]): number =>
  Math.min(LABEL_LIMIT, Math.ceil(Math.max(...classes.map(({ length }) => length)) * LABEL_SIZE * 0.56))

const specOf = (matrix: ConfusionMatrix, classes: readonly string[]): TopLevelSpec => {
  const shares = rowShares(matrix)
  const step = Math.max(2, Math.min(LARGEST_STEP, Math.floor(SIDE / classes.length)))
  const values = matrix.flatMap((row, i) =>
    row.map((images, j) => ({ actual: classes[i], predicted: classes[j], images, share: Number((shares[i]?.[j] ?? 0).toFixed(3)) })),
  )
  const axis = { domain: false, ticks: false, grid: false, labelLimit: LABEL_LIMIT, labelPadding: 4 }
  const label = labelWidth(classes)
  const slanted = Math.ceil(label * Math.SQRT1_2) + 10
  const scale = { domain: [...classes], padding: 0 }
  const counts = {
    mark: { type: 'text', fontSize: Math.min(11, step / 3) },
    encoding: {
      text: { field: 'images', type: 'quantitative', format: ',.0f' },
      color: { condition: { test: `datum.share > ${INK_CHANGES_AT}`, value: 'var(--on-high-heat)' }, value: 'var(--on-low-heat)' },
    },
  } as const
  return {
    config,
    data: { values },
    autosize: 'none',
    padding: { left: label + 28, top: slanted + 20, right: Math.max(4, slanted - step / 2), bottom: 4 },
    width: step * classes.length,
    height: step * classes.length,
    encoding: {
      y: { field: 'actual', type: 'ordinal', scale, axis: { ...axis, title: 'true class', minExtent: label + 8, maxExtent: label + 8 } },
      x: {
        field: 'predicted',
        type: 'ordinal',
        scale,
        axis: { ...axis, title: 'predicted class', orient: 'top', labelAngle: -45, minExtent: slanted, maxExtent: slanted },
      },
    },
    layer: [
      {
        mark: { type: 'rect', color: 'var(--heat)', stroke: 'var(--page)', strokeWidth: step > 8 ? 1.5 : 0 },
        encoding: {
          fillOpacity: { field: 'share', type: 'quantitative', scale: { domain: [0, 1], range: [...HEAT_RANGE] }, legend: null },
        },
      },
      ...(step >= SMALLEST_STEP_WITH_TEXT ? [counts] : []),
    ],
  }
}

const sums = (matrix: ConfusionMatrix): string => `${count(right(matrix))} of ${count(total(matrix))} right, ${percent(accuracy(matrix))}`

const panelOf = ({ title, matrix, caption }: Picture, classes: readonly string[]): Panel => ({
  title,
  caption,
  description: `Confusion matrix, ${title}: ${caption}. Rows are true classes, columns predicted ones; the numbers are in the table below.`,
  spec: specOf(matrix, classes),
})

const tableOf = ({ title, matrix }: Picture, classes: readonly string[]): DataTable => ({
  caption: `${title}: images by true class (rows) and predicted class (columns)`,
  columns: [text('true class'), ...classes.map(number)],
  rows: matrix.map((row, index) => [classes[index] ?? '', ...row.map((images) => String(Number(images.toFixed(1))))]),
})

const measuredPicture = (cell: Cell, weights: Weights, several: boolean): Picture[] => {
  const matrices = cell.records.map((record) => record.evaluation?.[weights]?.confusion_matrix).filter((matrix) => matrix !== undefined)
  if (matrices.length === 0) return []
  const matrix = meanMatrix(matrices)
  const seeds = matrices.length > 1 ? `, mean over ${plural(matrices.length, 'seed')}` : ''
  const title = `Measured, ${weightsNames[weights]}${several ? `: ${cell.label}` : ''}`
  return [{ title, matrix, caption: `${sums(matrix)}${seeds}` }]
}

const missingPanel = (cell: Cell): Panel => ({
  title: `Measured: ${cell.label}`,
  caption: absenceText(cell),
  description: `Confusion matrix of ${cell.label}: nothing was measured.`,
  spec: null,
})

/** The names of the classes, from any record, or their numbers where nothing was run. */
const classesOf = (cells: readonly Cell[], matrix: ConfusionMatrix): readonly string[] => {
  const known = cells.flatMap(({ records }) => records).find(({ data }) => data !== undefined)?.data?.classes
  return known?.length === matrix.length ? known : matrix.map((_, index) => `class ${index}`)
}

/** Heat maps of counts coloured by the share of their true class: the paper's, then the last and the best weights. Several seeds: mean counts. */
export const confusion_matrix: ChartRow<ChartConfusionMatrix> = ({ where, claimed, note }, cells) => {
  const found = cells.filter(({ values }) => matches(values, where))
  const weights: Weights[] = ['last', 'best']
  const measured = found.map((cell) => weights.flatMap((one) => measuredPicture(cell, one, found.length > 1)))
  const claim = claimed === undefined ? [] : [{ title: 'Claimed', matrix: claimed, caption: sums(claimed) }]
  const pictures: Picture[] = [...claim, ...measured.flat()]
  if (pictures.length === 0) return null
  const named = (picture: Picture) => classesOf(cells, picture.matrix)
  const missing = found.filter((_, index) => measured[index]?.length === 0)
  return {
    panels: [...pictures.map((picture) => panelOf(picture, named(picture))), ...missing.map(missingPanel)],
    legend: [],
    notes: note === undefined ? [] : [note],
    data: pictures.map((picture) => tableOf(picture, named(picture))),
  }
}
