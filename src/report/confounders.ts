import diff from 'microdiff'
import type { Cell } from './cells.ts'
import { count, significant, words } from './format.ts'
import { mean } from './statistics/mean.ts'

/** A setting that differs between two cells: its path for people, and its two values as text. */
export type Difference = { path: string; from: string; to: string }

/** Deeper than this, and within lists, a setting is compared as a whole: `model.layers`. */
const DEPTH = 3

/**
 * What differs between the settings of two cells, from the specs in their records, and how many updates their weights had. Empty where nothing
 * was measured of one of them.
 */
export const differencesOf = (from: Cell, to: Cell): Difference[] => {
  const [a, b] = [from.records[0]?.spec, to.records[0]?.spec]
  if (a === undefined || b === undefined) return []
  const paths = [...new Set(diff(a as object, b as object).map(({ path }) => shortPath(path)))].filter((path) => path !== 'dataset.path')
  // A part that is not there at all in one of them is reported once, not setting by setting.
  const whole = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}.`)))
  const settings = whole.map((path) => ({ path, from: settingText(at(a, path)), to: settingText(at(b, path)) }))
  const unequal = settings.map((one) => (one.from === one.to ? { ...one, from: 'one', to: 'another' } : one))
  return [...unequal, ...updates(from, to)]
}

const shortPath = (path: readonly (string | number)[]): string => {
  const list = path.findIndex((part) => typeof part === 'number')
  return path.slice(0, Math.min(DEPTH, list === -1 ? path.length : list)).join('.')
}

const LONGEST = 40

/** A setting in a few letters; `other …` where it is too long to show. */
const settingText = (value: unknown): string => {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'number') return significant(value)
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  const kind = (value as { kind?: unknown }).kind
  if (typeof kind === 'string') return words(kind)
  const text = JSON.stringify(value)
  return text.length <= LONGEST ? text : Array.isArray(value) ? `${count(value.length)} entries` : 'other settings'
}

const at = (spec: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], spec)

/** Numbers of updates within this factor of each other count as equal. */
const SAME_STEPS = 1.1

const updates = (from: Cell, to: Cell): Difference[] => {
  const [a, b] = [stepsOf(from), stepsOf(to)]
  if (a === null || b === null || Math.max(a, b) / Math.min(a, b) < SAME_STEPS) return []
  return [{ path: 'updates of the weights', from: count(a), to: count(b) }]
}

const stepsOf = ({ records }: Cell): number | null => {
  const totals = records.map(({ history = [] }) => history.reduce((sum, { steps }) => sum + steps, 0)).filter((steps) => steps > 0)
  return totals.length === 0 ? null : mean(totals)
}

/** Whether a setting is the axis itself: `training.batch_size` of the axis `batch_size`. */
export const isAxis = ({ path }: Difference, axis: string): boolean => path.split('.').includes(axis)
