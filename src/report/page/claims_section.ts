import type { Element } from 'hast'
import { h } from 'hastscript'
import { type ComparedTable, hasClaims } from '../compare.ts'
import { compareTable } from './compare_table.ts'
import { section } from './html.ts'
import { rulesTable, ruleText } from './rules_table.ts'

const WEIGHTS =
  'The last weights are those after the final epoch, the best those of the checkpoint. Papers seldom say which of them they show, so both stand here.'
const INTERVAL =
  'The interval is Student’s t over seeds, with their deviation pooled over all cells; where no two seeds of any cell tell it, Wilson’s over the test images.'
const VERDICT =
  'A claim agrees where the whole interval of one more run lies within the margin that the recipe sets, differs where none of it does, and is open otherwise.'

const key = (name: string, sign: string, meaning: string): Element =>
  h('li', h('span', { className: ['key', name], ariaHidden: 'true' }, sign), meaning)

/** The paper's tables with what was measured; without claims, what was measured. */
export const claimsSection = (tables: readonly ComparedTable[]): Element => {
  const claims = tables.some(hasClaims)
  const keys = [...(claims ? [key('claimed', '◆', 'claimed')] : []), key('measured', '●', 'measured, on its 95 % interval')]
  const method = [WEIGHTS, INTERVAL, ...(claims ? [VERDICT, ruleText(tables)] : [])].join(' ')
  return section(
    'claims',
    claims ? 'Claimed and measured' : 'Measured',
    h('ul.legend', keys),
    ...tables.map(compareTable),
    h('p.note', method),
    ...rulesTable(tables),
  )
}
