import type { RunRecord } from '../../schema/record.ts'

export type Times = NonNullable<RunRecord['provenance']['times']>
export type TimePart = keyof Times
/** When in a run: until its first step is done, in the engine, around the engine's steps, after the epochs. */
export type Phase = 'start' | 'engine' | 'around' | 'end'

const phases: Record<TimePart, Phase> = {
  process: 'start',
  data: 'start',
  engine: 'start',
  graph: 'start',
  first_step: 'start',
  steps: 'engine',
  validation: 'engine',
  batches: 'around',
  inputs: 'around',
  loop: 'around',
  weights: 'around',
  checkpoints: 'around',
  messages: 'around',
  evaluation: 'end',
  record: 'end',
}

/** The parts of a run's time that belong to these phases, in their order. */
export const partsOf = (...wanted: Phase[]): TimePart[] =>
  (Object.keys(phases) as TimePart[]).filter((part) => wanted.includes(phases[part]))

/** Seconds of a run that went into these phases. */
export const secondsOf = (times: Times, ...wanted: Phase[]): number => partsOf(...wanted).reduce((total, part) => total + times[part], 0)
