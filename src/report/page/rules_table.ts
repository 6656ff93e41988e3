import type { Element } from 'hast'
import { h } from 'hastscript'
import { type ComparedTable, hasClaims } from '../compare.ts'
import { verdictNames } from '../compare_text.ts'
import { text } from '../data_table.ts'
import { fixed, listed, NONE, percent } from '../format.ts'
import { otherRules } from '../other_rules.ts'
import { dataTable } from './data_table.ts'

const yesNo = (value: boolean | null): string => (value === null ? NONE : value ? 'yes' : 'no')

/** What other rules say of the claims that were measured; absent where there are none. */
export const rulesTable = (tables: readonly ComparedTable[]): Element[] => {
  const rows = otherRules(tables)
  if (rows.length === 0) return []
  const note = 'Where the rules disagree, a verdict is the rule’s and not the data’s.'
  return [
    dataTable({
      caption: 'What other rules would say',
      columns: [
        'claim',
        'this study’s rule',
        'in the mean’s interval',
        'in one more run’s interval',
        'Newcombe, first seed',
        'same place',
      ].map(text),
      rows: rows.map(({ cell, line, meanInterval, oneMoreRun, newcombe, rank }) => [
        cell.label,
        verdictNames[line.verdict],
        yesNo(meanInterval),
        yesNo(oneMoreRun),
        yesNo(newcombe),
        `${yesNo(rank.claimed === rank.measured)}, ${rank.claimed} → ${rank.measured}`,
      ]),
    }),
    h('p.note', note),
  ]
}

const deviationText = ({ deviation, weights }: ComparedTable): string => {
  const known = deviation[weights]
  if (known === null)
    return 'no cell has two seeds that differ, so it varies over the test images: two accuracies on as many images (Newcombe’s interval)'
  return `one run varies by ${fixed(100 * known.value, 2)} points (one standard deviation, pooled over the cells, ${known.freedom} degrees of freedom)`
}

/** The rule in words, with the numbers of this study. */
export const ruleText = (tables: readonly ComparedTable[]): string => {
  const claimed = tables.filter(hasClaims)
  const margins = [
    ...new Set(
      claimed.map(({ rule, measure }) => (measure.scale === 'share' ? `${fixed(100 * rule.margin, 1)} points` : fixed(rule.margin, 3))),
    ),
  ]
  const confidences = [...new Set(claimed.map(({ rule }) => percent(rule.confidence, 0)))]
  const first = claimed[0]
  return first === undefined
    ? ''
    : `Here the margin is ${listed(margins)}, the interval holds one more run with ${listed(confidences)}, and ${deviationText(first)}.`
}
