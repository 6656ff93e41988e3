import type { EngineStatus } from '../engine/status.ts'

/** What a user should know who gets a slower engine than there could be; null where it is the fastest. */
export const engineNotice = (used: string, missing: readonly Extract<EngineStatus, { available: false }>[]): string | null => {
  const [best] = missing
  if (!best) return null
  return `Engine: ${used}, with the same results, but about ten times slower than ${best.name}, which cannot be used: ${best.why}.\n  ${best.cure}`
}
