import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceImageFolder } from '../../schema/recipe.ts'
import { resample } from '../../src/data/resample.ts'

type Interpolation = SourceImageFolder['interpolation']
type Case = { size: [number, number]; interpolation: Interpolation; crop: boolean; bytes: string }
type Golden = { resized: { height: number; width: number; rgb: string; cases: Case[] }[] }

/** Keras' load_img of Pillow 12; made by load_img.py. */
const golden = JSON.parse(readFileSync(new URL('../golden/load_img.json', import.meta.url), 'utf8')) as Golden
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

describe.each(golden.resized)('$height×$width', ({ height, width, rgb, cases }) => {
  test.each(cases)('to $size, $interpolation, crop: $crop, to the byte as Keras', ({ size, interpolation, crop, bytes }) => {
    const image = { data: bytesOf(rgb), height, width, channels: 3 }
    expect(resample(image, { height: size[0], width: size[1], interpolation, crop })).toEqual(bytesOf(bytes))
  })
})

const INTERPOLATIONS = ['nearest', 'bilinear', 'bicubic', 'lanczos', 'box', 'hamming'] as const
const size = fc.integer({ min: 1, max: 40 })
const shape = fc.record({ height: size, width: size })

test('one gray stays what it is, in any size', () => {
  const anyCase = fc.tuple(shape, shape, fc.constantFrom(...INTERPOLATIONS), fc.boolean(), fc.nat(255))
  fc.assert(
    fc.property(anyCase, ([from, to, interpolation, crop, gray]) => {
      const image = { data: new Uint8Array(from.height * from.width).fill(gray), ...from, channels: 1 }
      expect(new Set(resample(image, { ...to, interpolation, crop }))).toEqual(new Set([gray]))
    }),
  )
})

test('channels do not mix', () => {
  const gray = Uint8Array.from({ length: 63 }, (_, at) => (at * 89) % 256)
  const rgb = Uint8Array.from({ length: 189 }, (_, at) => (at % 3 === 1 ? (gray[Math.floor(at / 3)] as number) : at % 3))
  const wanted = { height: 4, width: 11, interpolation: 'bicubic', crop: true } as const
  const mixed = resample({ data: rgb, height: 9, width: 7, channels: 3 }, wanted)
  expect(mixed.filter((_, at) => at % 3 === 1)).toEqual(resample({ data: gray, height: 9, width: 7, channels: 1 }, wanted))
})
