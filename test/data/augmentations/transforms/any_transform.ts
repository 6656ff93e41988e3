import fc from 'fast-check'
import type { Transform } from '../../../../schema/recipe.ts'

type Kind = Transform['kind']
type SpecOf<K extends Kind> = Extract<Transform, { kind: K }>

const p = fc.constantFrom(0.5, 1)
const fill = fc.constantFrom(0, 128, 255)

const kinds: { [K in Kind]: fc.Arbitrary<SpecOf<K>> } = {
  horizontal_flip: fc.record({ kind: fc.constant('horizontal_flip'), p }),
  random_crop: fc.record({
    kind: fc.constant('random_crop'),
    padding: fc.integer({ min: 1, max: 7 }),
    padding_mode: fc.constantFrom('constant', 'edge', 'reflect', 'symmetric'),
    fill,
    p,
  }),
  random_resized_crop: fc.record({
    kind: fc.constant('random_resized_crop'),
    scale: fc.constantFrom<[number, number][]>([0.08, 1], [0.8, 1.2]),
    ratio: fc.constant<[number, number]>([0.75, 1.3]),
    p,
  }),
  color_jitter: fc.record({
    kind: fc.constant('color_jitter'),
    brightness: fc.constantFrom(0, 0.5),
    contrast: fc.constantFrom(0, 0.5),
    saturation: fc.constant(0.5),
    p,
  }),
  cutout: fc.record({
    kind: fc.constant('cutout'),
    length: fc.integer({ min: 2, max: 8 }),
    n_holes: fc.integer({ min: 1, max: 2 }),
    fill,
    p,
  }),
  random_erasing: fc.record({
    kind: fc.constant('random_erasing'),
    scale: fc.constant<[number, number]>([0.02, 0.33]),
    ratio: fc.constant<[number, number]>([0.3, 3.3]),
    value: fc.constantFrom<(number | 'random')[]>(0, 255, 'random'),
    p,
  }),
  rand_augment: fc.record({
    kind: fc.constant('rand_augment'),
    num_ops: fc.integer({ min: 1, max: 3 }),
    magnitude: fc.integer({ min: 0, max: 30 }),
    num_magnitude_bins: fc.constant(31),
    fill,
    p,
  }),
  rotation: fc.record({
    kind: fc.constant('rotation'),
    degrees: fc.integer({ min: 1, max: 180 }),
    interpolation: fc.constantFrom('nearest', 'bilinear'),
    fill,
    p,
  }),
  shift: fc.record({
    kind: fc.constant('shift'),
    translate: fc.tuple(fc.float({ min: 0, max: 1, noNaN: true }), fc.constant(0.25)),
    fill,
    p,
  }),
}

/** A transform of any kind, for images of at least 8×8. */
export const transformOf: fc.Arbitrary<Transform> = fc.oneof(...(Object.values(kinds) as fc.Arbitrary<Transform>[]))
