import type { ChartConfusionMatrix } from '../../../schema/recipe.ts'
import { absenceText } from '../absence_text.ts'
import { type Cell, matches } from '../cells.ts'
import { type DataTable, number, text } from '../data_table.ts'
import { count, percent, plural, signed } from '../format.ts'
import { bothWeights, type Weights, weightsNames } from '../measures.ts'
import { accuracy, type ConfusionMatrix, meanMatrix, right, rowShares, total } from '../metrics.ts'
import { confusionOrder } from './class_order.ts'
import type { Figure, Picture, View } from './figure.ts'
import { differenceDrawing, FEW_CLASSES, type MatrixKind, matrixDrawing } from './matrix_spec.ts'

type Matrix = { title: string; matrix: ConfusionMatrix; caption: string }

export type MatrixContext = { id: string; cells: readonly Cell[]; weights: Weights }

/** The paper's matrix, ours and their difference, or ours alone; null where there is nothing to show. Several seeds: mean counts. */
export const confusionFigure = (
  { where, claimed, note, title }: Omit<ChartConfusionMatrix, 'kind'>,
  { id, cells, weights }: MatrixContext,
): Figure | null => {
  const found = cells.filter(({ values }) => matches(values, where))
  const own = found.map((cell) => measuredMatrix(cell, weights, found.length > 1))
  const measured = own.flat()
  const claim = claimed === undefined ? null : { title: 'The paper’s figure', matrix: claimed, caption: sums(claimed) }
  if (claim === null && measured.length === 0) return null
  const missing = found.filter((_, index) => own[index]?.length === 0)
  const shown: Shown = { claim, measured, missing, classes: classesOf(cells, (claim ?? measured[0])?.matrix.length ?? 0) }
  const differs = viewsOf(shown)[0]?.pictures.some((picture) => picture.title === 'Measured − paper')
  return {
    id,
    title: titleOf({ title }, shown),
    reading: readingOf(note === undefined ? {} : { note }, shown),
    legend: differs
      ? [
          { sign: 'more', label: 'difference: more here than in the paper' },
          { sign: 'fewer', label: 'fewer here' },
        ]
      : [],
    columns: shown.classes.length <= FEW_CLASSES ? 3 : 1,
    views: viewsOf(shown),
    choice: 'Show',
    tables: [...(claim === null ? [] : [claim]), ...measured].map((one) => tableOf(one, shown.classes)),
  }
}

/** Mean counts over the seeds of a cell, of the weights asked for, or of the others where those were not evaluated. */
const measuredMatrix = (cell: Cell, asked: Weights, named: boolean): Matrix[] => {
  for (const weights of [asked, ...bothWeights.filter((one) => one !== asked)]) {
    const matrices = cell.records.map((record) => record.evaluation?.[weights]?.confusion_matrix).filter((matrix) => matrix !== undefined)
    if (matrices.length === 0) continue
    const matrix = meanMatrix(matrices)
    const seeds = matrices.length > 1 ? `, mean of ${plural(matrices.length, 'seed')}` : ''
    return [{ title: named ? cell.label : `Measured, ${weightsNames[weights]}`, matrix, caption: `${sums(matrix)}${seeds}` }]
  }
  return []
}

const sums = (matrix: ConfusionMatrix): string => `${count(right(matrix))} of ${count(total(matrix))} right, ${percent(accuracy(matrix))}`

/** The names of the classes, from any record, or their numbers where nothing was run. */
const classesOf = (cells: readonly Cell[], size: number): readonly string[] => {
  const known = cells.flatMap(({ records }) => records).find(({ data }) => data !== undefined)?.data?.classes
  return known?.length === size ? known : Array.from({ length: size }, (_, index) => `class ${index}`)
}

/** Few classes: shares or images. Many: in the order of the data, or those together that are taken for each other. */
const viewsOf = (shown: Shown): View[] => {
  if (shown.classes.length <= FEW_CLASSES)
    return [
      { label: 'shares, %', pictures: picturesOf(shown, 'shares') },
      { label: 'images', pictures: picturesOf(shown, 'images') },
    ]
  const matrix = (shown.measured[0] ?? shown.claim)?.matrix ?? []
  const together = inOrder(shown, confusionOrder(matrix))
  return [
    { label: 'order of the data', pictures: picturesOf(shown, 'shares') },
    { label: 'by confusion', pictures: picturesOf(together, 'shares') },
  ]
}

type Shown = { claim: Matrix | null; measured: readonly Matrix[]; missing: readonly Cell[]; classes: readonly string[] }

const picturesOf = ({ claim, measured, missing, classes }: Shown, kind: MatrixKind): Picture[] => {
  const [first] = measured
  const same = claim !== null && first !== undefined && measured.length === 1 && first.matrix.length === claim.matrix.length
  return [
    ...(claim === null ? [] : [pictureOf(claim, { classes, kind })]),
    ...measured.map((one) => pictureOf(one, { classes, kind })),
    ...(same ? [differencePicture(first, claim, { classes, kind })] : []),
    ...missing.map(missingPicture),
  ]
}

const pictureOf = ({ title, matrix, caption }: Matrix, named: { classes: readonly string[]; kind: MatrixKind }): Picture => ({
  title,
  caption,
  description: `Confusion matrix, ${title}: ${caption}. Rows are true classes, columns predicted ones; the numbers are in the table below.`,
  drawing: matrixDrawing(matrix, named),
})

const differencePicture = (ours: Matrix, theirs: Matrix, named: { classes: readonly string[]; kind: MatrixKind }): Picture => ({
  title: 'Measured − paper',
  caption: named.kind === 'shares' ? 'points of the true class' : 'images',
  description: `Difference of the two confusion matrices; ${biggestMove(ours.matrix, theirs.matrix, named.classes)}.`,
  drawing: differenceDrawing(ours.matrix, theirs.matrix, named),
})

const biggestMove = (ours: ConfusionMatrix, theirs: ConfusionMatrix, classes: readonly string[]): string => {
  const [a, b] = [rowShares(ours), rowShares(theirs)]
  const moves = a.flatMap((row, i) => row.map((share, j) => ({ i, j, by: share - (b[i]?.[j] ?? 0) })))
  const most = moves.reduce((top, one) => (Math.abs(one.by) > Math.abs(top.by) ? one : top), { i: 0, j: 0, by: 0 })
  const what = most.i === most.j ? `${classes[most.i]} recognised` : `${classes[most.i]} taken for ${classes[most.j]}`
  return `the largest is ${what}, ${signed(most.by, { digits: 1 })} points`
}

const missingPicture = (cell: Cell): Picture => ({
  title: `Measured: ${cell.label}`,
  caption: absenceText(cell),
  description: `Confusion matrix of ${cell.label}: nothing was measured.`,
  drawing: null,
})

const inOrder = (shown: Shown, order: readonly number[]): Shown => ({
  ...shown,
  classes: order.map((index) => shown.classes[index] ?? ''),
  claim: shown.claim === null ? null : { ...shown.claim, matrix: reordered(shown.claim.matrix, order) },
  measured: shown.measured.map((one) => ({ ...one, matrix: reordered(one.matrix, order) })),
})

const reordered = (matrix: ConfusionMatrix, order: readonly number[]): number[][] => order.map((i) => order.map((j) => matrix[i]?.[j] ?? 0))

const titleOf = ({ title }: { title: string }, { claim, measured }: Shown): string => {
  const [first] = measured
  if (claim === null || first === undefined) return title
  const by = accuracy(first.matrix) - accuracy(claim.matrix)
  return `${title}: ${percent(accuracy(claim.matrix))} in the paper, ${percent(accuracy(first.matrix))} here (${signed(by, { digits: 1 })} points)`
}

const readingOf = ({ note }: { note?: string }, { claim, classes, measured }: Shown): string =>
  [
    ...(note === undefined ? [] : [note]),
    `Rows are true classes, columns predictions${classes.length <= FEW_CLASSES ? '' : '; pairs without an image are left blank'}.`,
    ...(claim === null ? [] : ['Colour is the share of the true class.']),
    ...(claim !== null && measured[0] !== undefined && measured.length === 1 && measured[0].matrix.length === claim.matrix.length
      ? [`Of the differences ${biggestMove(measured[0].matrix, claim.matrix, classes)}.`]
      : []),
  ].join(' ')

const tableOf = ({ title, matrix }: Matrix, classes: readonly string[]): DataTable => ({
  caption: `${title}: images by true class (rows) and predicted class (columns)`,
  columns: [text('true class'), ...classes.map(number)],
  rows: matrix.map((row, index) => [classes[index] ?? '', ...row.map((images) => String(Number(images.toFixed(1))))]),
})
