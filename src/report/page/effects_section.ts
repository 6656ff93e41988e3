import type { Element } from 'hast'
import { h } from 'hastscript'
import { effectsForest, imagesText, pointsText, pText, stepName } from '../charts/effects.ts'
import type { Figure } from '../charts/figure.ts'
import { type DataTable, number, text } from '../data_table.ts'
import type { Effect } from '../effects.ts'
import { listed, NONE, plural, signed, words } from '../format.ts'
import { inWords } from '../headline.ts'
import { dataTable } from './data_table.ts'
import { figureElement } from './figure.ts'
import { section } from './html.ts'

/** More effects than this are shown in their table alone. */
const MOST_DRAWN = 40
const CERTAIN = 0.05

/** What did each choice contribute? Absent where no two cells differ in one axis alone. */
export const effectsSection = async (effects: readonly Effect[]): Promise<Element[]> => {
  if (effects.length === 0) return []
  const note =
    'Found by comparing the settings in the records of the two cells. Where something else changes too, an effect is of all of it together.'
  return [
    section(
      'effects',
      'What did each choice contribute?',
      await figureElement(figureOf(effects)),
      confoundersTable(effects),
      h('p.note', note),
    ),
  ]
}

const figureOf = (effects: readonly Effect[]): Figure => {
  const drawn = effects.slice(0, MOST_DRAWN)
  const { wide, narrow } = effectsForest(drawn)
  const more = effects.length > drawn.length ? ` The first ${drawn.length} are drawn; the table has all.` : ''
  const claims = effects.some(({ claimed }) => claimed !== null)
  return {
    id: 'figure-effects',
    title: titleOf(effects),
    reading: readingOf(effects) + more,
    legend: [
      ...(claims ? [{ sign: 'claimed_interval', label: 'from the paper’s numbers, two single runs' } as const] : []),
      { sign: 'measured', label: 'measured, 95 %' },
    ],
    columns: 1,
    views: [{ label: '', pictures: [{ title: null, caption: null, description: describe(drawn), drawing: wide, narrow }] }],
    tables: [tableOf(effects)],
  }
}

/** How many effects stand out of noise, and how many of the paper's have the sign of ours. */
const titleOf = (effects: readonly Effect[]): string => {
  const certain = effects.filter(({ corrected }) => corrected !== null && corrected < CERTAIN)
  const claimed = certain.filter(({ claimed: one }) => one !== null)
  const opposite = claimed.filter(({ value, claimed: one }) => one !== null && Math.sign(one.value) !== Math.sign(value))
  const some = `${capital(inWords(certain.length))} of ${plural(effects.length, 'effect')} ${certain.length === 1 ? 'stands' : 'stand'} out of the noise`
  const first =
    certain.length === effects.length && effects.length > 1 ? `All ${inWords(effects.length)} effects stand out of the noise` : some
  if (claimed.length === 0) return first
  return opposite.length === 0
    ? `${first}, all in the paper’s direction`
    : `${first}, ${inWords(opposite.length)} against the paper’s direction`
}

const capital = (one: string): string => one.slice(0, 1).toUpperCase() + one.slice(1)

const readingOf = (effects: readonly Effect[]): string => {
  const overs = [...new Set(effects.map(({ over }) => over))].map((over) => (over === 'images' ? 'test images' : over))
  const paired = effects.some(({ images }) => images !== null)
  const how = paired
    ? 'Each row compares two cells on the same images with the same seeds. Won and lost count the images that change sides, mean over seeds.'
    : 'Each row compares two cells. What was answered on each image is not known here, so nothing is paired, and intervals are wider than they need be.'
  return `${how} Intervals vary over ${listed(overs)}; p is corrected by Holm for ${plural(effects.length, 'comparison')}.`
}

const describe = (effects: readonly Effect[]): string =>
  `Differences of test accuracy in points. ${effects
    .map(
      (effect) =>
        `${stepName(effect)}, ${effect.label}: ${signed(effect.value, { digits: 1 })}${effect.claimed === null ? '' : `, in the paper ${signed(effect.claimed.value, { digits: 1 })}`}`,
    )
    .join('. ')}.`

const tableOf = (effects: readonly Effect[]): DataTable => ({
  caption: 'Effects on the test accuracy, in points',
  columns: [
    text('step'),
    text('where'),
    number('measured'),
    number('95 %'),
    text('over'),
    number('p'),
    number('p, Holm'),
    number('won / lost'),
    number('McNemar p, largest of the seeds'),
    number('paper'),
    number('paper, 95 %'),
  ],
  rows: effects.map((effect) => [
    stepName(effect),
    effect.label || NONE,
    signed(effect.value, { digits: 2 }),
    pointsText(effect.interval),
    effect.over,
    pText(effect.p),
    pText(effect.corrected),
    imagesText(effect),
    pText(effect.images?.p ?? null),
    effect.claimed === null ? NONE : signed(effect.claimed.value, { digits: 2 }),
    effect.claimed?.interval ? pointsText(effect.claimed.interval) : NONE,
  ]),
})

/** What else changes with each step, found from the settings of the two cells. */
const confoundersTable = (effects: readonly Effect[]): Element => {
  const steps = [...new Set(effects.map(stepName))]
  const rows = steps.flatMap((step) => {
    const group = effects.filter((effect) => stepName(effect) === step)
    const found = group.flatMap(({ confounders, label }) => confounders.map((one) => ({ ...one, label })))
    const keys = [...new Set(found.map(({ path, from, to }) => JSON.stringify([path, from, to])))]
    if (keys.length === 0) return [[step, 'nothing else', NONE, NONE, 'all']]
    return keys.map((key) => {
      const [path = '', from = '', to = ''] = JSON.parse(key) as string[]
      const where = found.filter((one) => JSON.stringify([one.path, one.from, one.to]) === key).map(({ label }) => label)
      return [step, words(path), from, to, where.length === group.length ? 'all' : where.join('; ')]
    })
  })
  return dataTable({
    caption: 'What else changes with each step',
    columns: [text('step'), text('also changes'), text('from'), text('to'), text('in')],
    rows,
  })
}
