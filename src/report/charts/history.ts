import type { RunRecord } from '../../../schema/record.ts'
import type { Cell } from '../cells.ts'

/** An epoch of one run under one of its two parts, in the long form that charts take. */
export type Point = { seed: number; epoch: number; part: 'training' | 'validation'; loss: number | null; accuracy: number | null }

export type Epoch = NonNullable<RunRecord['history']>[number]

/** Something to mark over an epoch: what a callback did. */
export type Mark = { seed: number; epoch: number; callback: string; message: string }

const pointsOfRun = ({ seed, history = [] }: RunRecord): Point[] => {
  const training = history.map(({ epoch, loss, accuracy }): Point => ({ seed, epoch, part: 'training', loss, accuracy }))
  const validated = history.some(({ val_loss, val_accuracy }) => val_loss !== null || val_accuracy !== null)
  if (!validated) return training
  const validation = history.map(
    (one): Point => ({ seed, epoch: one.epoch, part: 'validation', loss: one.val_loss, accuracy: one.val_accuracy }),
  )
  return [...training, ...validation]
}

/** Training and validation of every seed and epoch; no validation points where a run had no validation. */
export const pointsOf = (cell: Cell): Point[] => cell.records.flatMap(pointsOfRun)

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
