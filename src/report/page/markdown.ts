import type { ElementContent, Nodes } from 'hast'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'

/** Words of people never load anything: no pictures; links go to pages and mail alone. */
const SCHEMA = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => !['img', 'picture', 'source', 'input'].includes(name)),
}

/** Markdown (GitHub's) of a recipe's author as elements, whatever could act taken out. HTML in it is shown as nothing. */
export const markdown = (text: string): ElementContent[] => {
  const tree = toHast(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }))
  const safe = sanitize(tree as Nodes, SCHEMA)
  return (safe.type === 'root' ? safe.children : [safe]) as ElementContent[]
}
