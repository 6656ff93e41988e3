import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Check } from '../protocol.ts'
import { prose, section } from './html.ts'
import { checkSign } from './verdict.ts'

/** Data and protocol: what a careful reader would ask, answered. */
export const protocolSection = (checks: readonly Check[]): Element[] => {
  if (checks.length === 0) return []
  return [
    section(
      'protocol',
      'Data and protocol: is it sound?',
      h(
        'ul.checks',
        checks.map(({ sign, title, text: words }) =>
          h('li', { className: ['check', sign] }, ...checkSign(sign), h('b', title), ...prose(words)),
        ),
      ),
    ),
  ]
}
