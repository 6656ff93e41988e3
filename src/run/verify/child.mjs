// Entry of the process that trains the first steps of a run again.
import { importSource } from '../../start/import_source.mjs'

const { answerOpening } = await importSource('run/verify/child')
await answerOpening()
