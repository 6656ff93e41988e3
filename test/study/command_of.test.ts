import { execFileSync } from 'node:child_process'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { chosenBy } from '../../src/study/chosen_by.ts'
import { commandOf } from '../../src/study/command_of.ts'
import { type StudyOptions, studyOptions } from '../../src/study/study_options.ts'

/** What a shell makes of a line: its words. */
const words = (line: string): string[] =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${line}`])
    .toString()
    .split('\0')
    .slice(0, -1)

/** What `ferment run` makes of the words. */
const parsed = (line: string): StudyOptions & { recipe: string | undefined } => {
  const [npx, ferment, run, ...rest] = words(line)
  expect([npx, ferment, run]).toEqual(['npx', 'ferment', 'run'])
  const command = studyOptions(new Command('run').argument('<recipe>').exitOverride()).parse(rest, { from: 'user' })
  return { ...command.opts<StudyOptions>(), recipe: command.args[0] }
}

const nasty = [
  'My CNN',
  "it's",
  'a "b" c',
  '$HOME `id` $(id)',
  'back\\slash',
  'a;b&c|d>e',
  '*?[x]{y,z}~',
  'zwei\nZeilen',
  'Größe·π',
  '!!',
  '',
  '-x',
  '#',
]

describe('the command that makes a run again', () => {
  test('is plain where it can be', () => {
    const line = commandOf(
      { path: 'recipes/a.yaml', profile: null },
      { cell: { batch_size: '4' }, seed: 0 },
      { set: [], sweep: [], store: 'runs' },
    )
    expect(line).toBe('npx ferment run recipes/a.yaml --profile none --only batch_size=4 --seed 0')
  })

  test.each(nasty)('means the same run to a shell: %j', (word) => {
    const cell = { plain: 'x', [`axis ${word}`]: word }
    const set = [`about.title=${word}`, 'training.epochs=3']
    const sweep = [`training.batch_size=4, ${JSON.stringify(word)}`]
    const line = commandOf(
      { path: `my recipes/${word}.yaml`, profile: { name: `p ${word}` } },
      { cell, seed: 3 },
      { set, sweep, store: `/a b/${word}` },
    )
    const { recipe, profile, only, seed, ...rest } = parsed(line)
    expect({ recipe, profile }).toEqual({ recipe: `my recipes/${word}.yaml`, profile: `p ${word}` })
    expect(rest).toEqual({ set, sweep, store: `/a b/${word}` })
    const axes = Object.entries(cell).map(([name, value]) => ({ name, values: ['other', value] }))
    const runs = [
      { cell, seed: 3 },
      { cell, seed: 4 },
      { cell: { ...cell, plain: 'other' }, seed: 3 },
    ]
    expect(chosenBy(runs, { axes: [...axes], seeds: [3, 4] }, { only, seed })).toEqual(runs.slice(0, 1))
  })
})
