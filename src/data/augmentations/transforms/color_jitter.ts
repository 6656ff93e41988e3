import type { TransformColorJitter } from '../../../../schema/recipe.ts'
import type { CellProblem } from '../../../cell_problem.ts'
import { permutation } from '../../../random.ts'
import { between, orderProblems } from './ranges.ts'
import { adjustBrightness, adjustContrast, adjustSaturation } from './tone.ts'
import type { TransformRow } from './transform_row.ts'

const KEYS = ['brightness', 'contrast', 'saturation'] as const
const ADJUST = { brightness: adjustBrightness, contrast: adjustContrast, saturation: adjustSaturation }

/** torchvision's `ColorJitter`, without hue. */
export const color_jitter: TransformRow<TransformColorJitter> = {
  apply: (spec, image, { shape, random }) => {
    const order = permutation(random, KEYS.length)
    const factors = KEYS.map((key) => between(random, factorsOf(spec[key])))
    return order.reduce<Float32Array>((seen, at) => {
      const [key, factor] = [KEYS[at] as (typeof KEYS)[number], factors[at] as number]
      return factor === 1 ? seen : ADJUST[key](seen, shape, factor)
    }, image)
  },
  problems: (spec, [, , channels]) => {
    const used = KEYS.filter((key) => factorsOf(spec[key]).some((factor) => factor !== 1))
    const seen = used.filter((key) => key !== 'saturation' || channels > 1)
    return [
      ...KEYS.flatMap((key) => orderProblems(key, spec[key])),
      ...(used.length > seen.length ? [idle('saturation', 'Saturation changes nothing here: the images are gray.', 'Leave it out.')] : []),
      ...(used.length === 0 ? [idle('kind', 'This transform changes nothing: all its ranges are 0.', 'E.g. brightness: 0.5.')] : []),
    ]
  },
}

type Range = TransformColorJitter['brightness']

const factorsOf = (range: Range): readonly [number, number] => (typeof range === 'number' ? [Math.max(0, 1 - range), 1 + range] : range)

const idle = (key: string, message: string, hint: string): CellProblem => ({
  code: 'augmentation_idle',
  severity: 'warning',
  at: [key],
  message,
  hint,
})
