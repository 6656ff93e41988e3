import type { RunRecord } from '../../schema/record.ts'
import type { Cell } from './cells.ts'
import { percent, plural } from './format.ts'
import type { Weights } from './measures.ts'
import { mean } from './statistics/mean.ts'

/** What a cell's records show that may explain its numbers. */
export type Symptom = { kind: 'unfinished' | 'one_answer' | 'weights' | 'not_finite' | 'overfit'; text: string }

/** A network that gives one class for this share of the images has hardly learned. */
const ONE_ANSWER = 0.9
/** Training accuracy above validation accuracy by this: the network knows its training images by heart. */
const OVERFIT = 0.15
/** Last and best weights further apart than this are worth a word. */
const APART = 0.01

/** The class that is answered most, and its share of the answers, under one set of weights. */
export const commonestAnswer = (record: RunRecord, weights: Weights): { name: string; share: number } | null => {
  const matrix = record.evaluation?.[weights]?.confusion_matrix
  if (matrix === undefined) return null
  const answers = matrix.map((_, column) => matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  const all = answers.reduce((sum, one) => sum + one, 0)
  const most = Math.max(...answers)
  return all === 0 ? null : { name: record.data?.classes[answers.indexOf(most)] ?? 'one class', share: most / all }
}

/** What the records of a cell show beside its accuracy, the gravest first. */
export const symptomsOf = (cell: Cell, weights: Weights): Symptom[] => [
  ...notFinite(cell),
  ...oneAnswer(cell, weights),
  ...unfinished(cell),
  ...otherWeights(cell, weights),
  ...overfit(cell),
]

const notFinite = ({ records }: Cell): Symptom[] => {
  const bad = records.filter(({ history = [] }) => history.some(({ loss }) => loss === null))
  return bad.length === 0 ? [] : [{ kind: 'not_finite', text: `the loss of ${plural(bad.length, 'run')} was not a finite number at times` }]
}

const oneAnswer = ({ records }: Cell, weights: Weights): Symptom[] => {
  const found = records.flatMap((record) => commonestAnswer(record, weights) ?? []).filter(({ share }) => share >= ONE_ANSWER)
  const [first] = found
  return first === undefined
    ? []
    : [{ kind: 'one_answer', text: `the network answers ${first.name} for ${percent(first.share, 0)} of the test images` }]
}

const unfinished = ({ records }: Cell): Symptom[] => {
  const full = records.filter(
    ({ history = [], events = [] }) => history.length > 2 && !events.some(({ callback }) => callback === 'early_stopping'),
  )
  const still = full.filter(({ history = [] }) => {
    const losses = history.map(({ val_loss }) => val_loss ?? Number.POSITIVE_INFINITY)
    return losses.indexOf(Math.min(...losses)) === losses.length - 1
  })
  if (still.length === 0) return []
  const epochs = Math.max(...still.map(({ history = [] }) => history.length))
  return [
    { kind: 'unfinished', text: `the validation loss was still at its lowest in the last epoch (${epochs}): more epochs might raise it` },
  ]
}

const otherWeights = ({ records }: Cell, weights: Weights): Symptom[] => {
  const other: Weights = weights === 'last' ? 'best' : 'last'
  const gaps = records.flatMap(({ evaluation }) => {
    const [mine, theirs] = [evaluation?.[weights]?.accuracy, evaluation?.[other]?.accuracy]
    return mine === undefined || theirs === undefined ? [] : [theirs - mine]
  })
  const gap = gaps.length === 0 ? 0 : mean(gaps)
  if (Math.abs(gap) < APART) return []
  return [{ kind: 'weights', text: `its ${other} weights are ${Math.abs(100 * gap).toFixed(1)} points ${gap > 0 ? 'better' : 'worse'}` }]
}

const overfit = ({ records }: Cell): Symptom[] => {
  const gaps = records.flatMap(({ history = [] }) => {
    const end = history.at(-1)
    return end?.accuracy == null || end.val_accuracy === null ? [] : [end.accuracy - end.val_accuracy]
  })
  const gap = gaps.length === 0 ? 0 : mean(gaps)
  return gap < OVERFIT
    ? []
    : [{ kind: 'overfit', text: `it ends ${(100 * gap).toFixed(0)} points better on its training than on its validation images` }]
}
