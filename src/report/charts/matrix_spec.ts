import type { TopLevelSpec } from 'vega-lite'
import { fixed, signed } from '../format.ts'
import { type ConfusionMatrix, rowShares } from '../metrics.ts'
import type { Drawing } from './draw.ts'
import { config } from './theme.ts'

/** Side of a matrix of few classes, in pixels; beside it stand two more. */
const SIDE = 238
/** Up to this many classes three matrices stand beside each other. */
export const FEW_CLASSES = 12
const STEP_OF_MANY = 22
const STEP_OF_VERY_MANY = 14
const VERY_MANY = 50
/** Of many classes only shares of at least this are written. */
const LEAST_WRITTEN = 0.08
/** Opacity of a cell for no image and for all of a class. */
export const HEAT_RANGE = [0.035, 1] as const
/** Opacities from which on another ink is read better, on the ground of more and of fewer; see the contrast test. */
const INK_CHANGES_AT = { more: [0.64, 0.83], fewer: [0.603, 0.964] } as const
/** A difference of this share has the full colour. */
const FULL_DIFFERENCE = 0.15

type MatrixCell = {
  actual: string
  predicted: string
  images: number
  share: number
  depth: number
  ground: 'more' | 'fewer'
  ink: string
  text: string
}
export type MatrixKind = 'shares' | 'images'

/** `low`, `mid` or `high`: the ink that can be read on a ground of this opacity. */
export const inkOf = (depth: number, ground: 'more' | 'fewer'): 'low' | 'mid' | 'high' => {
  const opacity = HEAT_RANGE[0] + (HEAT_RANGE[1] - HEAT_RANGE[0]) * depth
  const [mid, high] = INK_CHANGES_AT[ground]
  return opacity < mid ? 'low' : opacity < high ? 'mid' : 'high'
}

type Named = { classes: readonly string[]; kind: MatrixKind }

/** Cells coloured by the share of their true class (rows), with shares in percent or images written in them. */
export const matrixDrawing = (matrix: ConfusionMatrix, { classes, kind }: Named): Drawing => ({
  spec: specOf(classes, { share: 'share of the class, %', images: 'images', format: ',.4~r' }),
  datasets: { rows: cellsOf(matrix, classes, { kind, many: classes.length > FEW_CLASSES }) },
})

const specOf = (classes: readonly string[], signs: { share: string; images: string; format: string }): TopLevelSpec => {
  const step = stepOf(classes.length)
  const few = classes.length <= FEW_CLASSES
  const axis = {
    domain: false,
    ticks: false,
    grid: false,
    labelFontSize: few ? 11 : 10,
    labelColor: 'var(--ink)',
    labelPadding: 4,
    labelLimit: 110,
    title: null,
  }
  const scale = { domain: [...classes], padding: 0 }
  const tooltip = [
    { field: 'actual', title: 'true class' },
    { field: 'predicted', title: 'predicted' },
    { field: 'share', format: signs.format, title: signs.share },
    { field: 'images', format: signs.format, title: signs.images },
  ]
  return {
    config,
    data: { name: 'rows' },
    width: step * classes.length,
    height: step * classes.length,
    encoding: {
      y: { field: 'actual', type: 'ordinal', scale, axis },
      x: {
        field: 'predicted',
        type: 'ordinal',
        scale,
        axis: { ...axis, orient: 'top', labelAngle: few ? -45 : -60, labelAlign: 'left', labelBaseline: 'middle' },
      },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: 'var(--page)', strokeWidth: step > 16 ? 1.5 : 0.5 },
        encoding: {
          fill: {
            field: 'ground',
            type: 'nominal',
            scale: { domain: ['more', 'fewer'], range: ['var(--heat)', 'var(--fewer)'] },
            legend: null,
          },
          fillOpacity: { field: 'depth', type: 'quantitative', scale: { domain: [0, 1], range: [...HEAT_RANGE] }, legend: null },
          tooltip,
        },
      },
      ...(step < 16
        ? []
        : [
            {
              mark: { type: 'text', fontSize: few ? 11 : 10 },
              encoding: {
                text: { field: 'text', type: 'nominal' },
                color: {
                  field: 'ink',
                  type: 'nominal',
                  scale: { domain: ['low', 'mid', 'high'], range: ['var(--on-low-heat)', 'var(--on-mid-heat)', 'var(--on-high-heat)'] },
                  legend: null,
                },
              },
            },
          ]),
    ],
  } as unknown as TopLevelSpec
}

const stepOf = (classes: number): number => {
  if (classes <= FEW_CLASSES) return Math.floor(SIDE / Math.max(2, classes))
  return classes <= VERY_MANY ? STEP_OF_MANY : STEP_OF_VERY_MANY
}

const cellsOf = (matrix: ConfusionMatrix, classes: readonly string[], how: { kind: MatrixKind; many: boolean }): MatrixCell[] => {
  const shares = rowShares(matrix)
  return matrix.flatMap((row, i) =>
    row.flatMap((images, j): MatrixCell[] => {
      const share = shares[i]?.[j] ?? 0
      if (how.many && images === 0) return []
      const text = textOf(images, share, how)
      return [
        {
          actual: classes[i] ?? '',
          predicted: classes[j] ?? '',
          images,
          share: 100 * share,
          depth: share,
          ground: 'more',
          ink: inkOf(share, 'more'),
          text,
        },
      ]
    }),
  )
}

const textOf = (images: number, share: number, { kind, many }: { kind: MatrixKind; many: boolean }): string => {
  if (many && share < LEAST_WRITTEN) return ''
  return kind === 'shares' ? fixed(100 * share, 0) : String(Math.round(images))
}

/** Measured less claimed, of two matrices of one shape: in points of the true class, or in images. */
export const differenceDrawing = (matrix: ConfusionMatrix, claimed: ConfusionMatrix, named: Named): Drawing => ({
  spec: specOf(named.classes, { share: 'measured − paper, points', images: 'images, difference', format: '+.3~r' }),
  datasets: { rows: differenceCells(matrix, claimed, named) },
})

const differenceCells = (
  matrix: ConfusionMatrix,
  claimed: ConfusionMatrix,
  { classes, kind }: { classes: readonly string[]; kind: MatrixKind },
): MatrixCell[] => {
  const [ours, theirs] = [rowShares(matrix), rowShares(claimed)]
  const many = classes.length > FEW_CLASSES
  return matrix.flatMap((row, i) =>
    row.flatMap((images, j): MatrixCell[] => {
      const share = (ours[i]?.[j] ?? 0) - (theirs[i]?.[j] ?? 0)
      const more = images - (claimed[i]?.[j] ?? 0)
      const depth = Math.min(1, Math.abs(share) / FULL_DIFFERENCE)
      const ground = share < 0 ? 'fewer' : 'more'
      const shown = kind === 'shares' ? signed(share, { digits: 0 }) : signed(more, { scale: 1, digits: 0 })
      if (many && share === 0) return []
      const text = shown === '0' ? '·' : many && Math.abs(share) < LEAST_WRITTEN ? '' : shown
      return [
        {
          actual: classes[i] ?? '',
          predicted: classes[j] ?? '',
          images: more,
          share: 100 * share,
          depth,
          ground,
          ink: inkOf(depth, ground),
          text,
        },
      ]
    }),
  )
}
