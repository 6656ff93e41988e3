import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permutation, randomOf } from '../src/random.ts'

const key = { seed: 7, purpose: 'shuffle', at: ['layer', 3] } as const
const draw = (count: number, seed = 7) => {
  const random = randomOf({ ...key, seed })
  return Array.from({ length: count }, random.uniform)
}

describe('randomOf', () => {
  test('gives the same stream for the same key, on every machine', () => {
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3).map((value) => Math.round(value * 1e6))).toMatchInlineSnapshot(`
      [
        162331,
        645579,
        45582,
      ]
    `)
  })

  test('gives another stream for another seed, purpose or place', () => {
    const firsts = [
      randomOf(key),
      randomOf({ ...key, seed: 8 }),
      randomOf({ ...key, purpose: 'dropout' }),
      randomOf({ ...key, at: ['layer', 4] }),
      randomOf({ ...key, at: ['layer3'] }),
    ].map((random) => random.uniform())
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  test('is uniform and normal', () => {
    const values = draw(20_000)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01)
    const random = randomOf(key)
    const normals = Array.from({ length: 20_000 }, random.normal)
    const variance = normals.reduce((sum, value) => sum + value * value, 0) / normals.length
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  })

  test('draws integers below a bound, all of them', () => {
    const random = randomOf(key)
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(5)))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4])
  })
})

test('a permutation holds each number once', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(), (n, seed) => {
      const order = permutation(randomOf({ seed, purpose: 'shuffle' }), n)
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, index) => index))
    }),
  )
})
