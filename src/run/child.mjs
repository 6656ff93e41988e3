// Entry of a run's child process.
import { importSource } from '../start/import_source.mjs'

const { runJob } = await importSource('run/child')
await runJob(process.argv[2], process.argv[3])
