import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { BASE as base, load, only, pathOf, recipeOf, short, useFolder, wrongs } from './fixture.ts'

useFolder()

describe('composition', () => {
  test('the file wins over those it extends, and later ones over earlier ones', async () => {
    const spec = await only({
      'child.yaml': 'extends: [base.yaml, more.yaml]\ntraining: { epochs: 5 }\n',
      'base.yaml': base,
      'more.yaml': 'training: { epochs: 3, batch_size: 8 }\n',
    })
    expect(spec.training).toMatchObject({ epochs: 5, batch_size: 8 })
  })

  test('another kind replaces the whole section', async () => {
    const spec = await only({
      'child.yaml': 'extends: base.yaml\ntraining: { optimizer: { kind: sgd, momentum: 0.5 } }\n',
      'base.yaml': base.replace('kind: adam', 'kind: adam, beta_1: 0.8'),
    })
    expect(spec.training.optimizer).toMatchObject({ kind: 'sgd', learning_rate: 0.01, momentum: 0.5 })
    expect(spec.training.optimizer).not.toHaveProperty('beta_1')
  })

  test('a cycle shows its chain', async () => {
    const loaded = await load({ 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: a.yaml\n' })
    expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'extends_cycle' }] })
    expect(loaded.ok ? '' : short(loaded.problems[0]?.message ?? '')).toBe('This recipe extends itself: a.yaml → b.yaml → a.yaml.')
  })

  test('a problem is told where its value was written', async () => {
    expect(
      await wrongs({
        'child.yaml': 'extends: base.yaml\ntraining: { epochs: 5 }\n',
        'base.yaml': base.replace('kind: adam', 'kind: adma'),
      }),
    ).toEqual([['unknown_kind', 'base.yaml', 6, 'adma']])
    expect(
      await wrongs({
        'a.yaml': `${base.replace('{ kind: dense, units: 7, activation: softmax }', '*d')}`.replace(
          'about:',
          'x-d: &d { kind: dense, unit: 7 }\nabout:',
        ),
      }),
    ).toContainEqual(['unknown_key', 'a.yaml', 2, 'unit'])
  })

  test('anchors and merge keys', async () => {
    const spec = await only({
      'a.yaml': base.replace('{ kind: flatten }', '&f { kind: flatten }, { <<: *f, name: again }'),
    })
    expect(spec.model.layers.slice(0, 2)).toEqual([{ kind: 'flatten' }, { kind: 'flatten', name: 'again' }])
  })
})

describe('--set', () => {
  test('wins over everything, in every cell', async () => {
    const files = {
      'a.yaml': `${base}matrix: { size: { a: { training: { batch_size: 4 } }, b: {} } }\nprofiles: { q: { training: { epochs: 1 } } }\n`,
    }
    const { cells } = await recipeOf(files, { profile: 'q', set: ['training.epochs=7', 'training.optimizer.learning_rate=0.5'] })
    expect(cells.map(({ spec: { training } }) => [training.epochs, training.optimizer.learning_rate, training.batch_size])).toEqual([
      [7, 0.5, 4],
      [7, 0.5, 32],
    ])
    expect(await wrongs(files, { set: ['training.batch_size=16'] })).toEqual([['same_cells', 'a.yaml', 7, 'b']])
  })

  test('takes list indices, and YAML values', async () => {
    const spec = await only({ 'a.yaml': base }, { set: ['model.layers.1.activation=linear', 'limit={ train: 10 }', 'seeds=[4, 5]'] })
    expect(spec.model.layers[1]).toMatchObject({ activation: 'linear', units: 7 })
    expect(spec.limit).toEqual({ train: 10 })
  })

  test('points into the argument', async () => {
    expect(await wrongs({ 'a.yaml': base }, { set: ['training.epochs=many'] })).toEqual([['wrong_type', '--set', 1, 'many']])
    expect(await wrongs({ 'a.yaml': base }, { set: ['training.epoch=3'] })).toEqual([['unknown_key', '--set', 1, 'epoch']])
    expect(await wrongs({ 'a.yaml': base }, { set: ['model.layers.9.units=3'] })).toEqual([['set_path', '--set', 1, '9']])
    expect(await wrongs({ 'a.yaml': base }, { set: ['epochs'] })).toEqual([['set_form', '--set', 1, 'epochs']])
  })
})

describe('profiles', () => {
  const files = { 'a.yaml': `${base}profiles: { q: { training: { epochs: 1 }, seeds: [3] } }\nauto_profile: { cpu: q }\n` }

  test('by name, or by what the machine has', async () => {
    expect((await recipeOf(files, { profile: 'q' })).seeds).toEqual([3])
    expect((await recipeOf(files, { profile: { auto: () => 'cpu' } })).profile).toEqual({ name: 'q' })
    expect((await recipeOf(files, { profile: { auto: () => 'gpu' } })).profile).toBeNull()
  })

  test('what the machine has is asked for the engine that the recipe insists on', async () => {
    const asked: string[] = []
    const auto = (engine: string) => {
      asked.push(engine)
      return 'cpu' as const
    }
    const insisting = { 'a.yaml': `${files['a.yaml']}engine: native\n` }
    expect((await recipeOf(files, { profile: { auto } })).engine).toBe('auto')
    expect((await recipeOf(insisting, { profile: { auto } })).engine).toBe('native')
    await recipeOf(insisting, { profile: { auto }, set: ['engine=wasm'] })
    expect(asked).toEqual(['auto', 'native', 'wasm'])
  })

  test('an unknown one is a problem', async () => {
    expect(await wrongs(files, { profile: 'qick' })).toEqual([['unknown_profile', '--profile', 1, 'qick']])
  })

  test('those not asked for are checked too', async () => {
    expect(await wrongs({ 'a.yaml': `${base}profiles: { q: { training: { epochs: 0 } } }\n` })).toEqual([
      ['out_of_range', 'a.yaml', 7, '0'],
    ])
  })
})

describe('problems', () => {
  test('one for one slip, also where many cells share it', async () => {
    const text = `${base}matrix: { size: { a: {}, b: {}, c: { trainig: {} } } }\n`
    expect(await wrongs({ 'a.yaml': text.replace('units', 'untis').replace('epochs', 'epoch') })).toEqual([
      ['unknown_key', 'a.yaml', 5, 'untis'],
      ['unknown_key', 'a.yaml', 6, 'epoch'],
      ['unknown_key', 'a.yaml', 7, 'trainig'],
    ])
  })

  test('what only some cells lack is told with the cells', async () => {
    const loaded = await load({
      'a.yaml': `${base.replace(/model:.*\n/, '')}matrix: { m: { a: { model: { layers: [{ kind: flatten }] } }, b: {} } }\n`,
    })
    expect(loaded.ok ? '' : loaded.problems.map(({ message }) => message)).toEqual([
      'The recipe needs "model". (In 1 of 2 cells, first in b.)',
    ])
  })

  test.each([
    ['a: b: c', 'yaml_syntax'],
    ['a: 1\na: 2', 'duplicate_key'],
    ['a:\n\tb: 1', 'tab'],
    ['\na: 1\n b: 2', 'yaml_syntax'],
    ['\n  a: 1\nb: 2', 'yaml_syntax'],
    ['\n\n a: b: c\n', 'yaml_syntax'],
    ['a: 1\n---\nb: 1', 'several_documents'],
    ['a: !x 1', 'unknown_tag'],
    ['? [a]\n: 1', 'key_not_text'],
    ['a: *b', 'unknown_anchor'],
    ['a: &a [*a]', 'unknown_anchor'],
    ['', 'empty_recipe'],
    ['- 1', 'wrong_type'],
    ['['.repeat(100_000), 'too_deep'],
    ['- '.repeat(100_000), 'too_deep'],
    [Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''), 'too_deep'],
    [
      'a: &a [1,1,1,1,1,1,1,1]\n'.concat(
        ...[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array(8).fill(`*${'abcdefgh'[i]}`).join()}]\n`),
      ),
      'too_large',
    ],
    [`a: ${'x'.repeat(1_000_001)}`, 'too_large'],
  ])('%#: %.30s', async (text, code) => {
    const before = process.cpuUsage()
    expect((await wrongs({ 'a.yaml': text })).map(([found]) => found)).toEqual([code])
    // Not the time on the wall: other processes may have the machine.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(5)
  })

  test('a file that is not UTF-8, or not there', async () => {
    expect(await load({ 'latin.yaml': new Uint8Array([0x61, 0x3a, 0xe9]) })).toMatchObject({
      problems: [{ code: 'not_utf8', place: { file: expect.stringContaining('latin.yaml'), line: 1, column: 3 } }],
    })
    expect(await load({ 'a.yaml': 'extends: latn.yaml' })).toMatchObject({
      problems: [{ code: 'file_missing', hint: 'Did you mean "latin.yaml"?', place: { line: 1, column: 10, length: 9 } }],
    })
  })

  test('a pipe is refused, not waited for', async () => {
    await load({ 'child.yaml': 'extends: pipe\n' })
    execFileSync('mkfifo', [pathOf('pipe')])
    expect(await wrongs({ 'child.yaml': 'extends: pipe\n' })).toEqual([['file_unreadable', 'child.yaml', 1, 'pipe']])
  })

  test('a BOM and CRLF change nothing', async () => {
    expect(await only({ 'a.yaml': `\uFEFF${base.replaceAll('\n', '\r\n')}` })).toEqual(await only({ 'b.yaml': base }))
  })
})
