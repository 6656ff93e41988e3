import schema from '../../../schema/recipe.schema.json' with { type: 'json' }
import { words } from '../format.ts'
import type { LegendSign } from './figure.ts'

/** How a callback's deed is marked above the curves, and the words of the legend. */
type Sign = { label: string; sign: LegendSign }

const defs = schema.$defs as Readonly<Record<string, { 'x-sign'?: unknown } | undefined>>

/**
 * The sign of a kind of callback, by the schema's `x-sign`; null: not marked, as nothing it does shows in the curves or what it does has a
 * sign of its own (the best weights). A record of another version may name a callback that this one does not know: then it is a diamond.
 */
export const signOf = (callback: string): Sign | null => {
  const known = defs[`callback_${callback}`]
  return known ? ((known['x-sign'] as Sign | undefined) ?? null) : { label: words(callback), sign: 'diamond' }
}

/** Vega's shape of a sign. */
export const markShape = ({ sign }: Sign): string => (sign === 'triangle' ? 'triangle-down' : sign)
