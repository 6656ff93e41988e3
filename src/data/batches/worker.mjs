// Entry of the thread that makes batches: TypeScript is translated on the fly, as in bin/ferment.mjs.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
