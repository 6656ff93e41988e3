import type { Problem } from '../../problem.ts'
import type { LeftOut } from '../dataset.ts'
import type { RawDataset } from './source_row.ts'

/** A recipe's `classes`: names of the source's classes to keep, in this order; or a name for each class, and which of the source's are it. */
export type ClassChoice = readonly string[] | Readonly<Record<string, string | number | readonly (string | number)[]>>

/** One of a source's own classes: its name, and the number that its label may have in the source. */
export type KnownClass = { name: string; label?: string }

export type Chosen = {
  classes: readonly string[]
  /** New class number of each of the source's, −1 for one that is left out. */
  labelOf: Int32Array
}

/** Names of the classes that a choice leaves. */
export const chosenNames = (choice: ClassChoice): string[] => (isList(choice) ? [...choice] : Object.keys(choice))

/** Names of the source's classes that a choice asks for. */
export const membersOf = (choice: ClassChoice): string[] => (isList(choice) ? [...choice] : Object.values(choice).flat().map(String))

/** What a choice makes of a source's classes, or what is wrong with it: names that the source has not, or that are asked for twice. */
export const choose = (known: readonly KnownClass[], choice: ClassChoice): Chosen | Problem[] => {
  const entries = isList(choice) ? choice.map((name) => [name, [name]] as const) : Object.entries(choice)
  const labelOf = new Int32Array(known.length).fill(-1)
  const problems: Problem[] = []
  for (const [label, [name, members]] of entries.entries())
    for (const member of [members].flat().map(String)) {
      const at = placeOf(known, member)
      if (at < 0) problems.push(unknownClass(member, known))
      else if (labelOf[at] !== -1 && labelOf[at] !== label)
        problems.push(classTwice(member, [entries[labelOf[at] as number]?.[0] ?? '', name]))
      else labelOf[at] = label
    }
  return problems.length > 0 ? problems : { classes: entries.map(([name]) => name), labelOf }
}

const isList = (choice: ClassChoice): choice is readonly string[] => Array.isArray(choice)

const placeOf = (known: readonly KnownClass[], member: string): number => {
  const byLabel = known.findIndex(({ label }) => label === member)
  return byLabel >= 0 ? byLabel : known.findIndex(({ name }) => name === member)
}

/** The images of the classes that are chosen, under their new numbers; those of the others are counted as left out. */
export const withClasses = (raw: RawDataset, { classes, labelOf }: Chosen): RawDataset => {
  const lost = raw.classes.flatMap((name, label): LeftOut[] => {
    if (labelOf[label] !== -1) return []
    const count = raw.labels.reduce((all, own) => all + (own === label ? 1 : 0), 0)
    return count === 0 ? [] : [{ what: `of the class "${name}", which dataset.classes leaves out`, count, examples: [] }]
  })
  const kept = keepRows(raw, (row) => labelOf[raw.labels[row] as number] !== -1)
  const before = raw.classes.length
  const targets = kept.targets && mergedTargets(kept.targets, { before, after: classes.length, labelOf })
  return {
    ...kept,
    classes,
    labels: kept.labels.map((label) => labelOf[label] as number),
    targets,
    leftOut: [...raw.leftOut, ...lost],
  }
}

/** Shares of the classes that are kept, added up where some are merged, so that they sum to one again. */
const mergedTargets = (
  targets: Float32Array,
  { before, after, labelOf }: { before: number; after: number; labelOf: Int32Array },
): Float32Array => {
  const rows = targets.length / before
  const merged = new Float32Array(rows * after)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let label = 0; label < before; label++) {
      const to = labelOf[label] as number
      if (to < 0) continue
      const share = targets[row * before + label] as number
      merged[row * after + to] = (merged[row * after + to] as number) + share
      sum += share
    }
    for (let at = row * after; at < (row + 1) * after; at++) merged[at] = (merged[at] as number) / sum
  }
  return merged
}

/** A data set with some of its rows, in their order. */
export const keepRows = (raw: RawDataset, isKept: (row: number) => boolean): RawDataset => {
  const rows = Array.from(raw.labels.keys()).filter(isKept)
  if (rows.length === raw.labels.length) return raw
  const width = raw.images.length / raw.labels.length
  const images = new Uint8Array(rows.length * width)
  for (const [place, row] of rows.entries()) images.set(raw.images.subarray(row * width, (row + 1) * width), place * width)
  const classes = raw.classes.length
  const targets = raw.targets && new Float32Array(rows.length * classes)
  for (const [place, row] of rows.entries())
    targets?.set((raw.targets as Float32Array).subarray(row * classes, (row + 1) * classes), place * classes)
  return {
    ...raw,
    images,
    labels: Uint8Array.from(rows, (row) => raw.labels[row] as number),
    usage: raw.usage && Uint8Array.from(rows, (row) => raw.usage?.[row] as number),
    groups: raw.groups && Int32Array.from(rows, (row) => raw.groups?.[row] as number),
    targets,
  }
}

const unknownClass = (member: string, known: readonly KnownClass[]): Problem => {
  const names = known.map(({ name, label }) => (label === undefined || label === name ? name : `${label} ${name}`))
  return {
    code: 'class_unknown',
    severity: 'error',
    message: `dataset.classes has "${member}", and the data have no such class.`,
    hint: `They have: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}.`,
  }
}

const classTwice = (member: string, [first, second]: readonly [string, string]): Problem => ({
  code: 'class_unknown',
  severity: 'error',
  message: `dataset.classes puts "${member}" into two classes, "${first}" and "${second}".`,
  hint: 'An image has one class: take it out of one of them.',
})
