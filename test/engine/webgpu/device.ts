import { canBeRequired, engineStatuses } from '../../../src/engine/choose/status.ts'
import { loadWebgpu } from '../../../src/engine/webgpu/load.ts'

/** Opens the device, be it software. @returns why there is none; undefined: it is open, and tfjs' backend */
const tryDevice = async (): Promise<string | undefined> => {
  const status = engineStatuses().find(({ name }) => name === 'webgpu')
  if (status && !status.available && !canBeRequired(status)) return status.why
  return loadWebgpu({ software: true }).then(
    () => undefined,
    (error: Error) => error.message,
  )
}

/** Why webgpu's tests are skipped here; undefined where there is a device. A driver may be there and too old, as that of Debian 12 is. */
export const noDevice = await tryDevice()

/** Title of a group of webgpu's tests: names the reason where they are skipped. */
export const onDevice = (title: string): string => (noDevice === undefined ? title : `${title} (skipped: ${noDevice})`)
