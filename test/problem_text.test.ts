import { describe, expect, test } from 'vitest'
import type { Problem } from '../src/problem.ts'
import { problemGithub, problemText } from '../src/problem_text.ts'

const problem: Problem = {
  code: 'unknown_key',
  severity: 'error',
  message: 'Layer "dense" has no "untis".',
  place: { file: 'recipes/mine.yaml', line: 4, column: 20, length: 5, lineText: '  - { kind: dense,  untis: 128 }' },
  hint: 'Did you mean "units"? It takes: units, activation, name.',
}

describe('as text', () => {
  test('place, line, carets and what to do', () => {
    expect(problemText([problem])).toBe(
      [
        'recipes/mine.yaml:4:20 unknown_key  Layer "dense" has no "untis".',
        '  4 |   - { kind: dense,  untis: 128 }',
        '    |                    ^^^^^ Did you mean "units"? It takes: units, activation, name.',
      ].join('\n'),
    )
  })

  test('more lines of a hint stand below', () => {
    const text = problemText([{ ...problem, hint: 'First.\nSecond.' }])
    expect(text.split('\n').slice(2)).toEqual(['    |                    ^^^^^ First.', '    | Second.'])
  })

  test('a warning says so; one without a place has no frame', () => {
    expect(problemText([{ code: 'diverged', severity: 'warning', message: 'Odd.', hint: 'Do this.' }])).toBe(
      'warning diverged  Odd.\n  Do this.',
    )
    expect(problemText([{ code: 'diverged', severity: 'error', message: 'Odd.' }])).toBe('diverged  Odd.')
  })

  test('an empty line is not shown', () => {
    const place = { file: 'a.yaml', line: 1, column: 1, length: 1, lineText: '' }
    expect(problemText([{ ...problem, place, hint: 'Do this.' }])).toBe('a.yaml:1:1 unknown_key  Layer "dense" has no "untis".\n  Do this.')
  })

  test('carets stand under the word behind tabs, and in a part of a long line', () => {
    const tab = { file: 'a', line: 1, column: 2, length: 1, lineText: '\tx: 1' }
    expect(problemText([{ ...problem, place: tab }]).split('\n')[2]).toMatch(/^ {4}\| \t\^ Did/)
    const long = { file: 'a', line: 1, column: 1005, length: 3, lineText: 'and abc', lineTextColumn: 1001 }
    expect(
      problemText([{ ...problem, place: long }])
        .split('\n')
        .slice(1),
    ).toEqual(['  1 | …and abc', expect.stringMatching(/^ {4}\| {6}\^\^\^ Did/)])
  })

  test('carets end with the line', () => {
    const place = { file: 'a', line: 1, column: 4, length: 99, lineText: 'ab cd' }
    expect(problemText([{ ...problem, place }]).split('\n')[2]).toMatch(/^ {4}\| {4}\^\^ Did/)
  })

  test('carets stand under the word behind letters of two columns', () => {
    const place = { file: 'a', line: 1, column: 4, length: 2, lineText: '大き: 模型' }
    expect(problemText([{ ...problem, place: { ...place, column: 5 } }]).split('\n')[2]).toMatch(/^ {4}\| {7}\^{4} Did/)
  })

  test('what a terminal would obey is shown as signs, one problem stays one', () => {
    const place = { file: 'a\u001b[2J\n.yaml', line: 1, column: 2, length: 3, lineText: '\u001bbcd\r' }
    const text = problemText([{ ...problem, place, message: 'Evil\u0007\nb.yaml:1:1 tab  Forged.', hint: '\u009b1m' }])
    expect(text).toBe('a␛[2J␊.yaml:1:2 unknown_key  Evil␇\n  b.yaml:1:1 tab  Forged.\n  1 | ␛bcd␍\n    |  ^^^ \ufffd1m')
    expect(problemGithub([{ ...problem, place, message: 'Evil\u0007' }])).toContain('::Evil␇%0A')
  })

  test('colours only when asked', () => {
    expect(problemText([problem])).not.toContain('\u001b')
    expect(problemText([problem], { color: true })).toContain('\u001b[31munknown_key')
  })
})

test('as annotations, with what the form reserves escaped', () => {
  const place = { file: 'a,b:c.yaml', line: 2, column: 3, length: 4, lineText: 'x' }
  expect(problemGithub([{ code: 'tab', severity: 'warning', message: '100 %', hint: 'a\nb', place }])).toBe(
    '::warning file=a%2Cb%3Ac.yaml,line=2,col=3,endColumn=7,title=tab::100 %25%0Aa%0Ab',
  )
  expect(problemGithub([{ code: 'tab', severity: 'error', message: 'm' }])).toBe('::error title=tab::m')
})
