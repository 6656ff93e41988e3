import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Spec } from '../../schema/recipe.ts'
import { essenceOf } from './essence.ts'
import { NUMBERS_VERSION } from './numbers_version.ts'

export type RunKey = {
  spec: Spec
  seed: number
  /** SHA-256 of the data as loaded; stands for the data set's spec, so that a moved file is the same data. */
  data: string
  /** SHA-256 of the values of each set of published weights that the network starts from, in the order of its layers. */
  weights: readonly string[]
}

/**
 * Names a run by all that decides its result, and by nothing else: 16 hexadecimal digits of the SHA-256 of the canonical JSON (RFC 8785) of its
 * key. A comment in the code, a moved file or a new word of the language leaves it as it is.
 */
export const runId = ({ spec, seed, data, weights }: RunKey, numbers = NUMBERS_VERSION): string => {
  const { dataset: _dataset, ...essence } = essenceOf(spec)
  return createHash('sha256')
    .update(canonicalize({ spec: essence, seed, data, weights, numbers }) as string)
    .digest('hex')
    .slice(0, 16)
}
