import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import schema from '../../schema/recipe.schema.json' with { type: 'json' }
import type { Spec } from '../../schema/recipe.ts'
import { NUMBERS_VERSION } from '../../src/plan/numbers_version.ts'
import { LOSSES, lossesOf, networks } from '../golden/numbers/networks.ts'

const losses = JSON.parse(readFileSync(LOSSES, 'utf8')) as Record<string, (number | null)[]>
const specs = await networks()

/** Of the first loss. Rounding differs between engines and processors: native on AVX2 and wasm were within 2e-5 of native on AVX-512. */
const ROUNDING = 1e-4

const raise = (name: string, step: number) =>
  `The loss of "${name}" moved beyond rounding at step ${step}: training gives other numbers than in version ${NUMBERS_VERSION}. If that is meant, raise src/plan/numbers_version.ts (finished runs are then to do again) and run: npx tsx test/golden/numbers/make.ts --all`

test.each(Object.entries(specs))('the first steps of "%s" are those of this version of the numbers', async (name, spec) => {
  const committed = losses[name]
  expect(committed, 'npx tsx test/golden/numbers/make.ts adds it').toBeDefined()
  const now = await lossesOf(spec)
  expect(now.length).toBe(committed?.length)
  for (const [index, loss] of now.entries()) {
    const difference = Math.abs((loss as number) - (committed?.[index] as number)) / Math.abs(committed?.[0] as number)
    expect(difference, raise(name, index + 1)).toBeLessThan(ROUNDING)
  }
})

test('every layer, optimizer, loss, callback, augmentation, transform and mix is in one of the networks', () => {
  const used = new Set(Object.values(specs).flatMap(kindsIn))
  const kinds = ['layer', 'optimizer', 'loss', 'callback', 'augmentation', 'transform', 'mix'].flatMap((name) =>
    schema.$defs[name as 'layer'].oneOf.map(({ $ref }) => $ref.replace(`#/$defs/${name}_`, `${name} `)),
  )
  expect(kinds.filter((kind) => !used.has(kind))).toEqual([])
})

const kindsIn = ({ model, training, augmentation }: Spec): string[] => [
  ...model.layers.map(({ kind }) => `layer ${kind}`),
  `optimizer ${training.optimizer.kind}`,
  `loss ${training.loss.kind}`,
  ...training.callbacks.map(({ kind }) => `callback ${kind}`),
  `augmentation ${augmentation.kind}`,
  ...(augmentation.kind === 'compose' ? augmentation.transforms.map(({ kind }) => `transform ${kind}`) : []),
  ...(augmentation.kind === 'compose' && augmentation.mix ? [`mix ${augmentation.mix.kind}`] : []),
]
