// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the recipe language writes variables of the environment so.
import { expect, test } from 'vitest'
import { expandEnvironment } from '../../src/data/environment.ts'

test.each([
  { text: 'data/a.csv', env: {}, expanded: 'data/a.csv', variables: [] },
  { text: '${FER2013:-data/a.csv}', env: {}, expanded: 'data/a.csv', variables: [] },
  { text: '${FER2013:-data/a.csv}', env: { FER2013: '' }, expanded: 'data/a.csv', variables: [] },
  { text: '${FER2013:-data/a.csv}', env: { FER2013: '/b.csv' }, expanded: '/b.csv', variables: ['FER2013'] },
  { text: '${ROOT}/${NAME:-a}.csv', env: { ROOT: '/r' }, expanded: '/r/a.csv', variables: ['ROOT'] },
  { text: '$ROOT/a.csv', env: { ROOT: '/r' }, expanded: '/r/a.csv', variables: ['ROOT'] },
  { text: '~/a.csv', env: { HOME: '/h' }, expanded: '/h/a.csv', variables: [] },
  { text: '~', env: { HOME: '/h' }, expanded: '/h', variables: [] },
  { text: '${FER2013:-~/a.csv}', env: { HOME: '/h' }, expanded: '/h/a.csv', variables: [] },
  { text: 'a~/~b $ ${ 5$', env: { HOME: '/h' }, expanded: 'a~/~b $ ${ 5$', variables: [] },
])('$text with $env', ({ text, env, expanded, variables }) => expect(expandEnvironment(text, env)).toEqual({ text: expanded, variables }))

test('a dollar and a name that is not set: told what to write', () => {
  expect(() => expandEnvironment('$FER2013/a.csv', {})).toThrow('The environment variable FER2013 is not set; "$FER2013/a.csv" needs it.')
})

test('a variable that is not set and has no default', () => {
  expect(() => expandEnvironment('${FER2013}/a.csv', {})).toThrow(
    'The environment variable FER2013 is not set; "${FER2013}/a.csv" needs it.',
  )
})
