// Entry of the process that times training steps.
import { importSource } from '../../start/import_source.mjs'

const { answerTasks } = await importSource('run/speed/child')
await answerTasks()
