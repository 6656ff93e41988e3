import type { SplitUsageColumn } from '../../../schema/recipe.ts'
import { type Problem, UserError, userError } from '../../problem.ts'
import { PARTS, type Part, type Split } from '../dataset.ts'
import { partOfName } from '../part_words.ts'
import { sizesOf } from './sizes.ts'
import type { SplitRow, Splittable } from './split_row.ts'
import { twoParts } from './two_parts.ts'

type Roles = Pick<SplitUsageColumn, Part>
type Shares = Pick<SplitUsageColumn, 'validation_of_train' | 'validation_of_test' | 'random_state' | 'stratify'>

/**
 * The source's own division, rows in the order of the source: its parts by their names (`Training`, `PublicTest`, a folder `test`), or in
 * the roles that the recipe gives them; a missing validation set is taken out of another part, as `train_test_split` does.
 */
export const given_parts: SplitRow<Roles & Shares> = {
  split: (dataset, spec) => {
    const { usage, usageNames, name } = dataset
    if (!usage) throw withoutUsage(name)
    const partOf = rolesOf(usageNames, spec)
    const rows: Record<Part, number[]> = { train: [], validation: [], test: [] }
    for (const [row, number] of usage.entries()) {
      const part = partOf[number]
      if (part) rows[part].push(row)
    }
    const given = { train: Int32Array.from(rows.train), validation: Int32Array.from(rows.validation), test: Int32Array.from(rows.test) }
    const whole = withValidation(given, dataset, spec)
    const empty = PARTS.filter((part) => whole[part].length === 0)
    if (empty.length > 0) throw withoutPart(dataset, empty)
    return whole
  },
}

/** The part that each of the source's parts is for; undefined for one that no role has. */
const rolesOf = (names: readonly string[], roles: Roles): (Part | undefined)[] => {
  const claims = PARTS.flatMap((part) => (roles[part] ?? []).map((name) => ({ part, name })))
  const problems = claims.flatMap(({ part, name }, at): Problem[] => {
    if (!names.includes(name)) return [unknownPart(part, name, names)]
    const other = claims.slice(0, at).find((claim) => claim.name === name)
    return other ? [partTwice(name, [other.part, part])] : []
  })
  if (problems.length > 0) throw new UserError(problems)
  return names.map((name) => {
    const claim = claims.find((one) => one.name === name)
    if (claim) return claim.part
    const meant = partOfName(name)?.part
    return meant && roles[meant] === undefined ? meant : undefined
  })
}

const unknownPart = (part: Part, name: string, names: readonly string[]): Problem => ({
  code: 'split_part_unknown',
  severity: 'error',
  message: `split.${part} has ${quoted([name])}, and the data have no such part.`,
  hint: `They have: ${quoted(names)}.`,
})

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

const partTwice = (name: string, [first, second]: readonly [Part, Part]): Problem => ({
  code: 'split_part_unknown',
  severity: 'error',
  message: `split has ${quoted([name])} in two roles, ${first} and ${second}.`,
  hint: 'An image is in one part only: take it out of one of them.',
})

const withValidation = (given: Split, dataset: Splittable, { random_state = 0, stratify = 'labels', ...shares }: Shares): Split => {
  const from = shares.validation_of_train !== undefined ? 'train' : 'test'
  const share = shares.validation_of_train ?? shares.validation_of_test
  if (share === undefined) return given
  if (given.validation.length > 0) throw validationTwice(given.validation.length, from)
  const names = { whole: `the ${from} part`, train: `${from} set`, test: 'validation set' }
  const sizes = sizesOf(given[from].length, { test_size: share }, { train: 'train_size', test: `validation_of_${from}` })
  const { train: rest, test: validation } = twoParts(given[from], dataset, { ...sizes, seed: random_state, stratify, names })
  return { ...given, [from]: rest, validation }
}

const validationTwice = (count: number, from: Part) =>
  userError({
    code: 'split_size',
    message: `The data have ${count} validation images of their own, and split.validation_of_${from} asks for others.`,
    hint: 'Leave that out, or give those that there are another role: train: [NAME, …].',
  })

const withoutUsage = (name: string) =>
  userError({
    code: 'split_no_usage',
    message: `The data set "${name}" has no division of its own (a Usage column, folders of parts, index files).`,
    hint: 'Use split: { kind: stratified_holdout }.',
  })

const withoutPart = ({ name, usageNames }: Splittable, parts: readonly Part[]) => {
  const onlyValidation = parts.length === 1 && parts[0] === 'validation'
  return userError({
    code: 'split_part_too_small',
    message: `By its own division (${quoted(usageNames)}), "${name}" has no ${parts.join(' and no ')} images.`,
    hint: onlyValidation
      ? 'Take them out of the training images: validation_of_train: 0.1. Or say which part is which: validation: [NAME].'
      : 'Say which part is which (train: [NAME], test: [NAME]), or use split: { kind: stratified_holdout }.',
  })
}
