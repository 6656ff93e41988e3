import { describe, expect, test } from 'vitest'
import type { Spec } from '../../schema/recipe.ts'
import { type PlanContext, planRuns as planned } from '../../src/plan/plan_runs.ts'
import type { KnownRecord, UnusedRecord } from '../../src/plan/planned_run.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

const recipeOf = async (profile?: string, set: string[] = []) => {
  const loaded = await loadRecipe('recipes/paper/as-reported.yaml', { profile, set })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.recipe
}

const planRuns = async (...args: Parameters<typeof planned>) => (await planned(...args)).runs

const context: PlanContext = {
  data: async () => ({ imageShape: [48, 48, 1], classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], sha256: 'abc' }),
  parts: async () => ({ sizes: { train: 28709, validation: 3589, test: 3589 }, problems: [] }),
  engine: { name: 'native', gpu: false, cores: 2 },
  recordOf: async () => undefined,
  goesOnFrom: async () => null,
  measured: [],
  missing: async () => null,
}

describe('the paper', () => {
  test('parameters and steps', async () => {
    const runs = await planRuns(await recipeOf('paper', ['seeds=[0]']), context)
    expect(runs.map(({ cell, parameters, steps }) => [Object.values(cell).join(' '), parameters, steps])).toEqual([
      ['My CNN No 4', 5_127_495, 7178 * 20],
      ['My CNN No 32', 5_127_495, 898 * 20],
      ['My CNN Yes 4', 5_127_495, 7177 * 20],
      ['My CNN Yes 32', 5_127_495, 897 * 20],
      ['VGG16 No 4', 14_781_255, 7178 * 20],
      ['VGG16 No 32', 14_781_255, 898 * 20],
      ['VGG16 Yes 4', 14_781_255, 7177 * 20],
      ['VGG16 Yes 32', 14_781_255, 897 * 20],
    ])
  })

  test('cells in the order of the file, each with every seed, no id twice', async () => {
    const runs = await planRuns(await recipeOf('paper'), context)
    expect(runs.slice(0, 4).map(({ cell, seed }) => `${cell.batch_size} ${seed}`)).toEqual(['4 0', '4 1', '4 2', '32 0'])
    expect(new Set(runs.map(({ id }) => id)).size).toBe(24)
    for (const { id } of runs) expect(id).toMatch(/^[0-9a-f]{16}$/)
  })

  test('quick fits into six minutes on two cores', async () => {
    const runs = await planRuns(await recipeOf('quick'), context)
    const seconds = runs.reduce((sum, { estimate }) => sum + estimate.seconds, 0)
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(360)
  })
})

describe('a run is', () => {
  test('skipped where the weights are missing, unless it is done', async () => {
    const missing = async () => 'There are none. Get them.'
    const runs = await planRuns(await recipeOf('quick'), { ...context, missing })
    expect(runs.map(({ state }) => state)).toEqual([...Array(4).fill('to_do'), ...Array(4).fill('skipped')])
    expect(runs[4]?.reason).toBe('There are none. Get them.')
    const done = runs[4]?.id
    const later = await planRuns(await recipeOf('quick'), {
      ...context,
      missing,
      recordOf: async (id) => (id === done ? { state: 'done', commit: null } : undefined),
    })
    expect(later[4]).toMatchObject({ state: 'done', lacks: expect.any(String) })
  })

  test('published or failed as its record says', async () => {
    const [first, second] = await planRuns(await recipeOf('quick'), context)
    const recordOf = async (id: string): Promise<KnownRecord | undefined> =>
      id === first?.id ? { state: 'published', commit: 'abc' } : id === second?.id ? { state: 'failed', commit: null } : undefined
    const again = await planRuns(await recipeOf('quick'), { ...context, recordOf })
    expect(again.slice(0, 3).map(({ state, commit }) => [state, commit])).toEqual([
      ['published', 'abc'],
      ['failed', undefined],
      ['to_do', undefined],
    ])
  })

  test('from where they go on, where they have a checkpoint', async () => {
    const recipe = await recipeOf('quick')
    const [first] = await planRuns(recipe, context)
    const goesOnFrom = async (id: string) => (id === first?.id ? { epoch: 3, step: 40 } : null)
    const runs = await planRuns(recipe, { ...context, goesOnFrom })
    expect(runs.slice(0, 2).map((run) => run.goesOnFrom)).toEqual([{ epoch: 3, step: 40 }, undefined])
  })

  test('left alone where another ferment wrote its record, made again where that is damaged: both are said', async () => {
    const recipe = await recipeOf('quick')
    const [first, second] = await planRuns(recipe, context)
    const unused = (state: UnusedRecord['state']): UnusedRecord => ({ state, file: 'runs/x/record.json', why: 'it is strange' })
    const recordOf = async (id: string) => (id === first?.id ? unused('foreign') : id === second?.id ? unused('damaged') : undefined)
    const { runs, warnings } = await planned(recipe, { ...context, recordOf })
    expect(runs.slice(0, 2)).toMatchObject([
      {
        state: 'skipped',
        reason: `runs/x/record.json cannot be used: it is strange. Use the ferment that wrote it, or make the run again: npx ferment runs rm ${first?.id}`,
      },
      { state: 'to_do' },
    ])
    expect(warnings.filter(({ code }) => code === 'record_damaged').map(({ message }) => message)).toEqual([
      'runs/x/record.json is damaged: it is strange.',
    ])
  })

  test('estimated from an earlier one of the same model, batch size and engine', async () => {
    const recipe = await recipeOf('paper', ['seeds=[0]'])
    const [first] = recipe.cells
    const model = first?.spec.model as Spec['model']
    const measured = [
      {
        from: 'records' as const,
        model,
        imageShape: [48, 48, 1],
        classes: 7,
        batchSize: 4,
        precision: 'float32' as const,
        engine: 'native',
        gpu: false,
        imagesPerSecond: 1000,
      },
    ]
    const runs = await planRuns(recipe, { ...context, measured })
    expect(runs[0]?.estimate.from).toBe('records')
    expect(runs[0]?.estimate.seconds).toBeCloseTo(5 + (7178 * 4 * 20 + (3589 * 20 + 2 * 3589) * 0.36) / 1000, 3)
    expect(runs.slice(1).map(({ estimate }) => estimate.from)).toEqual(['measured', 'records', ...Array(5).fill('measured')])
  })
})

describe('the id', () => {
  const idOf = async (change: Partial<PlanContext>, set: string[] = []) =>
    (await planRuns(await recipeOf('quick', set), { ...context, ...change }))[0]?.id

  test('changes with spec, seed and data, and with nothing else', async () => {
    const same = await idOf({})
    const data = await context.data({ kind: 'synthetic_faces', images: 70, random_state: 0 })
    expect(await idOf({ data: async () => ({ ...data, sha256: 'other' }) })).not.toBe(same)
    expect(await idOf({}, ['training.epochs=3'])).not.toBe(same)
    expect(await idOf({}, ['seeds=[1]'])).not.toBe(same)
    expect(await idOf({ engine: { name: 'wasm', gpu: false, cores: 8 } }, ['dataset.path=elsewhere.csv', 'about.title=Another'])).toBe(same)
  })
})

test('what does not fit together is told with the layers before it', async () => {
  const recipe = await recipeOf('quick', ['model.layers=[{ kind: conv2d, filters: 4, kernel_size: 3 }, { kind: dense, units: 7 }]'])
  await expect(planRuns(recipe, context)).rejects.toMatchObject({
    problems: [{ severity: 'error', hint: expect.stringContaining('conv2d  46×46×4') }],
  })
})
