import { expect, test } from 'vitest'
import { onProcessor } from '../../src/run/devices.ts'
import { sharing } from '../../src/study/sharing.ts'

const gpus = (count: number) => Array.from({ length: count }, (_, id) => ({ id: String(id), name: null, uuid: null }))

test.each([
  { asked: undefined, count: 0, parallel: 1, notice: null },
  { asked: undefined, count: 1, parallel: 1, notice: null },
  { asked: undefined, count: 4, parallel: 4, notice: null },
  { asked: 2, count: 4, parallel: 2, notice: null },
  { asked: 6, count: 4, parallel: 4, notice: '--parallel 6: 4 GPUs take 4 runs at a time.' },
  { asked: 2, count: 1, parallel: 1, notice: '--parallel 2: one GPU takes one run at a time.' },
  { asked: 3, count: 0, parallel: 3, notice: "3 runs at a time share the processor's 8 cores: each takes longer, with the same results." },
])('--parallel $asked with $count GPUs: $parallel at a time', ({ asked, count, parallel, notice }) => {
  const shared = sharing({ asked, gpus: gpus(count), cores: 8 })
  expect(shared).toMatchObject({ parallel, notice })
  expect(shared.takeDevice === onProcessor).toBe(count === 0)
})
