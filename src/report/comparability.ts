import type { RunRecord } from '../../schema/record.ts'
import type { StudyRun } from './study.ts'

/** Why a run says nothing about the paper's numbers. */
export type Obstacle = 'synthetic' | 'other_data' | 'limited' | 'changed'

type Data = NonNullable<RunRecord['data']>

/** The MD5 that the recipe asks of its data file, or null where it takes any file. */
export const expectedMd5 = (record: RunRecord): string | null => {
  const { dataset } = record.spec as { dataset?: { md5?: string } }
  return dataset?.md5 ?? null
}

/** What a run was changed in beside the number of images, which its record says better. */
export const changesOf = ({ changed = [] }: StudyRun): string[] => changed.filter((path) => !path.startsWith('limit'))

/**
 * Why a run that is done cannot be held against the paper; empty where it can. A data file of another hash than the recipe's counts as
 * other data; a recipe that names no hash vouches for whatever file it is given.
 */
export const obstaclesOf = (run: StudyRun, record: RunRecord): Obstacle[] => [
  ...dataObstacles(record),
  ...(changesOf(run).length > 0 ? (['changed'] as const) : []),
]

const dataObstacles = (record: RunRecord): Obstacle[] => {
  const { data } = record
  if (data === undefined) return []
  const expected = expectedMd5(record)
  const obstacles: Obstacle[] = []
  if (data.synthetic) obstacles.push('synthetic')
  if (!data.synthetic && expected !== null && data.md5 !== expected) obstacles.push('other_data')
  if (isLimited(data)) obstacles.push('limited')
  return obstacles
}

/** Whether fewer images were used than the split gives. */
const isLimited = ({ used, counts }: Data): boolean =>
  used.train < sum(counts.train) || used.validation < sum(counts.validation) || used.test < sum(counts.test)

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)
