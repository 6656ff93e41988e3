import { expect, test } from 'vitest'
import { summarize } from '../../src/report/summarize.ts'
import { situations } from './fake.ts'

test.each(['full', 'quick', 'mixed', 'empty', 'lone'] as const)('%s reads well', async (name) => {
  const { study, records } = situations[name]()
  await expect(`${summarize(study, records).join('\n')}\n`).toMatchFileSnapshot(`__snapshots__/summary-${name}.txt`)
})
