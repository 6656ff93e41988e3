// Entry of the thread that makes batches.
import { registerTypeScript } from '../../typescript.mjs'

registerTypeScript()
await import('./worker.ts')
