import { defineConfig } from 'vitest/config'

const resultsFile = process.env.FERMENT_TEST_RESULTS

export default defineConfig({
  test: {
    globalSetup: 'test/temporary_folder.ts',
    include: ['test/**/*.test.ts'],
    // One process per file: TensorFlow keeps its state for the life of a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: resultsFile ? ['default', 'json'] : ['default'],
    ...(resultsFile ? { outputFile: { json: resultsFile } } : {}),
  },
})
