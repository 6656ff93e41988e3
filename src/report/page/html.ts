import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'

export type Child = ElementContent | string

/** Text with code in backticks, as recipes and messages have it. */
export const prose = (text: string): Child[] => text.split('`').map((part, index) => (index % 2 === 1 ? h('code', part) : part))

/** Text with what stands out between `**`. */
export const emphasized = (text: string): Child[] => text.split('**').map((part, index) => (index % 2 === 1 ? h('strong', part) : part))

/** A part of the page with the question that heads it, which the table of contents links to. */
export const section = (id: string, title: string, ...children: (Child | null)[]): Element =>
  h('section', { id, ariaLabelledBy: [`${id}-title`] }, h('h2', { id: `${id}-title` }, title), ...children)

/** A wide table scrolls in its own box, by keyboard too, so that the page never does. */
export const scrolling = (label: string, table: Element): Element =>
  h('div.scroll', { role: 'group', ariaLabel: label, tabIndex: 0 }, table)

export const folded = (summary: string, ...children: Child[]): Element => h('details.numbers', h('summary', summary), ...children)

/** A command to copy. */
export const command = (text: string): Element => h('code.command', text)

/** A command on a line of its own, with what it is for. */
export const commandLine = (text: string, what: string): Element =>
  h('div.cmd', h('span', what), h('code', text), h('button', { type: 'button', dataCopy: '' }, 'Copy'))

/** Markup that another library made and escaped: Vega's SVG, and data for scripts. */
export const markup = (value: string): ElementContent => ({ type: 'raw', value }) as unknown as ElementContent

/** A script element that nothing runs: JSON for machines. `<` is written as an escape, so that no text of people ends it. */
export const jsonScript = (json: string, attributes: Record<string, string> = {}): Element =>
  h('script', { type: 'application/json', ...attributes }, markup(json.replaceAll('<', '\\u003c')))
