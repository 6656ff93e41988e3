import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Spec } from '../../schema/recipe.ts'

export type RunKey = {
  spec: Spec
  seed: number
  /** SHA-256 of the data as loaded; stands for the data set's spec, so that a moved file is the same data. */
  data: string
  /** Of the training rooms (`codeHash`). */
  code: string
}

/** Names a run by all that decides its result: 16 hexadecimal digits of the SHA-256 of the canonical JSON (RFC 8785) of its key. */
export const runId = ({ spec: { dataset: _dataset, ...spec }, seed, data, code }: RunKey): string =>
  createHash('sha256')
    .update(canonicalize({ spec, seed, data, code }) as string)
    .digest('hex')
    .slice(0, 16)
