import type { SplitUsageColumn } from '../../../schema/recipe.ts'
import { userError } from '../../problem.ts'
import { PARTS, type Split } from '../dataset.ts'
import type { SplitRow } from './split_row.ts'

/** The source's own division, rows in the order of the source. */
export const usage_column: SplitRow<SplitUsageColumn> = {
  split: ({ usage, name }) => {
    if (!usage) throw withoutUsage(name)
    const rows: Record<keyof Split, number[]> = { train: [], validation: [], test: [] }
    for (const [row, part] of usage.entries()) rows[PARTS[part] as keyof Split].push(row)
    const empty = PARTS.filter((part) => rows[part].length === 0)
    if (empty.length > 0) throw withoutPart(name, empty)
    return { train: Int32Array.from(rows.train), validation: Int32Array.from(rows.validation), test: Int32Array.from(rows.test) }
  },
  sizes: ({ usageCounts, name }) => {
    if (!usageCounts) throw withoutUsage(name)
    const [train = 0, validation = 0, test = 0] = usageCounts
    return { train, validation, test }
  },
}

const ANOTHER = 'Use split: { kind: stratified_holdout }.'

const withoutUsage = (name: string) =>
  userError({
    code: 'split_no_usage',
    message: `The data set "${name}" has no division of its own for split: { kind: usage_column }.`,
    hint: ANOTHER,
  })

const withoutPart = (name: string, parts: readonly string[]) =>
  userError({
    code: 'split_part_too_small',
    message: `By its Usage column, "${name}" has no ${parts.join(' and no ')} images.`,
    hint: ANOTHER,
  })
