import { describe, expect, test } from 'vitest'
import { classCounts, classWeightProblems, classWeights } from '../../src/data/class_weights.ts'

const classes = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral']

test('the paper’s weights, from the class sizes of its training set, sum to one', () => {
  const weights = classWeights([3962, 438, 4097, 7191, 4861, 3202, 4958], classes, 'inverse_frequency') ?? []
  expect(weights.map((weight) => weight.toFixed(4))).toEqual(['0.0694', '0.6275', '0.0671', '0.0382', '0.0565', '0.0858', '0.0554'])
  expect(weights.reduce((all, weight) => all + weight, 0)).toBeCloseTo(1, 12)
})

test('none are none', () => expect(classWeights([1, 2], ['a', 'b'], 'none')).toBeNull())

test('a class without images has no weight', () => {
  expect(() => classWeights([3, 0, 4], ['a', 'b', 'c'], 'balanced')).toThrow('there are none of b')
})

test('counts only the rows asked for', () => {
  const dataset = { labels: Uint8Array.of(0, 2, 2, 1), classes: ['a', 'b', 'c'] }
  expect(classCounts(dataset, Int32Array.of(1, 2, 3))).toEqual([0, 1, 2])
})

describe('a map of one’s own', () => {
  const counts = [10, 0, 5]

  test('takes names and numbers; a class that it does not name has 1, as in Keras', () => {
    expect(classWeights(counts, ['a', 'b', 'c'], { a: 2.5, 2: 0.5 })).toEqual([2.5, 1, 0.5])
  })

  test('a class that there is not', () => {
    expect(() => classWeights(counts, ['a', 'b', 'c'], { a: 1, d: 2 })).toThrow(
      'training.class_weight has a weight for "d", and the data have no such class.',
    )
    expect(classWeightProblems(counts, ['a', 'b', 'c'], { 3: 1 }).map(({ hint }) => hint)).toEqual(['They have: 0 a, 1 b, 2 c.'])
  })
})
