import type { Engine, EngineName } from '../engine.ts'
import { statusOf, unavailable } from './require_engine.ts'
import { canBeRequired, type EngineStatus, engineStatuses } from './status.ts'

type Missing = Extract<EngineStatus, { available: false }>

/** An engine that trains, and the better ones that could not be had. */
export type OpenEngine = Engine & { missing: readonly Missing[] }

type Opening = { status: EngineStatus; required: boolean }

/** One row an engine: how it is opened, and what may help where that fails. A package is loaded with the engine that needs it. */
const ENGINES: Readonly<Record<EngineName, { open: (opening: Opening) => Promise<Engine>; cure: string }>> = {
  native: {
    open: async ({ status }) => {
      const { openNative } = await import('../native/engine.ts')
      return openNative('binding' in status ? (status.binding ?? '') : '')
    },
    cure: 'Build it anew: npx ferment setup --remove && npx ferment setup',
  },
  webgpu: {
    open: async ({ required }) => (await import('../webgpu/engine.ts')).openWebgpu({ software: required }),
    cure: "See to the GPU's driver; vulkaninfo --summary shows what there is.",
  },
  wasm: { open: async () => (await import('../wasm/engine.ts')).openWasm(), cure: 'Install the packages anew: npm ci' },
}

/**
 * Opens the best engine there is, or the one that is required.
 * @param engine  requires one; a child process is handed the choice of its command
 * @throws UserError `engine_unavailable` where the required one cannot be had, with why and how to get it
 */
export const openEngine = async ({ engine }: { engine?: EngineName | null | undefined } = {}): Promise<OpenEngine> => {
  const candidates = engine ? [statusOf(engine)] : engineStatuses()
  const missing: Missing[] = []
  for (const status of candidates) {
    const result = await tryOpen({ status, required: Boolean(engine) })
    if ('load' in result) return { ...result, missing }
    missing.push(result)
  }
  throw unavailable(missing[0] as Missing)
}

const tryOpen = async (opening: Opening): Promise<Engine | Missing> => {
  const { status, required } = opening
  if (!status.available && !(required && canBeRequired(status))) return status
  return ENGINES[status.name].open(opening).catch((error: unknown) => broken(status.name, error))
}

/** An engine that should be there and does not load, e.g. a build of another machine that shares the home directory. */
const broken = (name: EngineName, error: unknown): Missing => ({
  name,
  available: false,
  why: `it does not load: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
  cure: ENGINES[name].cure,
})
