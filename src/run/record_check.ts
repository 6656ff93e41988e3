import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import recordSchema from '../../schema/record.schema.json' with { type: 'json' }
import type { Evaluation, RunRecord } from '../../schema/record.ts'

/**
 * What a file is as the record of a run. `damaged`: it was changed after it was written, or contradicts itself. `foreign`: another version of
 * ferment wrote it, which may know more of it than this one.
 */
export type CheckedRecord = { is: 'record'; record: RunRecord } | { is: 'damaged' | 'foreign'; why: string }

const VERSION = recordSchema.properties.schema_version.const
/** Accuracies are quotients of counts, written with all digits. */
const TOLERANCE = 1e-9

type Check = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null }
let compiled: Check | undefined

/** Whether a value is a record by its schema. */
export const fitsSchema = (value: unknown): boolean => misfits(value).length === 0

/** What does not fit the schema of records; empty where all does. */
const misfits = (value: unknown): readonly ErrorObject[] => {
  compiled ??= new Ajv2020({ strict: false, allErrors: true }).compile(recordSchema) as Check
  return compiled(value) ? [] : (compiled.errors ?? [])
}

/** Checks what a file says as the record of the run `id`: its form, its version, its id, and whether it can be true. */
export const checkRecord = (text: string, id: string): CheckedRecord => {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) return { is: 'damaged', why: 'it is not whole' }
  const { schema_version: version } = value as { schema_version?: unknown }
  if (typeof version === 'number' && Number.isInteger(version) && version !== VERSION)
    return { is: 'foreign', why: `it is of version ${version} of records, and this ferment reads version ${VERSION}` }
  const errors = misfits(value)
  const unknown = errors.map(unknownField)
  if (errors.length > 0 && unknown.every((field) => field !== null))
    return { is: 'foreign', why: `it has ${unknown.join(', ')}, of which this ferment does not know` }
  const [error] = errors
  if (error) return { is: 'damaged', why: `${error.instancePath.slice(1).replaceAll('/', '.') || 'it'} ${error.message}` }
  const record = value as RunRecord
  if (record.id !== id) return { is: 'damaged', why: `it is the record of ${record.id}` }
  const why = contradiction(record)
  return why === null ? { is: 'record', record } : { is: 'damaged', why }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unknownField = ({ keyword, params, instancePath }: ErrorObject): string | null =>
  keyword === 'additionalProperties' ? `${instancePath}/${params.additionalProperty}`.slice(1).replaceAll('/', '.') : null

/** Why a record cannot be true, or null: what follows from one part of it is held against the other. */
const contradiction = (record: RunRecord): string | null => {
  const { status, history = [], evaluation = {}, error } = record
  if (status === 'failed') return error === undefined ? 'it failed for no reason' : null
  if (history.some(({ epoch }, index) => epoch !== index + 1)) return 'its epochs are not numbered from 1'
  if (history.some(({ accuracy, val_accuracy }) => !isShare(accuracy) || !isShare(val_accuracy)))
    return 'an accuracy of its history is no share of images'
  const parts = Object.entries(evaluation).map(([which, one]) => senseOf(which, one, record))
  return parts.find((why) => why !== null) ?? null
}

const isShare = (value: number | null): boolean => value === null || (value >= 0 && value <= 1)

const senseOf = (which: string, { accuracy, confusion_matrix: matrix, epoch }: Evaluation, { data, history }: RunRecord): string | null => {
  const classes = data?.classes.length ?? matrix.length
  if (matrix.length !== classes || matrix.some((row) => row.length !== classes))
    return `the confusion matrix of its ${which} weights does not have a row and a column for each of ${classes} classes`
  if (matrix.flat().some((count) => count < 0)) return `the confusion matrix of its ${which} weights counts less than no image`
  const images = sum(matrix.flat())
  if (data && images !== data.used.test) return `the confusion matrix of its ${which} weights has ${images} images of ${data.used.test}`
  const right = sum(matrix.map((row, index) => row[index] ?? 0))
  if (Math.abs(accuracy * images - right) > TOLERANCE * Math.max(1, images))
    return `the accuracy of its ${which} weights is ${accuracy}, and ${right} of ${images} by its confusion matrix`
  if (history && epoch > history.length) return `its ${which} weights are of epoch ${epoch} of ${history.length}`
  return null
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
