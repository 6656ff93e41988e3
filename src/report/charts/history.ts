import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'

/** An epoch of one run under one of its two parts, in the long form that charts take. */
export type Point = { seed: number; epoch: number; part: 'training' | 'validation'; loss: number | null; accuracy: number | null }

export type Epoch = NonNullable<RunRecord['history']>[number]

/** Something to mark over an epoch: what a callback did. */
export type Mark = { seed: number; epoch: number; callback: string; message: string }

/** Training and validation of every seed and epoch, the training loss divided by the mean class weight; no validation points where a run had no validation. */
export const pointsOf = (cell: Cell): Point[] => cell.records.flatMap(pointsOfRun)

const pointsOfRun = (record: RunRecord): Point[] => {
  const { seed, history = [] } = record
  const scale = meanClassWeight(record)
  const training = history.map(
    ({ epoch, loss, accuracy }): Point => ({ seed, epoch, part: 'training', loss: loss === null ? null : loss / scale, accuracy }),
  )
  const validated = history.some(({ val_loss, val_accuracy }) => val_loss !== null || val_accuracy !== null)
  if (!validated) return training
  const validation = history.map(
    (one): Point => ({ seed, epoch: one.epoch, part: 'validation', loss: one.val_loss, accuracy: one.val_accuracy }),
  )
  return [...training, ...validation]
}

/** What the training loss is multiplied by on average because of class weights: their mean over the training images; 1 without any. */
const meanClassWeight = ({ data }: RunRecord): number => {
  if (data?.class_weight == null) return 1
  const images = data.counts.train.reduce((sum, one) => sum + one, 0)
  const weighted = data.counts.train.reduce((sum, one, index) => sum + one * (data.class_weight?.[index] ?? 1), 0)
  return images === 0 || weighted === 0 ? 1 : weighted / images
}

/** What the callbacks of every seed did, in order. */
export const marksOf = (cell: Cell): Mark[] => cell.records.flatMap(({ seed, events = [] }) => events.map((event) => ({ seed, ...event })))

/** The validation point that the best weights are from, of every seed that kept them. */
export const bestPointsOf = (cell: Cell): Point[] => {
  const points = pointsOf(cell)
  return cell.records.flatMap(({ seed, evaluation }) =>
    points.filter((point) => point.seed === seed && point.part === 'validation' && point.epoch === evaluation?.best?.epoch),
  )
}

/** Epochs, 1-based, in which a loss was not a finite number, over all seeds. */
export const notFinite = (cell: Cell): number[] => {
  const bad = pointsOf(cell).filter(({ loss }) => loss === null)
  return [...new Set(bad.map(({ epoch }) => epoch))].sort((a, b) => a - b)
}
