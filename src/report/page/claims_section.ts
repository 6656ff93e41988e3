import type { Element } from 'hast'
import { h } from 'hastscript'
import { type ComparedTable, hasClaims } from '../compare.ts'
import { compareTable } from './compare_table.ts'
import { section } from './html.ts'

const WEIGHTS =
  'The last weights are those after the final epoch, the best those of the checkpoint. Papers seldom say which of them they show, so both stand here.'
const INTERVAL = 'The interval is Wilson’s for the accuracy of one seed on its images, Student’s t over the seeds for two or more.'
const VERDICT =
  'A claim agrees where it could be one further run of the same experiment (95 %): by Newcombe’s interval of the difference of two accuracies for one seed, by Student’s prediction interval for several. Where that interval reaches further than a tenth of the claim, nearly anything would agree, and the verdict is open.'

const key = (name: string, sign: string, meaning: string): Element =>
  h('li', h('span', { className: ['key', name], ariaHidden: 'true' }, sign), meaning)

/** The paper's tables with what was measured; without claims, what was measured. */
export const claimsSection = (tables: readonly ComparedTable[]): Element => {
  const claims = tables.some(hasClaims)
  const keys = [...(claims ? [key('claimed', '◆', 'claimed')] : []), key('measured', '●', 'measured, on its 95 % interval')]
  const method = [WEIGHTS, INTERVAL, ...(claims ? [VERDICT] : [])].join(' ')
  return section(
    'claims',
    claims ? 'Claimed and measured' : 'Measured',
    h('ul.legend', keys),
    ...tables.map(compareTable),
    h('p.note', method),
  )
}
