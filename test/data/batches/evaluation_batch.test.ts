import { expect, test } from 'vitest'
import { evaluationBatch } from '../../../src/data/batches/evaluation_batch.ts'

test.each([
  ['small images, small batches', [48, 48, 1], 4, 64],
  ['color makes no difference', [48, 48, 3], 4, 64],
  ['batches that are large anyway', [48, 48, 1], 128, 128],
  ['large images', [224, 224, 3], 1, 2],
  ['images larger than all of it', [1024, 1024, 3], 4, 4],
])('%s', (_title, shape, batchSize, expected) => expect(evaluationBatch(shape, batchSize)).toBe(expected))
