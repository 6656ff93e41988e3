import fc from 'fast-check'
import type { Transform } from '../../../../schema/recipe.ts'

type Kind = Transform['kind']
type SpecOf<K extends Kind> = Extract<Transform, { kind: K }>

const p = fc.constantFrom(0.5, 1)
const fill = fc.constantFrom(0, 128, 255)

const kinds: { [K in Kind]: fc.Arbitrary<SpecOf<K>> } = {
  horizontal_flip: fc.record({ kind: fc.constant('horizontal_flip'), p }),
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
