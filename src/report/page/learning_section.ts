import type { Element } from 'hast'
import type { ChartLearningCurves } from '../../../schema/recipe.ts'
import { type Cell, matches } from '../cells.ts'
import type { Figure } from '../charts/figure.ts'
import { learningCurves, MOST_PANELS } from '../charts/learning_curves.ts'
import { figureElement } from './figure.ts'
import { folded, section } from './html.ts'

type Asked = { title: string | null; cells: readonly Cell[] }

/** How did it learn? The recipe's learning curves, or those of all cells where it asks for none. */
export const learningSection = async (charts: readonly ChartLearningCurves[], cells: readonly Cell[]): Promise<Element[]> => {
  const asked: Asked[] =
    charts.length === 0
      ? [{ title: null, cells }]
      : charts.map(({ where }, index) => ({
          title: charts.length === 1 ? null : (charts[index]?.title ?? null),
          cells: cells.filter(({ values }) => matches(values, where)),
        }))
  const figures: Element[] = []
  for (const [index, one] of asked.entries()) figures.push(...(await figuresOf(one, index)))
  return figures.length === 0 ? [] : [section('learning', 'How did it learn?', ...figures)]
}

/** A figure of as many cells as fit, and the others folded away. */
const figuresOf = async ({ title, cells }: Asked, index: number): Promise<Element[]> => {
  const id = index === 0 ? 'figure-curves' : `figure-curves-${index + 1}`
  const shown = learningCurves(cells.slice(0, MOST_PANELS), { id, title })
  const rest: Figure | null = learningCurves(cells.slice(MOST_PANELS), { id: `${id}-rest`, title: 'Learning curves of the other cells' })
  return [
    ...(shown === null ? [] : [await figureElement(shown)]),
    ...(rest === null ? [] : [folded(`The other ${cells.length - MOST_PANELS} cells`, await figureElement(rest))]),
  ]
}
