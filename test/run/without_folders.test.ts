import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { portablePath, withoutFolders, withoutFoldersIn } from '../../src/run/without_folders.ts'

const variable = (text: string) => `\${${text}}`

describe('withoutFolders', () => {
  test.each([
    ['/home/ann/data/fer2013.csv', 'fer2013.csv'],
    ['~/data/fer2013.csv', 'fer2013.csv'],
    ['C:\\Users\\ann\\fer2013.csv', 'fer2013.csv'],
    ['--store=/tmp/runs', '--store=runs'],
    ['dataset.path=/data/x.csv', 'dataset.path=x.csv'],
    [variable('FER2013:-/home/ann/fer2013.csv'), variable('FER2013:-fer2013.csv')],
    [variable('FER2013:-data/fer2013.csv'), variable('FER2013:-data/fer2013.csv')],
    ['/', '…'],
    ['There is no "/home/ann/x.csv", nor /srv/b c.', 'There is no "x.csv", nor b c.'],
    ['recipes/paper/as-coded.yaml', 'recipes/paper/as-coded.yaml'],
    ['../shared/data/x.csv', '../shared/data/x.csv'],
    ['model=My CNN', 'model=My CNN'],
    ['1/2 or a/b', '1/2 or a/b'],
    ['https://example.org/a/b.html', 'https://example.org/a/b.html'],
  ])('%s', (text, expected) => expect(withoutFolders(text)).toBe(expected))

  test('leaves no folder of an absolute path', () => {
    const name = fc.stringMatching(/^[a-z0-9._-]{1,12}$/).filter((text) => !/^\.+$/.test(text))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '~', 'path=', 'no '), (names, before) => {
        expect(withoutFolders(`${before}/${names.join('/')}`)).toBe(`${before === '~' ? '' : before}${names.at(-1)}`)
      }),
    )
  })
})

test('a path below the working directory stays as it is from there', () => {
  expect(portablePath('/project/recipes/mine.yaml', '/project')).toBe('recipes/mine.yaml')
  expect(portablePath('recipes/mine.yaml', '/project')).toBe('recipes/mine.yaml')
  expect(portablePath('/home/ann/mine.yaml', '/project')).toBe('mine.yaml')
  expect(portablePath('dataset.path=/home/ann/x.csv', '/project')).toBe('dataset.path=x.csv')
})

test('in every text of a value', () => {
  expect(withoutFoldersIn({ a: ['/b/c', 1, null], d: { e: '/f/g' } })).toEqual({ a: ['c', 1, null], d: { e: 'g' } })
})
