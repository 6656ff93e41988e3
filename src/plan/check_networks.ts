import { type Built, buildNetwork } from '../model/build_network.ts'
import type { Network } from '../model/network.ts'
import type { Problem } from '../problem.ts'
import type { Cell, Recipe } from '../recipe/recipe.ts'

/** What a network must fit. */
export type DataShape = { imageShape: readonly [number, number, number]; classes: readonly string[] }

/** The networks of a recipe's cells, and what does not fit together, each told once at the place where its layer is written. */
export const checkNetworks = (
  recipe: Recipe,
  shapeOf: (cell: Cell) => DataShape,
): { networks: ReadonlyMap<Cell, Network>; problems: readonly Problem[] } => {
  const networks = new Map<Cell, Network>()
  const problems = new Map<string, Problem>()
  for (const cell of recipe.cells) {
    const { imageShape, classes } = shapeOf(cell)
    const [height, width] = imageShape
    const channels = cell.spec.preprocessing.color_mode === 'rgb' ? 3 : imageShape[2]
    const built = buildNetwork(cell.spec.model, [height, width, channels], classes.length)
    if (built.ok) networks.set(cell, built.network)
    else for (const problem of misfits(recipe, cell, built)) problems.set(JSON.stringify(problem), problem)
  }
  return { networks, problems: [...problems.values()] }
}

const misfits = (recipe: Recipe, cell: Cell, { problems, layersSoFar }: Extract<Built, { ok: false }>): Problem[] =>
  problems.map(({ code, at, message, hint }, index) => {
    const table = index === 0 && layersSoFar.length > 0 ? `Up to there:\n${layerTable(layersSoFar)}` : ''
    const advice = [hint, table].filter(Boolean).join('\n')
    return { code, severity: 'error', message, place: recipe.placeOf(cell, ['model', ...at]), ...(advice === '' ? {} : { hint: advice }) }
  })

const layerTable = (layers: readonly { name: string; outputShape: readonly number[] }[]): string => {
  const width = Math.max(...layers.map(({ name }) => name.length))
  return layers.map(({ name, outputShape }) => `  ${name.padEnd(width)}  ${outputShape.join('×')}`).join('\n')
}
