import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { enginesDir } from './cache.ts'
import type { Trial } from './verify.ts'
import { type Kind, TENSORFLOW } from './wheel.ts'

const require = createRequire(import.meta.url)
const { version: tfjs } = require('@tensorflow/tfjs-node-gpu/package.json') as { version: string }

/** Folder of a build. Its name holds all that it depends on, so that builds of other versions live beside it. */
export const buildDir = (kind: Kind): string => join(enginesDir(), `tfjs-${tfjs}-tensorflow-${TENSORFLOW}-${kind}-${process.arch}`)

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
