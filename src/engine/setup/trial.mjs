// Entry of the process that tries a build.
import { importSource } from '../../start/import_source.mjs'

await importSource('engine/setup/trial')
