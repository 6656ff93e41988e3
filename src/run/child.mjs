// Entry of a run's child process.
import { registerTypeScript } from '../typescript.mjs'

registerTypeScript()
const { runJob } = await import('./child.ts')
await runJob(process.argv[2])
