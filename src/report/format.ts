export const NBSP = '\u00a0'
const MINUS = '−'
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** What stands where there is no number. */
export const NONE = '–'

/** `0.5575` → `55.75 %`. */
export const percent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)}${NBSP}%`

/** A difference of shares in percentage points with its sign: `+1.25`, `−0.40`; of losses with `scale` 1. */
export const signed = (difference: number, { scale = 100, digits = 2 } = {}): string => {
  const text = Math.abs(scale * difference).toFixed(digits)
  if (Number(text) === 0) return text
  return `${difference < 0 ? MINUS : '+'}${text}`
}

/** `5127495` → `5,127,495`. */
export const count = (value: number): string => grouped.format(value)

export const fixed = (value: number, digits: number): string => value.toFixed(digits)

/** A number of any size, to four significant digits: losses, learning rates. */
export const significant = (value: number): string => {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) return value.toExponential(3).replace(/\.?0+e/, 'e')
  return String(Number(value.toPrecision(4)))
}

/** `3725` → `1 h 02 min`. */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (seconds < 10) return `${seconds.toFixed(1)}${NBSP}s`
  if (whole < 60) return `${whole}${NBSP}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}${NBSP}min ${String(whole % 60).padStart(2, '0')}${NBSP}s`
  return `${Math.floor(whole / 3600)}${NBSP}h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}${NBSP}min`
}

export const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)}${NBSP}GiB`

/** ISO 8601 → `2026-05-04 10:21 UTC`. */
export const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`

/** The recipe's word for people: `batch_size` → `batch size`. */
export const words = (name: string): string => name.replaceAll('_', ' ')

/** `1 run`, `3 runs`. */
export const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
