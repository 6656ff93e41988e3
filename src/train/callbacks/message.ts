import type { JsonNumber } from './monitor.ts'

/** A monitored value for people: five digits. */
export const valueText = (value: number | JsonNumber): string => String(Number(Number(value).toPrecision(5)))

/** A learning rate without the digits that float32 adds: 1e-5, 0.001. */
export const rateText = (rate: number): string => {
  const short = Number(rate.toPrecision(6))
  return short < 1e-3 ? short.toExponential() : String(short)
}

/** `val_loss has not improved for 7 epochs`. */
export const noImprovementText = (monitor: string, epochs: number): string =>
  `${monitor} has not improved for ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`

/** `val_loss improved from 1.21 to 1.2034`; of a first value, `val_loss is 1.2034`. */
export const improvementText = (monitor: string, value: number, before: JsonNumber | null): string =>
  before === null ? `${monitor} is ${valueText(value)}` : `${monitor} improved from ${valueText(before)} to ${valueText(value)}`
