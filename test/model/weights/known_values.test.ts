import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findKnown, type KnownTensor } from '../../../src/model/weights/known_values.ts'
import type { StoredTensor } from '../../../src/model/weights/stored_tensor.ts'

const valuesOf = (shape: readonly number[], first: number) =>
  Float32Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, index) => first + index)
const stored = (name: string, shape: readonly number[], first: number): StoredTensor => ({
  name,
  shape,
  read: () => valuesOf(shape, first),
})
const known = (name: string, shape: readonly number[], first: number): KnownTensor => ({
  name,
  shape,
  sha256: createHash('sha256')
    .update(new Uint8Array(valuesOf(shape, first).buffer))
    .digest('hex'),
})

const KNOWN = [known('one/kernel', [2, 2], 1), known('one/bias', [2], 10), known('two/kernel', [2, 2], 20), known('two/bias', [2], 30)]

describe('findKnown', () => {
  test.each([
    [
      'names of another tool',
      [stored('m/one/w', [2, 2], 1), stored('m/one/b', [2], 10), stored('m/two/w', [2, 2], 20), stored('m/two/b', [2], 30)],
    ],
    [
      'another order, and more than is wanted',
      [
        stored('3', [2], 30),
        stored('x', [5], 0),
        stored('2', [2, 2], 20),
        stored('0', [2, 2], 1),
        stored('1', [2], 10),
        stored('y', [2], 99),
      ],
    ],
  ])('finds tensors by their values: %s', (_what, tensors) => {
    const found = findKnown(tensors, KNOWN)
    if (!found.ok) return expect.unreachable(found.why)
    expect([...found.tensors.entries()]).toEqual([
      ['one/kernel', { shape: [2, 2], values: valuesOf([2, 2], 1) }],
      ['one/bias', { shape: [2], values: valuesOf([2], 10) }],
      ['two/kernel', { shape: [2, 2], values: valuesOf([2, 2], 20) }],
      ['two/bias', { shape: [2], values: valuesOf([2], 30) }],
    ])
  })

  test('other values: the first that differs, by its name there', () => {
    const tensors = [stored('one/w', [2, 2], 1), stored('one/b', [2], 10), stored('two/w', [2, 2], 21), stored('two/b', [2], 31)]
    expect(findKnown(tensors, KNOWN)).toEqual({
      ok: false,
      code: 'weights_other_values',
      why: 'the first tensor that differs is two/kernel (there two/w); 2 of 4 tensors are as they should be',
    })
  })

  test('other shapes: a table of what was expected and found', () => {
    const tensors = [stored('one/w', [2, 2], 1), stored('one/b', [2], 10), stored('two/w', [3, 2], 21)]
    expect(findKnown(tensors, KNOWN)).toEqual({
      ok: false,
      code: 'weights_other_shapes',
      why: '2 of 4 tensors are not there in the shape they should have; the first: two/kernel [2, 2], found [3, 2] two/w',
      table: ['tensor      expected  found', 'two/kernel  [2, 2]    [3, 2] two/w', 'two/bias    [2]       nothing'],
    })
  })

  test('a file of something else', () => {
    expect(findKnown([], KNOWN)).toMatchObject({ ok: false, code: 'weights_other_shapes', why: expect.stringContaining('4 of 4') })
  })
})
