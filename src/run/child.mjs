// Entry of a run's child process: TypeScript is translated on the fly, as in bin/ferment.mjs.
import { register } from 'tsx/esm/api'

register()
const { runJob } = await import('./child.ts')
await runJob(process.argv[2])
