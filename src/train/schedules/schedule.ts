/** When a step is, in a part of a schedule. All in epochs: 2.5 is in the middle of the third. */
export type Moment = {
  /** Since the part began. */
  t: number
  /** How long the part lasts. */
  length: number
  /** From one change of the learning rate to the next: a step's share of an epoch, or 1. */
  unit: number
}

/** One kind of schedule as a pure function: the share of the learning rate that is in force. */
export type ScheduleRow<Spec> = (spec: Spec, moment: Moment) => number

/** How often a span has gone by. Shares of an epoch do not add up exactly, so that a little less than whole counts as whole. */
export const timesPassed = (t: number, span: number): number => Math.floor(t / span + 1e-9)

/** The share of `length` that has gone by, at most 1. */
export const passed = ({ t, length }: Moment): number => Math.min(t / length, 1)

/** From 1 to 0 along half a cosine, while `share` goes from 0 to 1. */
export const halfCosine = (share: number): number => (1 + Math.cos(Math.PI * share)) / 2
