import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Found } from './found.ts'
import type { Shown } from './subject.ts'
import type { Path, Value } from './value.ts'

/** An error of the schema at its place in the recipe. */
type Located = { error: ErrorObject; root: Value; path: Path; shown: Shown }

/** What a keyword of the schema says when it fails. */
export type Row = (located: Located) => Found
