import type { Verification } from './study.ts'

const DIGITS = 5

/** What was found when the first steps of a run were trained again, in a sentence without its stop. */
export const verifiedText = ({ steps, largest, reproduced, apart }: Verification): string => {
  const what = steps === 1 ? 'first step' : `first ${steps} steps`
  if (reproduced) return `${what} reproduced on this machine, largest difference ${share(largest)}`
  if (apart === null) return `${what}: nothing to compare`
  return `not reproduced: at step ${apart.step} the loss is ${loss(apart.here)} here, ${loss(apart.recorded)} in the record (${share(apart.difference)} apart)`
}

const share = (value: number | null): string => {
  if (value === null || !Number.isFinite(value)) return 'not a finite number in one of them'
  if (value === 0) return '0'
  return value < 0.001 ? value.toExponential(0).replace('e-', 'e−') : `${(100 * value).toPrecision(2)} %`
}

const loss = (value: number | null): string => (value === null ? 'not finite' : value.toPrecision(DIGITS))
