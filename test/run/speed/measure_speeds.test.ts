import { expect, test } from 'vitest'
import type { Optimizer } from '../../../schema/recipe.ts'
import { measureSpeeds } from '../../../src/run/speed/measure_speeds.ts'
import { modelOf } from '../../model/models.ts'
import { withDefaults } from '../../schema_defaults.ts'

test('what hinders the timing is told', async () => {
  const task = {
    model: modelOf({ kind: 'dense', units: 3 }),
    imageShape: [8, 8, 1],
    classes: 3,
    batchSize: 4,
    precision: 'float32',
    optimizer: withDefaults<Optimizer>('optimizer', { kind: 'sgd', learning_rate: 0.1, weight_decay: 0, momentum: 0, nesterov: false }),
    loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
    semantics: 'keras-3',
  } as const
  await expect(measureSpeeds([task])).rejects.toMatchObject({
    exitStatus: 3,
    problems: [{ code: 'speed_unmeasured', message: expect.stringContaining('could not be timed: the network does not fit') }],
  })
})
