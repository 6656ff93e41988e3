// Loaded into a child process before ferment (NODE_OPTIONS): its training steps take SLOW_STEP_MS each, whatever the network, and leave the
// event loop no turn meanwhile, as steps of large networks do. SLOW_STEP_FILE is there as soon as it is in such a step.
import { writeFileSync } from 'node:fs'

const { send } = process
const { SLOW_STEP_MS, SLOW_STEP_FILE } = process.env

// Steps that take longer than a fifth of a second send a message each.
if (send && SLOW_STEP_MS)
  process.send = (message, ...rest) => {
    const sent = send.call(process, message, ...rest)
    if (message.type === 'step') {
      writeFileSync(SLOW_STEP_FILE, '')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(SLOW_STEP_MS))
    }
    return sent
  }
