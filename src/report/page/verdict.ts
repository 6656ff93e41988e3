import type { Element } from 'hast'
import { h, s } from 'hastscript'
import type { Tally } from '../compare.ts'
import { verdictNames } from '../compare_text.ts'
import { count } from '../format.ts'
import type { Sign } from '../protocol.ts'
import type { Verdict } from '../rule.ts'

const TICK = 'M2.5 7.5 5.5 10.5 11.5 3.5'
const UNEQUAL = 'M2 5H12M2 9H12M9.5 2 4.5 12'
const WAVE = 'M2 8C4 4 6 4.5 7 7S10 10 12 6'
const RING = 'M2.5 7A4.5 4.5 0 1 1 11.5 7A4.5 4.5 0 1 1 2.5 7Z'
const MARK = 'M7 2V8.5M7 10.5V12.5'

const paths: Record<Verdict | 'not_run', string> = {
  agrees: TICK,
  differs: UNEQUAL,
  open: WAVE,
  not_comparable: RING,
  no_claim: RING,
  not_run: RING,
}

/** A verdict by sign, colour and word. */
export const verdictSign = (verdict: Verdict | 'not_run'): Element =>
  h('span', { className: ['verdict', verdict] }, icon(paths[verdict]), verdict === 'not_run' ? 'not run' : verdictNames[verdict])

const icon = (path: string): Element =>
  s('svg', { width: 14, height: 14, viewBox: '0 0 14 14', ariaHidden: 'true' }, s('path', { d: path }))

const tallyWords: Record<Exclude<keyof Tally, 'claims'>, readonly [one: string, several: string]> = {
  agrees: ['agrees', 'agree'],
  differs: ['differs', 'differ'],
  open: ['open', 'open'],
  not_comparable: ['not comparable', 'not comparable'],
  not_run: ['not run', 'not run'],
}

/** How many claims have each verdict, by sign, colour and word: those that any has. */
export const verdictTally = (tally: Tally): Element[] =>
  (Object.keys(tallyWords) as (keyof typeof tallyWords)[])
    .filter((verdict) => tally[verdict] > 0)
    .map((verdict) =>
      h(
        'span',
        { className: ['verdict', verdict] },
        icon(paths[verdict]),
        `${count(tally[verdict])} ${tallyWords[verdict][tally[verdict] === 1 ? 0 : 1]}`,
      ),
    )

/** Yes or no of another rule, in the colours of verdicts. */
export const yesNo = (value: boolean | null): Element =>
  value === null
    ? h('span', '–')
    : h('span', { className: ['verdict', value ? 'agrees' : 'differs'] }, icon(value ? TICK : UNEQUAL), value ? 'yes' : 'no')

const signs: Record<Sign, { path: string; word: string }> = {
  good: { path: TICK, word: 'In order: ' },
  doubt: { path: MARK, word: 'To know: ' },
  unknown: { path: RING, word: 'Not known: ' },
}

/** The sign of a check, with its word for those who do not see it. */
export const checkSign = (sign: Sign): Element[] => [icon(signs[sign].path), h('span.unseen', signs[sign].word)]
