// Entry of the process that tries the device.
import { importSource } from '../../start/import_source.mjs'

await importSource('engine/webgpu/trial')
