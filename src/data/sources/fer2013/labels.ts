import type { ProblemCode } from '../../../../schema/problem_code.ts'
import type { Place, Problem } from '../../../problem.ts'
import type { KnownClass } from '../choose_classes.ts'
import { CLASSES } from './row.ts'

/** A label as it is written in the file, and where it is there first. */
export type SeenLabel = { text: string; place: Place }

/** The classes of a file, and of each label that it has the number of its class. */
export type Labels = { known: readonly KnownClass[]; classOf: Int32Array }

/** A class number is a byte. */
const MOST_CLASSES = 256
const MOST_PROBLEMS = 5

/**
 * The classes that labels stand for. Numbers are FER2013's classes, or what the recipe names them; words are the names of their classes,
 * in the order of the alphabet, as scikit-learn's LabelEncoder sorts them.
 * @param isNamed whether the recipe says itself which labels are which classes
 */
export const labelsOf = (seen: readonly SeenLabel[], { isNamed }: { isNamed: boolean }): Labels | Problem[] => {
  const areNumbers = isNumber(seen[0]?.text ?? '0')
  const mixed = seen.filter(({ text }) => isNumber(text) !== areNumbers)
  if (mixed.length > 0) return mixed.slice(0, MOST_PROBLEMS).map((label) => mixedLabel(label, areNumbers))
  return areNumbers ? numbered(seen, isNamed) : worded(seen)
}

const isNumber = (text: string): boolean => /^\d+(\.0*)?$/.test(text)

const mixedLabel = ({ text, place }: SeenLabel, areNumbers: boolean): Problem =>
  error('csv_label', place, {
    message: `The label is ${JSON.stringify(text)}; the rows above have ${areNumbers ? 'numbers' : 'words'}.`,
    hint: 'Write all labels as numbers, or all as words.',
  })

const error = (code: ProblemCode, place: Place, words: { message: string; hint?: string }): Problem => ({
  code,
  severity: 'error',
  place,
  ...words,
})

const numbered = (seen: readonly SeenLabel[], isNamed: boolean): Labels | Problem[] => {
  const numbers = seen.map(({ text }) => Number.parseInt(text, 10))
  const large = seen.filter((_, at) => (numbers[at] as number) >= MOST_CLASSES)
  const unnamed = isNamed ? large : seen.filter((_, at) => (numbers[at] as number) >= CLASSES.length)
  if (unnamed.length > 0) return unnamed.slice(0, MOST_PROBLEMS).map((label) => unknownNumber(label, numbers))
  const last = numbers.reduce((most, number) => Math.max(most, number), CLASSES.length - 1)
  const known = Array.from({ length: last + 1 }, (_, number) => ({ name: CLASSES[number] ?? String(number), label: String(number) }))
  return { known, classOf: Int32Array.from(numbers) }
}

const unknownNumber = ({ text, place }: SeenLabel, numbers: readonly number[]): Problem => {
  const all = [...new Set([...CLASSES.keys(), ...numbers])].filter((number) => number < MOST_CLASSES).sort((a, b) => a - b)
  const names = all.map((number) => `${CLASSES[number] ?? `"${number}"`}: ${number}`)
  const hint = names.length <= 20 ? { hint: `If the file has more classes, name them all: dataset.classes: { ${names.join(', ')} }` } : {}
  const known = CLASSES.map((name, index) => `${index} ${name}`).join(', ')
  return error('csv_label', place, { message: `The label is ${JSON.stringify(text)}; expected 0 to 6 (${known}).`, ...hint })
}

const worded = (seen: readonly SeenLabel[]): Labels | Problem[] => {
  const last = seen[MOST_CLASSES]
  if (last) return [tooMany(last)]
  const names = seen.map(({ text }) => text).toSorted()
  return { known: names.map((name) => ({ name })), classOf: Int32Array.from(seen, ({ text }) => names.indexOf(text)) }
}

const tooMany = ({ place }: SeenLabel): Problem =>
  error('csv_label', place, {
    message: `The file has more than ${MOST_CLASSES} different labels.`,
    hint: 'A data set can have 256 classes; perhaps another column holds the labels.',
  })
