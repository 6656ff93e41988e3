import { defineConfig } from 'vitest/config'

const resultsFile = process.env.FERMENT_TEST_RESULTS

export default defineConfig({
  test: {
    globalSetup: 'test/temporary_folder.ts',
    include: ['test/**/*.test.ts'],
    // One process per file: TensorFlow keeps its state for the life of a process.
    pool: 'forks',
    maxWorkers: 2,
    // For what hangs: what takes a second here takes minutes on a machine that has other work.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: resultsFile ? ['default', 'json'] : ['default'],
    ...(resultsFile ? { outputFile: { json: resultsFile } } : {}),
  },
})
