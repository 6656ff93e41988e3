import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TFJS_NODE } from '../native/tfjs_node.ts'
import { enginesDir } from './cache.ts'
import type { Trial } from './verify.ts'
import { type Kind, TENSORFLOW } from './wheel.ts'

/** Folder of a build. Its name holds all that it depends on, so that builds of other versions live beside it. */
export const buildDir = (kind: Kind): string =>
  join(enginesDir(), `tfjs-${TFJS_NODE.version}-tensorflow-${TENSORFLOW}-${kind}-${process.arch}`)

/** What the folders begin with that are no builds: one in the making, or one that is being removed. */
export const STAGE = 'stage-'

/** File of a build that says what it is; written last. */
export const TRIAL_FILE = 'trial.json'

/** What a build is, or null where there is none. Builds appear whole, by one move, after they have trained. */
export const readBuild = (kind: Kind): Trial | null => {
  try {
    return JSON.parse(readFileSync(join(buildDir(kind), TRIAL_FILE), 'utf8')) as Trial
  } catch {
    return null
  }
}
