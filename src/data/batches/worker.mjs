// Entry of the thread that makes batches.
import { importSource } from '../../start/import_source.mjs'

await importSource('data/batches/worker')
