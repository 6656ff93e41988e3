/** How the losses of two trainings of the same spec and seed compare. */
export type Agreement = {
  /** Steps that both have. */
  steps: number
  /** Largest difference of a loss, as a share of the record's; null: one of them was not finite. */
  largest: number | null
  /** Whether all of them are within the tolerance of their step. */
  reproduced: boolean
  /** The first step (from 1) that is not; null: there is none. */
  apart: { step: number; recorded: number | null; here: number | null; difference: number | null } | null
}

const FIRST_STEP = 1e-5
const GROWTH = 3
const MOST = 2e-2

/** Compares the first losses of a training with a record's; null: not a finite number. */
export const agreementOf = (recorded: readonly (number | null)[], here: readonly (number | null)[]): Agreement => {
  const steps = Math.min(recorded.length, here.length)
  const differences = Array.from({ length: steps }, (_, index) => differenceOf(recorded[index] ?? null, here[index] ?? null))
  const index = differences.findIndex((difference, step) => difference > toleranceAt(step + 1))
  return {
    steps,
    largest: finite(Math.max(0, ...differences)),
    reproduced: steps > 0 && index < 0,
    apart:
      index < 0
        ? null
        : {
            step: index + 1,
            recorded: recorded[index] ?? null,
            here: here[index] ?? null,
            difference: finite(differences[index] as number),
          },
  }
}

const differenceOf = (recorded: number | null, here: number | null): number => {
  if (recorded === null || here === null) return recorded === here ? 0 : Number.POSITIVE_INFINITY
  return recorded === here ? 0 : Math.abs(here - recorded) / Math.abs(recorded)
}

/**
 * How far the loss of a step may be from the record's, as a share of it: 1e-5 at the first step, three times as much at each one after it, at most
 * 2 %. Another engine or processor rounds otherwise, and Adam makes that grow: with oneDNN held to AVX2, the base CNN was 2e-5 apart at the fourth
 * step, 6e-3 at the most within 50. Another seed, split, network or rate is apart in the first three steps.
 */
const toleranceAt = (step: number): number => Math.min(MOST, FIRST_STEP * GROWTH ** (step - 1))

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
