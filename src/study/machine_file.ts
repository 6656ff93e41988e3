import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'
import machineSchema from '../../schema/machine.schema.json' with { type: 'json' }
import { EXIT } from '../exit_status.ts'
import { UserError, userError } from '../problem.ts'
import type { SlurmOptions } from '../run/executors/slurm/submit.ts'
import type { ExecutorName } from '../run/executors/table.ts'

/** What a site says of itself (`schema/machine.schema.json`). */
export type Machine = { executor?: ExecutorName; parallel?: number; slurm?: SlurmOptions }

/** Read from the working directory where it is there. */
const DEFAULT_FILE = 'machine.yaml'

/**
 * Reads a machine file; without a name the one in the working directory, where there is one.
 * @throws UserError `machine_file` with all that is wrong
 */
export const readMachineFile = async (named: string | undefined): Promise<Machine> => {
  const file = named ?? DEFAULT_FILE
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) {
    if (named === undefined) return {}
    throw userError({ code: 'machine_file', message: `There is no file ${file}.`, hint: 'docs/machines.md shows one.' }, EXIT.wrongUsage)
  }
  const document = parseDocument(text)
  if (document.errors.length > 0) throw wrong(file, [document.errors[0]?.message.split('\n')[0] ?? 'it is no YAML'])
  const value: unknown = document.toJS() ?? {}
  const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(machineSchema)
  if (check(value)) return value as Machine
  throw wrong(
    file,
    (check.errors ?? []).map(({ instancePath, message, params }) => {
      const unknown = params.additionalProperty === undefined ? '' : ` "${params.additionalProperty}"`
      return `${instancePath.slice(1).replaceAll('/', '.') || 'it'} ${message}${unknown}`
    }),
  )
}

const wrong = (file: string, messages: readonly string[]) =>
  new UserError(
    messages.map((message) => ({
      code: 'machine_file',
      severity: 'error',
      message: `${file}: ${message}.`,
      hint: 'It takes executor, parallel and slurm: partition, time, mem, cpus_per_task, gpus, options.',
    })),
    EXIT.wrongUsage,
  )
