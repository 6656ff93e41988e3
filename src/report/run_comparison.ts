import diff from 'microdiff'
import type { RunRecord } from '../../schema/record.ts'
import { bothWeights, measures, type Weights } from './measures.ts'
import { type Predictions, rightAnswers, sameImages } from './predictions.ts'
import { type Interval, newcombeInterval, studentInterval, wilsonInterval } from './statistics/intervals.ts'
import { type Discordant, discordant, mcnemar } from './statistics/mcnemar.ts'
import { pairedDifference } from './statistics/paired_difference.ts'

/** A run by a letter, with its record and what its networks answered, where that was kept. */
export type RunToCompare = { name: string; record: RunRecord; predictionsOf: (weights: Weights) => Predictions | null }

/** What differs between runs, by dotted path; `null` where a run has no such thing. Values in the order of the runs. */
export type Difference = { path: string; values: readonly unknown[] }

/** A test accuracy with Wilson's interval at 95 %. */
type Measured = { run: string; weights: Weights; accuracy: number; interval: Interval; images: number; epoch: number }

/** By how much the accuracy of a run is above that of another, with an interval at 95 % over test images. */
type AccuracyDifference = {
  run: string
  against: string
  weights: Weights
  value: number
  interval: Interval
  /** Images that only `run`, or only `against`, gets right, and p of McNemar's exact test; null where the images cannot be paired. */
  paired: (Discordant & { p: number }) | null
  /** Why the images are not paired. */
  reason: string | null
}

export type RunComparison = {
  settings: readonly Difference[]
  /** Data, engine and code, where they differ. */
  made_with: readonly Difference[]
  measured: readonly Measured[]
  differences: readonly AccuracyDifference[]
}

type Path = readonly (string | number)[]

/**
 * What differs between two runs or more: settings, from the specs as resolved; what they were made with; test accuracies, each run's against the
 * first's, on the same images where both kept their predictions. Intervals vary over test images, of these very networks: not over seeds.
 */
export const compareRuns = (runs: readonly RunToCompare[]): RunComparison => {
  const measured = runs.flatMap(measuredOf)
  const [first, ...others] = runs
  return {
    settings: settingsOf(runs),
    made_with: differing(runs.map(madeWith)),
    measured,
    differences: first === undefined ? [] : others.flatMap((other) => differenceOf(first, other, measured)),
  }
}

const measuredOf = ({ name, record }: RunToCompare): Measured[] =>
  bothWeights.flatMap((weights) => {
    const [accuracy, images] = [measures.test_accuracy.of(record, weights), measures.test_accuracy.images(record)]
    if (accuracy === null || images === 0) return []
    const epoch = record.evaluation?.[weights]?.epoch ?? 0
    return [{ run: name, weights, accuracy, interval: wilsonInterval({ share: accuracy, images }), images, epoch }]
  })

/** Where the data lie is no setting where they are the same data. */
const settingsOf = (runs: readonly RunToCompare[]): Difference[] => {
  const data = new Set(runs.map(({ record }) => record.data?.sha256))
  const all = differing(runs.map(({ record: { spec, seed } }) => ({ ...spec, seed })))
  return all.filter(({ path }) => !(path === 'dataset.path' && data.size === 1 && !data.has(undefined)))
}

/** Paths in which any of the values differs from the first; of a part that one lacks, only the part. */
const differing = ([first = {}, ...others]: readonly object[]): Difference[] => {
  const found = new Map<string, Path>(others.flatMap((other) => diff(first, other).map(({ path }) => [path.join('.'), path] as const)))
  return [...found]
    .filter(([path]) => ![...found.keys()].some((outer) => path.startsWith(`${outer}.`)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, keys]) => ({ path, values: [first, ...others].map((value) => at(value, keys)) }))
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string, unknown> | null | undefined)?.[key], value) ?? null

const madeWith = ({ record: { data, provenance } }: RunToCompare): object => ({
  data: data && { name: data.name, sha256: data.sha256, test_images: data.used.test, test_fingerprint: data.fingerprint.test },
  engine: provenance.engine,
  ferment: provenance.ferment,
  git_commit: provenance.git_commit,
})

const differenceOf = (first: RunToCompare, second: RunToCompare, measured: readonly Measured[]): AccuracyDifference[] =>
  bothWeights.flatMap((weights): AccuracyDifference[] => {
    const of = ({ name }: RunToCompare) => measured.find((one) => one.run === name && one.weights === weights)
    const [a, b] = [of(first), of(second)]
    if (a === undefined || b === undefined) return []
    const about = { run: b.run, against: a.run, weights, value: b.accuracy - a.accuracy }
    const pair = pairOf(first, second, weights)
    if (typeof pair === 'string') {
      const interval = newcombeInterval({ share: b.accuracy, images: b.images }, { share: a.accuracy, images: a.images })
      return [{ ...about, interval, paired: null, reason: pair }]
    }
    const [right, before] = [rightAnswers(pair.b), rightAnswers(pair.a)]
    const counts = discordant(right, before)
    const interval = studentInterval(pairedDifference([{ a: right, b: before }]))
    return [{ ...about, interval, paired: { ...counts, p: mcnemar(counts) }, reason: null }]
  })

/** The answers of two runs on the same images, or why there are none. */
const pairOf = (a: RunToCompare, b: RunToCompare, weights: Weights): { a: Predictions; b: Predictions } | string => {
  const [one, other] = [a.record.data, b.record.data]
  if (one?.sha256 !== other?.sha256) return 'they were tested on other data'
  const [answersA, answersB] = [a.predictionsOf(weights), b.predictionsOf(weights)]
  const without = [...(answersA === null ? [a.name] : []), ...(answersB === null ? [b.name] : [])]
  if (answersA === null || answersB === null) return `no predictions were kept of ${without.join(' and ')}`
  if (!sameImages(answersA, answersB)) return 'they were tested on other images'
  return { a: answersA, b: answersB }
}
