import { fileURLToPath } from 'node:url'
import { execaNode } from 'execa'
import { userError } from '../../problem.ts'

/** What a build turned out to be. */
export type Trial = { tensorflow: string; gpu: boolean }

/** Trains with a binding, by its file. @throws UserError `engine_broken` */
export type Verify = (binding: string, signal: AbortSignal) => Promise<Trial>

/** Trains a tiny network in a process of its own, since a library that does not fit the machine may end the process that loads it. */
export const verifyBuild: Verify = async (binding, signal) => {
  const done = await execaNode(fileURLToPath(new URL('./trial.mjs', import.meta.url)), [binding], {
    reject: false,
    cancelSignal: signal,
  })
  signal.throwIfAborted()
  if (!done.failed) return JSON.parse(done.stdout) as Trial
  const reason = /^\w*Error: (.+)$/m.exec(done.stderr)?.[1] ?? done.shortMessage ?? 'it could not be started'
  throw userError({
    code: 'engine_broken',
    message: `The native engine does not train: ${reason}`,
    hint: 'Build it anew: npx ferment setup --remove && npx ferment setup. If that does not help, FERMENT_ENGINE=wasm trains without it.',
  })
}
