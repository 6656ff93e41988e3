import type { Cell } from './cells.ts'
import { type ComparedCell, type ComparedTable, countingLine, type Line, type Tally, tallyOf } from './compare.ts'
import { valueText } from './compare_text.ts'
import { fixed, listed, NBSP, plural, signed } from './format.ts'
import { bothWeights } from './measures.ts'
import { symptomsOf } from './symptoms.ts'

/** A sentence; what is between `**` stands out. */
export type Headline = { answer: string; why: readonly string[] }

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** Small numbers as words. */
export const inWords = (n: number): string => NUMBERS[n] ?? String(n)

/** The study's answer in one sentence, and what the records show of why. Without claims: what was measured. */
export const headlineOf = (tables: readonly ComparedTable[], cells: readonly Cell[]): Headline => {
  const tally = tallyOf(tables)
  if (tally.claims === 0) return { answer: best(cells, tables), why: [] }
  return { answer: ofClaims(tally, tables), why: [...differing(tables), ...openText(tables)] }
}

const best = (cells: readonly Cell[], tables: readonly ComparedTable[]): string => {
  const lines = tables.flatMap(({ cells: all, measure }) => all.flatMap((one) => ({ one, measure, line: countingLine(one) })))
  const found = lines.filter((one): one is typeof one & { line: Line } => one.line !== null)
  const top = found.toSorted((a, b) => b.line.sample.mean - a.line.sample.mean)[0]
  if (top === undefined) return cells.length === 0 ? 'The study has no runs.' : 'Nothing was run yet.'
  const value = valueText(top.line.sample.mean, top.measure)
  if (found.length === 1) return `The ${top.measure.name} is **${value}**.`
  return `The best ${top.measure.name} is **${value}**, of ${top.one.label}, out of ${inWords(found.length)} cells.`
}

const ofClaims = (tally: Tally, tables: readonly ComparedTable[]): string => {
  const claims = tables.filter(({ cells }) => cells.some(({ claimed }) => claimed !== null))
  const all = `${inWords(tally.claims)} ${nounOf(claims)}`
  if (tally.not_run === tally.claims) return `Nothing is known yet of the paper’s ${all}: none was run.`
  if (tally.agrees + tally.differs + tally.open === 0)
    return `**No verdict.** What was measured of the paper’s ${all} cannot be held against it.`
  const [first = '', ...rest] = verdictParts(tally, marginText(claims))
  return `${capital(`of the paper’s ${all}`)} ${[first, ...rest].join(', ')}.`
}

const nounOf = (tables: readonly ComparedTable[]): string => {
  const names = new Set(tables.map(({ measure }) => measure.name))
  return names.size === 1 ? ([...names][0] as string).replace(/accuracy$/, 'accuracies').replace(/loss$/, 'losses') : 'claims'
}

const verdictParts = ({ agrees, differs, open, not_run, not_comparable }: Tally, within: string): string[] => [
  ...(agrees > 0 ? [`${inWords(agrees)} **${agrees === 1 ? 'agrees' : 'agree'}**${within}`] : []),
  ...(differs > 0 ? [`${inWords(differs)} **${differs === 1 ? 'differs' : 'differ'}**`] : []),
  ...(open > 0 ? [`${inWords(open)} ${open === 1 ? 'is' : 'are'} **open**`] : []),
  ...(not_comparable > 0 ? [`${inWords(not_comparable)} ${not_comparable === 1 ? 'is' : 'are'} not comparable`] : []),
  ...(not_run > 0 ? [`${inWords(not_run)} ${not_run === 1 ? 'was' : 'were'} not run`] : []),
]

const marginText = (tables: readonly ComparedTable[]): string => {
  const margins = new Set(
    tables.map(({ rule, measure }) =>
      measure.scale === 'share' ? `${fixed(100 * rule.margin, 1).replace('.0', '')}${NBSP}points` : `${rule.margin}`,
    ),
  )
  return margins.size === 1 ? ` within ${[...margins][0]}` : ''
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const MOST_NAMED = 4

/** The claims that differ, by how much, and what their records have in common that may explain it. */
const differing = (tables: readonly ComparedTable[]): string[] => {
  const found = tables.flatMap(({ cells, measure }) =>
    cells.flatMap((one) => {
      const line = countingLine(one)
      return line?.verdict === 'differs' && line.difference !== null ? [{ one, line, measure, by: line.difference.value }] : []
    }),
  )
  if (found.length === 0) return []
  const named = found.slice(0, MOST_NAMED).map(({ one, measure, by }) => {
    const shown = measure.scale === 'share' ? signed(by) : signed(by, { scale: 1, digits: 3 })
    return `${nameOf(one)} (${shown})`
  })
  const rest = found.length > MOST_NAMED ? [`${inWords(found.length - MOST_NAMED)} more`] : []
  const kinds = found.map(({ one, line }) => (one.cell === null ? [] : symptomsOf(one.cell, line.sample.weights)))
  const common = (kinds[0] ?? []).find(({ kind }) => kinds.every((all) => all.some((other) => other.kind === kind)))
  const why =
    common === undefined
      ? ''
      : ` ${found.length === 1 ? 'Its records show that' : 'Of the first, and in kind of all of them:'} ${common.text}.`
  return [`Different: ${listed([...named, ...rest])}.${why}`]
}

const nameOf = ({ cell, label }: ComparedCell): string => cell?.label ?? label

const openText = (tables: readonly ComparedTable[]): string[] => {
  const lines = tables.flatMap(({ cells }) => cells.flatMap((one) => countingLine(one) ?? [])).filter(({ verdict }) => verdict === 'open')
  if (lines.length === 0) return []
  if (lines.some(({ difference }) => difference?.oneMore?.over === 'images')) {
    const half = Math.max(
      ...lines.map(({ difference }) => (difference?.oneMore ? (difference.oneMore.interval[1] - difference.oneMore.interval[0]) / 2 : 0)),
    )
    return [
      `With one seed a cell, nothing is known of how runs vary; on so many test images two runs of equal networks may lie ${fixed(100 * half, 1)}${NBSP}points apart. More seeds settle what is open.`,
    ]
  }
  const needed = lines.flatMap(({ difference }) => difference?.needed ?? [])
  if (needed.length === 0) return ['What is open no number of seeds would settle: single runs vary too much for this margin.']
  return [
    `${plural(Math.max(...needed), 'seed')} a cell would settle ${needed.length === lines.length ? 'all' : inWords(needed.length)} of what is open.`,
  ]
}

/** Whether the verdict would change with the other weights, by cell. */
export const dependsOnWeights = (tables: readonly ComparedTable[]): string[] =>
  tables.flatMap(({ cells }) =>
    cells
      .filter(
        ({ lines }) =>
          new Set(bothWeights.flatMap((weights) => lines.find(({ sample }) => sample.weights === weights)?.verdict ?? [])).size > 1,
      )
      .map(nameOf),
  )
