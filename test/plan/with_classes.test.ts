import { expect, test } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import { type PlanContext, planRuns } from '../../src/plan/plan_runs.ts'
import { withClasses } from '../../src/plan/with_classes.ts'
import { changedPaths } from '../../src/study/write_report.ts'
import { BASE, recipeOf, useFolder } from '../recipe/fixture.ts'

useFolder()

const context: PlanContext = {
  data: async () => ({ imageShape: [48, 48, 1], classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], sha256: 'abc' }),
  parts: async () => ({ sizes: { train: 3200, validation: 400, test: 400 }, problems: [] }),
  engine: { name: 'native', gpu: false, cores: 2 },
  recordOf: async () => undefined,
  goesOnFrom: async () => null,
  measured: [],
  missing: async () => null,
}

const CLASSES = BASE.replace('units: 7', 'units: classes')

test('units: classes is the same run as the number, with the same id', async () => {
  const planned = async (text: string) => (await planRuns(await recipeOf({ 'a.yaml': text }), context)).runs
  const written = await planned(BASE)
  const named = await planned(CLASSES)
  expect(named).toEqual(written)
  expect(named[0]?.spec.model.layers[1]).toMatchObject({ units: 7 })
})

test('it is no change of the recipe, and nothing else is touched', async () => {
  const spec = async (text: string) => (await recipeOf({ 'a.yaml': text })).cells[0]?.spec as Spec
  const written = await spec(CLASSES)
  expect(changedPaths(withClasses(written, 7), written)).toEqual([])
  const plain = await spec(BASE)
  expect(withClasses(plain, 3)).toBe(plain)
})
