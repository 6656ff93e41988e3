import type { ComparedTable } from './compare.ts'
import { count, fixed, plural } from './format.ts'
import { quantile, wilsonInterval } from './statistics/intervals.ts'

/** Something that moves an accuracy, as the half-width of an interval in points or as a largest difference. */
export type Variation = { source: string; kind: 'noise' | 'choice'; points: number; how: string }

/** What moves the accuracies of a study's tables, and by how much; empty where none was measured. */
export const budgetOf = (tables: readonly ComparedTable[]): Variation[] => {
  const shares = tables.filter(({ measure }) => measure.scale === 'share')
  const [first] = shares
  const samples = shares.flatMap(({ cells }) => cells.flatMap(({ lines }) => lines[0]?.sample ?? []))
  if (first === undefined || samples.length === 0) return []
  const images = Math.min(...samples.map((sample) => sample.images))
  const accuracies = samples.map((sample) => sample.mean)
  return [...(images > 0 ? [imagesSource(accuracies, images, first.rule.confidence)] : []), ...seedSources(first), ...weightsSource(shares)]
}

const imagesSource = (accuracies: readonly number[], images: number, confidence: number): Variation => {
  const share = median(accuracies)
  const [low, high] = wilsonInterval({ share, images }, confidence)
  return {
    source: `Which ${count(images)} images were drawn`,
    kind: 'noise',
    points: 50 * (high - low),
    how: `Wilson’s half-width at ${fixed(100 * share, 1)} %`,
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const seedSources = ({ deviation, weights, rule, cells }: ComparedTable): Variation[] => {
  const known = deviation[weights]
  if (known === null) return []
  const seeds = Math.max(...cells.map(({ lines }) => lines[0]?.sample.seeds.length ?? 0))
  const half = 100 * known.value * quantile(known.freedom, rule.confidence)
  const how = `Student’s t, pooled deviation ${fixed(100 * known.value, 2)}, ${plural(known.freedom, 'degree')} of freedom`
  return [
    { source: 'The seed, of one run', kind: 'noise', points: half, how },
    ...(seeds > 1
      ? [
          {
            source: `The seed, of the mean of ${seeds}`,
            kind: 'noise',
            points: half / Math.sqrt(seeds),
            how: `the same, divided by √${seeds}`,
          } as const,
        ]
      : []),
  ]
}

const weightsSource = (tables: readonly ComparedTable[]): Variation[] => {
  const gaps = tables.flatMap(({ cells }) =>
    cells.flatMap(({ lines: [first, second] }) =>
      first === undefined || second === undefined ? [] : [Math.abs(first.sample.mean - second.sample.mean)],
    ),
  )
  if (gaps.length === 0) return []
  return [
    {
      source: 'Last or best weights',
      kind: 'choice',
      points: 100 * Math.max(...gaps),
      how: `largest difference of ${plural(gaps.length, 'cell')}`,
    },
  ]
}
