import { fileURLToPath } from 'node:url'
import { execaNode } from 'execa'

/** What computes: its name for people, and whether it is a GPU. */
export type Trial = { device: string; gpu: boolean }

/** Computes with the device in a process of its own, since a driver may end the process that loads it. @throws Error with the reason */
export const verifyDevice = async (): Promise<Trial> => {
  const done = await execaNode(fileURLToPath(new URL('./trial.mjs', import.meta.url)), [], { reject: false })
  if (!done.failed) return JSON.parse(done.stdout) as Trial
  throw new Error(/^\w*Error: (.+)$/m.exec(done.stderr)?.[1] ?? done.shortMessage ?? 'it could not be started')
}
