import { type Cell, groupedBy } from './cells.ts'
import { type ComparedTable, hasClaims } from './compare.ts'
import type { Effect } from './effects.ts'
import type { FigureCheck } from './figure_checks.ts'
import { listed, percent, words } from './format.ts'
import { dependsOnWeights } from './headline.ts'
import type { Weights } from './measures.ts'
import { type Symptom, symptomsOf } from './symptoms.ts'

/** Something to know before quoting a number, and the part of the page that has more of it. */
export type Caveat = { title: string; text: string; see: string }

type Evidence = { tables: readonly ComparedTable[]; effects: readonly Effect[]; figures: readonly FigureCheck[]; weights: Weights }

const MANY = 3

/** What to know before quoting a number, found in records, specs and claims. */
export const caveatsOf = (cells: readonly Cell[], { tables, effects, figures, weights }: Evidence): Caveat[] => [
  ...oneSeed(cells),
  ...weightsCaveat(tables),
  ...figuresCaveat(figures),
  ...confounded(effects),
  ...symptoms(cells, weights),
]

const oneSeed = (cells: readonly Cell[]): Caveat[] => {
  const lone = cells.filter(({ records }) => records.length === 1)
  if (lone.length === 0) return []
  const all = lone.length === cells.filter(({ records }) => records.length > 0).length
  return [
    {
      title: all ? 'One seed a cell' : `One seed in ${lone.length} cells`,
      text: `Another seed gives other numbers, and how far other is not known of ${all ? 'any cell' : some(lone.map(({ label }) => label))}.`,
      see: 'sure',
    },
  ]
}

/** The first few names, and how many more there are. */
const some = (names: readonly string[]): string =>
  names.length <= MANY ? listed(names) : `${names.slice(0, MANY).join(', ')} and ${names.length - MANY} more`

const weightsCaveat = (tables: readonly ComparedTable[]): Caveat[] => {
  const cells = dependsOnWeights(tables.filter(hasClaims))
  if (cells.length === 0) return []
  return [
    {
      title: 'Verdicts that depend on the weights',
      text: `With the other weights the verdict would be another for ${some(cells)}.`,
      see: 'agreement',
    },
  ]
}

const figuresCaveat = (figures: readonly FigureCheck[]): Caveat[] =>
  figures
    .filter(({ matches }) => matches.length === 0)
    .map(({ title, accuracy }) => ({
      title: 'A figure without a number',
      text: `“${title}” has ${percent(accuracy)} right, which none of the paper’s tables shows. It is compared, but no verdict is given.`,
      see: 'failures',
    }))

/** The settings that change along with an axis: in every comparison of it, or in some. */
const confounded = (effects: readonly Effect[]): Caveat[] =>
  groupedBy(effects, ({ axis }) => axis).flatMap((group): Caveat[] => {
    const axis = words(group[0]?.axis ?? '')
    const paths = [...new Set(group.flatMap(({ confounders }) => confounders.map(({ path }) => path)))]
    const partly = paths.filter((path) => !group.every(({ confounders }) => confounders.some((one) => one.path === path)))
    const steps = group.flatMap(({ confounders }) => confounders.filter(({ path }) => path === 'updates of the weights'))
    const found: Caveat[] = []
    const settings = partly.filter((path) => path !== 'updates of the weights')
    if (settings.length > 0)
      found.push({
        title: `${axis.slice(0, 1).toUpperCase()}${axis.slice(1)} does not come alone`,
        text: `In some cells ${listed(settings.map((path) => `\`${path}\``))} ${settings.length === 1 ? 'changes' : 'change'} with it: those effects are of all of it together.`,
        see: 'effects',
      })
    if (steps[0] !== undefined)
      found.push({
        title: `${axis.slice(0, 1).toUpperCase()}${axis.slice(1)} also changes how long is trained`,
        text: `${steps[0].from} updates of the weights against ${steps[0].to}: an effect of the ${axis} cannot be separated from one of training longer.`,
        see: 'effects',
      })
    return found
  })

const symptomTitles: Record<Symptom['kind'], string> = {
  unfinished: 'Training may not have been finished',
  one_answer: 'A network that gives one answer',
  weights: 'Last and best weights lie apart',
  not_finite: 'Losses that were not finite',
  overfit: 'Training images known by heart',
}

const symptoms = (cells: readonly Cell[], weights: Weights): Caveat[] => {
  const all = cells.flatMap((cell) => symptomsOf(cell, weights).map((symptom) => ({ cell, symptom })))
  return groupedBy(all, ({ symptom }) => symptom.kind).flatMap((group) => {
    const first = group[0]
    if (first === undefined) return []
    const others = group.length === 1 ? '' : ` The same holds in kind for ${group.length - 1} more.`
    return [{ title: symptomTitles[first.symptom.kind], text: `${first.cell.label}: ${first.symptom.text}.${others}`, see: 'learning' }]
  })
}
