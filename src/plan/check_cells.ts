import type { Spec } from '../../schema/recipe.ts'
import type { CellProblem } from '../cell_problem.ts'
import { inputShape } from '../input_shape.ts'
import { type Built, buildNetwork } from '../model/build_network.ts'
import type { Network } from '../model/network.ts'
import type { Problem } from '../problem.ts'
import type { Cell, Recipe } from '../recipe/recipe.ts'
import { augmentationAdvice } from './augmentation_advice.ts'
import { type DataFacts, dataProblems } from './data_problems.ts'
import { withClasses } from './with_classes.ts'

export type CheckedCells = { networks: ReadonlyMap<Cell, Network>; problems: readonly Problem[] }

/**
 * What only shows once the data are known: layers that do not fit together or onto the images, batches larger than the data, and the like;
 * each reported once, at the place where its value is written.
 * @param factsOf undefined for a cell whose data are not known: it is not checked
 */
export const checkCells = (recipe: Recipe, factsOf: (cell: Cell) => DataFacts | undefined): CheckedCells => {
  const networks = new Map<Cell, Network>()
  const problems = new Map<string, Problem>()
  for (const cell of recipe.cells) {
    const facts = factsOf(cell)
    if (!facts) continue
    const spec = withClasses(cell.spec, facts.classes.length)
    const built = networkOf(spec, facts)
    if (built.ok) networks.set(cell, built.network)
    const found = [
      ...(built.ok ? outputAdvice(spec, built.network) : misfits(built)),
      ...dataProblems(spec, facts),
      ...augmentationAdvice(spec, facts.imageShape),
    ]
    for (const { at, write, ...problem } of found) {
      const place = recipe.placeOf(cell, at)
      const key = JSON.stringify([problem.code, place])
      // The same slip in many cells: their shapes may differ, so that the messages do.
      if (problems.has(key)) continue
      const fix = write === undefined ? null : recipe.fixAt(cell, at, write)
      problems.set(key, { ...problem, place, ...(fix ? { fixes: [fix] } : {}) })
    }
  }
  return { networks, problems: [...problems.values(), ...chartProblems(recipe, factsOf)] }
}

/** The network of a cell for images of its data set. */
const networkOf = (spec: Spec, { imageShape, classes }: DataFacts): Built =>
  buildNetwork(spec.model, inputShape(spec.preprocessing, imageShape), classes.length)

/** The layers above say nothing of these. */
const OF_NAMES = ['reserved_layer_name', 'duplicate_layer_name', 'nothing_to_train']

const misfits = ({ problems, layersSoFar }: Extract<Built, { ok: false }>): CellProblem[] =>
  problems.map(({ code, at, message, hint, write }, index) => {
    const table = index === 0 && layersSoFar.length > 0 && !OF_NAMES.includes(code) ? `Up to there:\n${layerTable(layersSoFar)}` : ''
    const advice = table === '' ? hint : `${hint ?? ''}\n${table}`
    return {
      code,
      severity: 'error',
      message,
      at: ['model', ...at],
      ...(advice === undefined ? {} : { hint: advice }),
      ...(write === undefined ? {} : { write }),
    }
  })

const layerTable = (layers: readonly { name: string; outputShape: readonly number[] }[]): string => {
  const width = Math.max(...layers.map(({ name }) => name.length))
  return layers.map(({ name, outputShape }) => `  ${name.padEnd(width)}  ${outputShape.join('×')}`).join('\n')
}

/** Keras takes the cross-entropy of whatever the last layer gives; without a softmax these are no probabilities. */
const outputAdvice = (spec: Spec, { outputActivation }: Network): CellProblem[] => {
  if (!spec.training.loss.kind.startsWith('categorical') || outputActivation === 'softmax') return []
  const message = `The last layer's activation is ${outputActivation === 'other' ? 'not softmax' : outputActivation}; a cross-entropy expects the probabilities of a softmax.`
  const at = ['model', 'layers', spec.model.layers.length - 1, 'activation']
  return [{ code: 'output_not_softmax', severity: 'warning', message, at, hint: 'Write activation: softmax.', write: 'softmax' }]
}

/** A paper's confusion matrix has a row and a column for each class of the data. */
const chartProblems = (recipe: Recipe, factsOf: (cell: Cell) => DataFacts | undefined): Problem[] => {
  const classes = recipe.cells.map(factsOf).find((facts) => facts !== undefined)?.classes.length
  return recipe.charts.flatMap((chart, index): Problem[] => {
    if (chart.kind !== 'confusion_matrix' || chart.claimed === undefined || classes === undefined) return []
    const { claimed } = chart
    const row = claimed.findIndex(({ length }) => length !== classes)
    if (claimed.length === classes && row < 0) return []
    const [what, at] =
      claimed.length === classes ? [`${claimed[row]?.length} numbers in row ${row + 1}`, [row]] : [`${claimed.length} rows`, []]
    const place = recipe.placeOf(null, ['charts', index, 'claimed', ...at])
    return [
      {
        code: 'claimed_matrix',
        severity: 'error',
        message: `A confusion matrix of ${classes} classes has ${classes} rows of ${classes} numbers; this has ${what}.`,
        place,
      },
    ]
  })
}
