import { beforeAll, describe, expect, test } from 'vitest'
import { backends, loadBackends } from '../backends.ts'
import { IMAGES, maxPoolGradients, POOLS, type PoolCase } from '../max_pool_gradients.ts'

beforeAll(loadBackends)

describe.each(Object.entries(IMAGES))('gradient of max pooling of values %s equals', (_kind, value) => {
  test.each(POOLS)("the plain backend's: $size, window $window, strides $strides, $pad", async (which) => {
    expect(await maxPoolGradients('wasm', which, value)).toEqual(await maxPoolGradients('cpu', which, value))
  })

  test.runIf(backends.includes('tensorflow')).each(POOLS)("TensorFlow's: $size, window $window, strides $strides, $pad", async (which) => {
    expect(await maxPoolGradients('wasm', which, value)).toEqual(await maxPoolGradients('tensorflow', which, value))
  })
})

test('of equal values the first has it all, row by row', async () => {
  const only: PoolCase = { size: [2, 2], window: [2, 2], strides: [2, 2], pad: 'valid' }
  const dx = await maxPoolGradients('wasm', only, () => -3)
  // Two images of three channels: [n, h, w, c]. dy is 1 and up, in eighths.
  expect(dx).toEqual([1, 1.125, 1.25, ...Array(9).fill(0), 1.375, 1.5, 1.625, ...Array(9).fill(0)])
})
