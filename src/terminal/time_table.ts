import recordSchema from '../../schema/record.schema.json' with { type: 'json' }
import type { RunRecord } from '../../schema/record.ts'
import { partsOf, secondsOf, type TimePart, type Times } from '../report/time_phases.ts'
import { runLabel } from './progress_text.ts'

const { properties: described } = recordSchema.properties.provenance.properties.times

/**
 * How long it took from the start of ferment until the first training step of all was done; null where no run was made since.
 * @param began  start of ferment, in milliseconds since 1970
 */
export const sinceStart = (records: readonly Pick<RunRecord, 'provenance'>[], began: number): string | null => {
  const ends = records.flatMap(({ provenance: { started_at, times } }) =>
    // `started_at` is when the process turned to its data.
    times && Date.parse(started_at) > began ? [Date.parse(started_at) + 1000 * (secondsOf(times, 'start') - times.process)] : [],
  )
  return ends.length === 0
    ? null
    : `The first step was done ${((Math.min(...ends) - began) / 1000).toFixed(1)} s after the start of ferment.`
}

/** Where the time of a run went, as a table for people; what of the epochs went into anything but the engine's steps is their cost around the step. */
export const timeTable = ({ cell, seed, provenance }: Pick<RunRecord, 'cell' | 'seed' | 'provenance'>): string => {
  const label = runLabel({ cell, seed })
  const { times } = provenance
  if (!times) return `${label}: made by a ferment that kept no account of its time.`
  const epochs = secondsOf(times, 'engine', 'around')
  const whole = secondsOf(times, 'start', 'end') + epochs
  const around = epochs === 0 ? 0 : (100 * secondsOf(times, 'around')) / epochs
  return [
    `${label}: ${whole.toFixed(1)} s`,
    `Until the first step ${secondsOf(times, 'start').toFixed(1)} s`,
    ...partsOf('start').map((part) => lineOf(part, times, whole)),
    `Epochs ${epochs.toFixed(1)} s, of which ${around.toFixed(2)} % around the steps`,
    ...partsOf('engine', 'around').map((part) => lineOf(part, times, whole)),
    `After them ${secondsOf(times, 'end').toFixed(1)} s`,
    ...partsOf('end').map((part) => lineOf(part, times, whole)),
  ].join('\n')
}

const lineOf = (part: TimePart, times: Times, whole: number): string => {
  const share = `${((100 * times[part]) / whole).toFixed(2)} %`
  return `  ${part.padEnd(11)} ${times[part].toFixed(3).padStart(10)} s ${share.padStart(9)}  ${described[part].description}`
}
