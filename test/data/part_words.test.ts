import { expect, test } from 'vitest'
import { partOfName, partsAmong } from '../../src/data/part_words.ts'

test.each([
  ['train', 'train', ''],
  ['Training', 'train', ''],
  ['training_set', 'train', ''],
  ['train-images', 'train', ''],
  ['FER2013Train', 'train', 'fer 2013'],
  ['FER2013Valid', 'validation', 'fer 2013'],
  ['FER2013Test', 'test', 'fer 2013'],
  ['PublicTest', 'validation', ''],
  ['PrivateTest', 'test', ''],
  ['public_test', 'validation', ''],
  ['privatetest', 'test', ''],
  ['val', 'validation', ''],
  ['Validation Set', 'validation', ''],
  ['dev', 'validation', ''],
  ['TEST', 'test', ''],
  ['rafdb.test', 'test', 'rafdb'],
])('%s is a part', (name, part, rest) => expect(partOfName(name)).toEqual({ part, rest }))

test.each(['happy', 'trainer', 'contest', 'valentine', 'developer', 'cat', ''])('%s is none', (name) => expect(partOfName(name)).toBeNull())

test.each([
  { names: ['PrivateTest', 'PublicTest', 'Training'], parts: 3 },
  { names: ['FER2013Test', 'FER2013Train', 'FER2013Valid'], parts: 3 },
  { names: ['test', 'train'], parts: 2 },
  { names: ['test_set', 'training_set'], parts: 2 },
  { names: ['bus', 'car', 'train'], parts: 0 },
  { names: ['test', 'val'], parts: 0 },
  { names: ['blood test', 'eye test'], parts: 0 },
  { names: ['test', 'train', 'tram'], parts: 2 },
])('$names: $parts parts', ({ names, parts }) => expect(partsAmong(names)).toHaveLength(parts))
