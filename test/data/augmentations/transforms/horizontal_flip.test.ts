import { expect, test } from 'vitest'
import { horizontal_flip } from '../../../../src/data/augmentations/transforms/horizontal_flip.ts'
import { drawn, farthest, torchvision } from './golden.ts'

test.each(torchvision('horizontal_flip'))('$name is mirrored as by torchvision', ({ shape, image, expected }) => {
  const spec = { kind: 'horizontal_flip', p: 1 } as const
  expect(farthest(horizontal_flip.apply(spec, image(), { shape, random: drawn() }), expected)).toBeLessThan(1e-7)
})
