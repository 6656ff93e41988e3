import type { Element } from 'hast'
import { h } from 'hastscript'
import { absenceText } from '../absence_text.ts'
import type { Figure } from '../charts/figure.ts'
import { forest } from '../charts/forest.ts'
import { type ComparedCell, type ComparedTable, countingLine, hasClaims, type Line, type Tally, tallyOf } from '../compare.ts'
import { overNames, rangeText } from '../compare_text.ts'
import { type Column, number, text } from '../data_table.ts'
import { fixed, listed, NONE, percent, signed } from '../format.ts'
import { inWords } from '../headline.ts'
import { bothWeights, type Measure, weightsNames } from '../measures.ts'
import { otherRules } from '../other_rules.ts'
import { tableBox } from './data_table.ts'
import { figureElement } from './figure.ts'
import { type Child, section } from './html.ts'
import { verdictSign, yesNo } from './verdict.ts'

/** Does it agree? The paper's tables with what was measured, as a picture and as numbers, the rule, and other rules. */
export const agreementSection = async (tables: readonly ComparedTable[]): Promise<Element> => {
  const figures: Element[] = []
  for (const [index, group] of byMeasure(tables).entries()) {
    const figure = forestFigure(group, index)
    if (figure !== null) figures.push(await figureElement(figure))
  }
  return section(
    'agreement',
    tables.some(hasClaims) ? 'Does it agree?' : 'What was measured?',
    ...figures,
    ...tables.map(numbersTable),
    ...ruleBox(tables),
    ...rulesTable(tables),
  )
}

const byMeasure = (tables: readonly ComparedTable[]): ComparedTable[][] => {
  const measures = [...new Set(tables.map(({ measure }) => measure))]
  return measures.map((measure) => tables.filter((table) => table.measure === measure))
}

/** Claims and numbers of tables of one measure. */
const forestFigure = (tables: readonly ComparedTable[], index: number): Figure | null => {
  const [first] = tables
  if (first === undefined) return null
  const order = [first.weights, ...bothWeights.filter((one) => one !== first.weights)]
  const views = order.flatMap((weights) => {
    const drawn =
      tables.some(({ cells }) => cells.some(({ lines }) => lines.some(({ sample }) => sample.weights === weights))) ||
      weights === first.weights
        ? forest(tables, weights)
        : null
    if (drawn === null) return []
    return [
      {
        label: weightsNames[weights],
        pictures: [{ title: null, caption: null, description: describe(tables, weights), drawing: drawn.wide, narrow: drawn.narrow }],
      },
    ]
  })
  if (views.length === 0) return null
  const claims = tables.some(hasClaims)
  return {
    id: index === 0 ? 'figure-agreement' : `figure-agreement-${index + 1}`,
    title: forestTitle(tallyOf(tables), first.measure),
    reading: reading(tables),
    legend: [
      ...(claims ? [{ sign: 'claimed_interval', label: 'claimed, one run' } as const] : []),
      { sign: 'measured', label: 'measured, mean' },
      { sign: 'seed', label: 'a seed' },
      ...(claims ? [{ sign: 'band', label: 'within the margin' } as const] : []),
    ],
    columns: 1,
    views,
    choice: 'Weights',
    tables: [],
  }
}

function describe(tables: readonly ComparedTable[], weights: (typeof bothWeights)[number]): string {
  const parts = tables.flatMap(({ cells, measure }) =>
    cells.map((cell) => {
      const line = cell.lines.find(({ sample }) => sample.weights === weights)
      const claimed = cell.claimed === null ? '' : ` claimed ${bare(cell.claimed, measure)},`
      return `${cell.label}:${claimed} ${line === undefined ? 'not run' : `measured ${bare(line.sample.mean, measure)}${cell.claimed === null ? '' : `, ${line.verdict.replaceAll('_', ' ')}`}`}`
    }),
  )
  return `${capital(tables[0]?.measure.name ?? '')}, ${weightsNames[weights]}. ${parts.join('. ')}.`
}

const bare = (value: number, { scale }: Measure): string => (scale === 'share' ? fixed(100 * value, 2) : fixed(value, 4))

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

const forestTitle = (tally: Tally, measure: Measure): string => {
  if (tally.claims === 0) return `${capital(measure.name)} of every cell`
  if (tally.not_run === tally.claims) return `What the paper claims; nothing was run yet`
  if (tally.agrees + tally.differs + tally.open === 0) return 'Claimed and measured, which do not compare'
  const parts = [
    ...(tally.agrees > 0 ? [`${inWords(tally.agrees)} agree${tally.agrees === 1 ? 's' : ''}`] : []),
    ...(tally.differs > 0 ? [`${inWords(tally.differs)} differ${tally.differs === 1 ? 's' : ''}`] : []),
    ...(tally.open > 0 ? [`${inWords(tally.open)} ${tally.open === 1 ? 'is' : 'are'} open`] : []),
  ]
  return capital(`${listed(parts)} of ${inWords(tally.claims)} claims`)
}

const reading = (tables: readonly ComparedTable[]): string => {
  if (!tables.some(hasClaims)) return `Discs are means, small dots seeds.${variesOver(tables)}`
  return `Left, the paper’s number with Wilson’s interval for one run on as many test images, and ours. Right, the difference: a bar is where one more run would lie, small dots are seeds; the ground is the margin.${variesOver(tables)}`
}

/** What the intervals of a table vary over, in words; empty where nothing was measured. */
const variesOver = (tables: readonly ComparedTable[]): string => {
  const overs = new Set(tables.flatMap(({ cells }) => cells.flatMap((cell) => countingLine(cell)?.spread?.over ?? [])))
  const words = [...overs].map((over) => (over === 'seeds' ? 'over seeds, on the same images' : 'over test images, under the same network'))
  return words.length === 0 ? '' : ` Our intervals vary ${listed(words)}.`
}

/** A table of the paper in numbers: each claim beside what was measured, for the last and the best weights. */
export const numbersTable = (table: ComparedTable): Element => {
  const rows = table.cells.flatMap((cell): Child[][][] =>
    cell.lines.length === 0 ? [missingRow(cell, table)] : cell.lines.map((line) => [[cell.label], ...lineCells(cell, line, table)]),
  )
  const claims = hasClaims(table)
  const kept = COLUMNS.map((_, index) => claims || ![2, 8, 9, 10].includes(index))
  const confidence = percent(table.rule.confidence, 0)
  const columns = COLUMNS.filter((_, index) => kept[index]).map((column) => ({
    ...column,
    name: column.name.replace(/^95\s%/, confidence),
  }))
  const caption = [table.title, `${table.measure.name}${table.measure.scale === 'share' ? ', %' : ''}`, table.where]
    .filter((part) => part !== null)
    .join(', ')
  return tableBox(
    caption,
    columns,
    rows.map((row) => row.filter((_, index) => kept[index])),
  )
}

const COLUMNS: readonly Column[] = [
  text('cell'),
  text('weights'),
  number('claimed'),
  number('measured'),
  number('95 % of the mean'),
  text('over'),
  number('seeds'),
  number('validation'),
  number('difference'),
  number('one more run'),
  text('verdict'),
]

const missingRow = (cell: ComparedCell, { measure }: ComparedTable): Child[][] => {
  const why = cell.cell === null ? 'Not among the runs of this report.' : absenceText(cell.cell) || 'Nothing was measured.'
  return [
    [cell.label],
    [NONE],
    [cell.claimed === null ? NONE : bare(cell.claimed, measure)],
    ...Array.from({ length: 7 }, () => [NONE]),
    [verdictSign('not_run'), ...remark(why.replaceAll('`', ''))],
  ]
}

const remark = (words: string): Element[] => (words === '' ? [] : [h('small', `: ${words}`)])

const lineCells = (cell: ComparedCell, line: Line, { measure }: ComparedTable): Child[][] => {
  const { sample, spread, difference } = line
  const oneMore = difference?.oneMore ?? null
  return [
    [line.counts ? sample.weights : h('small', sample.weights)],
    [cell.claimed === null ? NONE : bare(cell.claimed, measure)],
    [bare(sample.mean, measure)],
    [spread === null ? NONE : `${rangeText(spread.interval, measure)}`],
    [spread === null ? NONE : overNames[spread.over].replace('over ', '')],
    [String(sample.seeds.length)],
    [sample.validation === null ? NONE : bare(sample.validation, measure)],
    [difference === null ? NONE : points(difference.value, measure, 2)],
    [oneMore === null ? NONE : `${points(oneMore.interval[0], measure, 1)} to ${points(oneMore.interval[1], measure, 1)}`],
    line.verdict === 'no_claim' ? [NONE] : [verdictSign(line.verdict), ...remark(settling(line))],
  ]
}

const points = (value: number, { scale }: Measure, digits: number): string =>
  signed(value, scale === 'share' ? { digits } : { scale: 1, digits: digits + 2 })

/** What would settle an open verdict. */
const settling = ({ difference, verdict }: Line): string => {
  if (verdict !== 'open') return ''
  if (difference?.oneMore == null) return 'a second seed would show how runs vary'
  if (difference.oneMore.over === 'images') return 'more seeds a cell would settle it'
  return difference.needed === null ? 'single runs vary too much for the margin' : `${difference.needed} seeds would settle it`
}

const ruleBox = (tables: readonly ComparedTable[]): Element[] => {
  const claimed = tables.filter(hasClaims)
  const [first] = claimed
  if (first === undefined) return []
  const margins = [
    ...new Set(
      claimed.map(({ rule, measure }) =>
        measure.scale === 'share' ? `${fixed(100 * rule.margin, 1).replace('.0', '')} points` : String(rule.margin),
      ),
    ),
  ]
  return [
    h(
      'div.rule',
      h('p', h('b', 'The rule. '), deviationText(first)),
      h(
        'p',
        h('b', 'Agrees'),
        `: all of that interval lies within ${listed(margins)} of the claim. `,
        h('b', 'Differs'),
        ': none of it does. ',
        h('b', 'Open'),
        ': some of it does.',
      ),
      h(
        'p',
        'Margin, confidence and the weights that count stand in the recipe; they were not chosen after the runs. To differ is not to be refuted: what the records show beside it stands in the next section.',
      ),
    ),
  ]
}

const deviationText = ({ deviation, weights, measure }: ComparedTable): string => {
  const known = deviation[weights]
  if (known === null)
    return 'No cell has two seeds that differ, so nothing is known of how seeds vary: one more run is taken to lie as two accuracies on as many test images lie (Newcombe’s interval).'
  const value = measure.scale === 'share' ? `${fixed(100 * known.value, 2)} points` : fixed(known.value, 4)
  return `With m the mean of n seeds and s the standard deviation of one run, pooled over all cells (${value}, ${known.freedom} degrees of freedom), one more run lies in m ± t·s·√(1 + 1/n).`
}

/** What other rules say of the claims that were measured, so that nobody need trust one rule; absent where there are none. */
const rulesTable = (tables: readonly ComparedTable[]): Element[] => {
  const rows = otherRules(tables)
  if (rows.length === 0) return []
  const columns = [
    'claim',
    'the rule above',
    'in the mean’s interval',
    'in one more run’s interval',
    'Newcombe, first seed',
    'same place',
  ].map(text)
  return [
    tableBox(
      'Would another rule say otherwise?',
      columns,
      rows.map(({ cell, line, meanInterval, oneMoreRun, newcombe, rank }) => [
        [cell.cell?.label ?? cell.label],
        [verdictSign(line.verdict)],
        [yesNo(meanInterval)],
        [yesNo(oneMoreRun)],
        [yesNo(newcombe)],
        [yesNo(rank.claimed === rank.measured), h('small', ` ${rank.claimed} → ${rank.measured}`)],
      ]),
    ),
    h(
      'p.note',
      'Where the rules disagree, a verdict is the rule’s and not the data’s. “Same place”: the claim’s place among all claims and the number’s among all numbers, the largest first.',
    ),
  ]
}
