import { userError } from '../problem.ts'
import type { Engine, EngineName } from './engine.ts'
import { type EngineStatus, engineStatuses } from './status.ts'

type Available = Extract<EngineStatus, { available: true }>
type Missing = Extract<EngineStatus, { available: false }>

/** An engine that trains, and the better ones that could not be had. */
export type OpenEngine = Engine & { missing: readonly Missing[] }

/** Only what is opened is loaded: the code of the wasm engine alone takes half a second. */
const open = async ({ name, binding }: Available): Promise<Engine> => {
  if (name === 'wasm') return (await import('./wasm/engine.ts')).openWasm()
  if (name === 'native' && binding !== undefined) return (await import('./native/engine.ts')).openNative(binding)
  throw new Error(`there is no ${name} engine`)
}

/** A build that does not load, e.g. one of another machine that shares the home directory. */
const broken = (name: EngineName, error: unknown): Missing => ({
  name,
  available: false,
  why: `it does not load: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
  cure: 'Build it anew: npx ferment setup --remove && npx ferment setup',
})

const unavailable = ({ name, why, cure }: Missing) =>
  userError({ code: 'engine_unavailable', message: `The ${name} engine cannot be used: ${why}.`, hint: cure })

/** Who insists on an engine: the argument, else FERMENT_ENGINE. */
const insisted = (argument: EngineName | undefined): string | undefined => argument ?? (process.env.FERMENT_ENGINE || undefined)

/**
 * Opens the best engine there is, or the one that is insisted on.
 * @param engine  insists on an engine; so does the variable FERMENT_ENGINE
 * @throws UserError `engine_unavailable` where the one insisted on cannot be had, with why and how to get it
 */
export const openEngine = async ({ engine }: { engine?: EngineName | undefined } = {}): Promise<OpenEngine> => {
  const only = insisted(engine)
  const statuses = engineStatuses()
  const candidates = only === undefined ? statuses : statuses.filter(({ name }) => name === only)
  const missing: Missing[] = []
  for (const status of candidates) {
    const result = status.available ? await open(status).catch((error: unknown) => broken(status.name, error)) : status
    if ('load' in result) return { ...result, missing }
    missing.push(result)
  }
  if (missing[0]) throw unavailable(missing[0])
  const names = statuses.map(({ name }) => name).join(', ')
  throw userError({ code: 'engine_unavailable', message: `This version of ferment has no engine "${only}".`, hint: `It has: ${names}.` }, 2)
}
