import { join } from 'node:path'

/** In which of a folder's files a child with slow steps shows that it is in one. */
export const slowStepFile = (folder: string): string => join(folder, 'slow-step')

/** The environment of a child whose steps take so long, in ms; at least 250, so that each is told of. */
export const slowSteps = (ms: number, folder: string): Record<string, string> => ({
  NODE_OPTIONS: `--import ${new URL('./slow_steps.mjs', import.meta.url)}`,
  SLOW_STEP_MS: String(ms),
  SLOW_STEP_FILE: slowStepFile(folder),
})
