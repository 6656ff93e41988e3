import type { EngineStatus } from '../engine/choose/status.ts'

/** What a user should know who gets a slower engine than there could be; null where none is known to be faster, as on a GPU by WebGPU. */
export const engineNotice = (used: string, missing: readonly Extract<EngineStatus, { available: false }>[]): string | null => {
  const [best] = missing
  if (!best || used !== 'wasm') return null
  return `Engine: ${used}, with the same results, but about ten times slower than ${best.name}, which cannot be used: ${best.why}.\n  ${best.cure}`
}
