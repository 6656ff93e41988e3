import { fileURLToPath } from 'node:url'
import { execaNode } from 'execa'
import { userError } from '../../problem.ts'

/** What a build turned out to be. */
export type Trial = { tensorflow: string; gpu: boolean }

/** Trains with the build in a folder. @throws UserError `engine_broken` */
export type Verify = (build: string, signal: AbortSignal) => Promise<Trial>

/** Trains a tiny network in a process of its own, since a library that does not fit the machine may end the process that loads it. */
export const verifyBuild: Verify = async (build, signal) => {
  const done = await execaNode(fileURLToPath(new URL('./trial.ts', import.meta.url)), [`${build}/tfjs_binding.node`], {
    nodeOptions: ['--import', import.meta.resolve('tsx')],
    reject: false,
    cancelSignal: signal,
  })
  signal.throwIfAborted()
  if (!done.failed) return JSON.parse(done.stdout) as Trial
  const reason = /^\w*Error: (.+)$/m.exec(done.stderr)?.[1] ?? done.shortMessage ?? 'it could not be started'
  throw userError({
    code: 'engine_broken',
    message: `The native engine was built but does not train: ${reason}`,
    hint: 'It was not installed; the wasm engine is used. Please report this with the output of ferment doctor.',
  })
}
