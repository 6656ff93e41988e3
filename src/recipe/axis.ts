import type { SetArgument } from './set_argument.ts'
import type { MapValue } from './value.ts'

/** An axis of the matrix: its values make the rows and columns of tables. */
export type Axis = { name: string; values: readonly AxisValue[] }
/** `set`: of an axis that varies one place; it is set there instead of being merged. */
export type AxisValue = { name: string; overrides: MapValue; set?: SetArgument }
