import type { Element } from 'hast'
import type { ChartConfusionMatrix } from '../../../schema/recipe.ts'
import { sureMistakes } from '../calibration.ts'
import type { Cell } from '../cells.ts'
import { mistakeBars } from '../charts/class_spec.ts'
import { confusionFigure, type MatrixContext } from '../charts/confusion_matrix.ts'
import type { Figure } from '../charts/figure.ts'
import { mistakesOf } from '../class_scores.ts'
import { type DataTable, number, text } from '../data_table.ts'
import type { Focus } from '../focus.ts'
import { fixed, NONE, percent } from '../format.ts'
import type { Weights } from '../measures.ts'
import type { PredictionsOf } from '../predictions.ts'
import { dataTable } from './data_table.ts'
import { figureElement } from './figure.ts'
import { section } from './html.ts'

const MOST_PAIRS = 8
const MOST_MISTAKES = 8

type Shown = {
  charts: readonly ChartConfusionMatrix[]
  cells: readonly Cell[]
  weights: Weights
  focus: Focus | null
  predictionsOf: PredictionsOf
}

/** Where does it fail? Confusion matrices beside the paper's, the commonest mistakes, and those that the network was sure of. */
export const failuresSection = async ({ charts, cells, weights, focus, predictionsOf }: Shown): Promise<Element[]> => {
  const figures: Element[] = []
  for (const [index, chart] of asked(charts, focus).entries()) {
    const context: MatrixContext = { id: `figure-confusion-${index + 1}`, cells, weights }
    const figure = confusionFigure(chart, context)
    if (figure !== null) figures.push(await figureElement(figure))
  }
  const pairs = focus === null ? null : pairsFigure(focus)
  if (pairs !== null) figures.push(await figureElement(pairs))
  const sure = focus === null ? null : mistakesTable(focus, predictionsOf)
  if (figures.length === 0) return []
  return [section('failures', 'Where does it fail?', ...figures, ...(sure === null ? [] : [dataTable(sure)]))]
}

/** The matrices that the recipe asks for; without any, that of the cell with the highest accuracy. */
const asked = (charts: readonly ChartConfusionMatrix[], focus: Focus | null): Omit<ChartConfusionMatrix, 'kind'>[] => {
  if (charts.length > 0) return [...charts]
  return focus === null ? [] : [{ title: `What is taken for what: ${focus.cell.label}`, where: focus.cell.values }]
}

const pairsFigure = ({ cell, matrix, claimed, classes }: Focus): Figure | null => {
  const all = mistakesOf(matrix, claimed, classes)
  const shown = all.slice(0, MOST_PAIRS)
  const [first] = shown
  if (first === undefined) return null
  const description = `${shown.map(({ actual, predicted, share }) => `${actual} taken for ${predicted}: ${percent(share, 1)}`).join('. ')}.`
  return {
    id: 'figure-pairs',
    title: `${first.actual} is taken for ${first.predicted} most often: ${percent(first.share, 1)} of its images`,
    reading: `${cell.label}, mean over seeds. The pairs with the most images.`,
    legend: [...(claimed === null ? [] : [{ sign: 'claimed', label: 'the paper’s figure' } as const]), { sign: 'bar', label: 'measured' }],
    columns: 1,
    views: [
      {
        label: '',
        pictures: [{ title: null, caption: null, description, drawing: mistakeBars(shown, 640), narrow: mistakeBars(shown, 320) }],
      },
    ],
    tables: [
      {
        caption: 'What is taken for what',
        columns: [text('true class'), text('predicted'), number('images, mean'), number('share of the class'), number('paper')],
        rows: all
          .slice(0, 40)
          .map((one) => [
            one.actual,
            one.predicted,
            fixed(one.images, 1),
            percent(one.share, 1),
            one.claimed === null ? NONE : percent(one.claimed, 1),
          ]),
      },
    ],
  }
}

const mistakesTable = ({ cell, weights, classes }: Focus, predictionsOf: PredictionsOf): DataTable | null => {
  const found = sureMistakes(cell, { weights, predictionsOf, most: MOST_MISTAKES })
  if (found.length === 0) return null
  return {
    caption: `Wrong answers given with most confidence, ${cell.label}`,
    columns: [text('row of the data'), text('true class'), text('predicted'), number('confidence, mean of the seeds')],
    rows: found.map(({ row, actual, predicted, confidence }) => [
      String(row),
      classes[actual] ?? '',
      classes[predicted] ?? '',
      percent(confidence, 1),
    ]),
  }
}
