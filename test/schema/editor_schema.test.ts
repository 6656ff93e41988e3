import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import schema from '../../schema/editor.schema.json' with { type: 'json' }

const ajv = new Ajv2020({ strict: false, discriminator: true })
const validate = ajv.compile(schema)
const fits = (yaml: string): boolean => validate(parse(yaml, { merge: true }))

const recipes = readdirSync('recipes', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('recipes', name))

describe.each(recipes)('%s', (path) => {
  const text = readFileSync(path, 'utf8')

  test('names this schema at its head, so that editors complete it', () => {
    const [, name = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? []
    expect(join(dirname(path), name)).toBe('schema/editor.schema.json')
  })

  test('fits it', () => expect(fits(text) ? [] : validate.errors).toEqual([]))
})

test.each([
  'extends: base.yaml\ntraining: { epochs: 3 }',
  'extends: base.yaml\ntraining: { optimizer: { learning_rate: 0.1 }, callbacks: { append: [{ kind: terminate_on_nan }] } }',
  'extends: [a.yaml, b.yaml]\nmodel: { layers: { change: { dense: { units: 3 } }, remove: [flatten] } }\ntables: { append: [] }',
  'profiles: { quick: { dataset: { images: 70 } } }',
  'matrix: { a: { b: { split: { test_size: 0.1 } } } }',
  'training: { loss: categorical_crossentropy, optimizer: adam, callbacks: [terminate_on_nan, { kind: early_stopping, patience: 2 }] }',
  'model: { layers: [flatten, { kind: dense, units: classes }] }',
  'dataset: synthetic_faces\naugmentation: none\nsplit: stratified_holdout',
  'matrix: { training.batch_size: [4, 32], pace: { slow: {}, fast: { training: { optimizer: sgd } } } }',
  'x-anything: [1, 2]',
])('accepts what only a part of a recipe says: %s', (yaml) => expect(fits(yaml)).toBe(true))

test.each([
  'training: { epoch: 3 }',
  'training: { optimizer: { kind: adma } }',
  'matrix: { a: { b: { split: { test_siez: 0.1 } } } }',
  'profiles: { quick: { training: { epochs: 0 } } }',
  'model: { layers: { chnge: {} } }',
  'training: { loss: crossentropy }',
  'model: { layers: [dense] }',
  'matrix: { training.batch_size: [] }',
])('refuses what no recipe may say: %s', (yaml) => expect(fits(yaml)).toBe(false))
