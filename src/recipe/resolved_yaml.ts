import { Document, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import { isObeyed, printableLine, withEscapes } from '../printable.ts'
import type { Cell, Recipe } from './recipe.ts'

/**
 * A recipe as YAML after everything: profile, seeds, and each cell with its whole spec.
 * @param options.origins whether each value says behind it where it was written; `default` where nobody wrote it
 */
export const resolvedYaml = (recipe: Recipe, { origins }: { origins: boolean }): string => {
  const { about, profile, seeds, cells, tables, charts } = recipe
  const head = { about, ...(profile ? { profile } : {}), seeds }
  const document = new Document(
    { ...head, cells: cells.map(({ cell, spec }) => ({ cell, ...spec })), tables, charts },
    { aliasDuplicateObjects: false },
  )
  const list = document.get('cells')
  if (origins && isSeq(list)) for (const [index, node] of list.items.entries()) comment(recipe, cells[index] as Cell, node as Node)
  visit(document, {
    Scalar: (_key, node) => {
      if (isObeyed(String(node.value))) node.type = 'QUOTE_DOUBLE'
    },
    Seq: (_key, node) => {
      node.flow = node.items.every((item) => isScalar(item))
    },
  })
  return withEscapes(document.toString({ lineWidth: 140, commentString: (text) => `# ${printableLine(text)}` }))
}

/** Writes the origin of each plain value, and of each list of them, as a comment behind it. */
const comment = (recipe: Recipe, cell: Cell, node: Node): void => {
  const walk = (inner: unknown, path: readonly (string | number)[]) => {
    if (isMap(inner)) for (const { key, value } of inner.items as Pair<{ value: string }>[]) walk(value, [...path, key.value])
    else if (isSeq(inner) && !inner.items.every(isScalar)) for (const [index, item] of inner.items.entries()) walk(item, [...path, index])
    else if (isScalar(inner) || isSeq(inner)) inner.comment = originText(recipe, cell, path)
  }
  walk(node, [])
}

const originText = (recipe: Recipe, cell: Cell, path: readonly (string | number)[]): string => {
  if (path[0] === 'cell') return 'matrix'
  const place = recipe.writtenAt(cell, path)
  return place === null ? 'default' : `${place.file}:${place.line}`
}
