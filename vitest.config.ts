import { defineConfig } from 'vitest/config'
import { cpuFlags } from './src/engine/choose/machine.ts'

const { FERMENT_TEST_AVX2, FERMENT_TEST_RESULTS: resultsFile } = process.env

/** Tests whose numbers the native engine computes: convolutions round otherwise with AVX2 than with AVX-512. */
const NUMBERS = [
  'test/engine/{agreement,select}.test.ts',
  'test/engine/native/compile/{agreement,program}.test.ts',
  'test/model/{forward,layers/golden}.test.ts',
  'test/train/{fit,mixed_precision}.test.ts',
  'test/train/{losses,optimizers}/*.test.ts',
  'test/run/numbers_version.test.ts',
]

const avx2 = { extends: true as const, test: { name: 'avx2', include: NUMBERS, env: { ONEDNN_MAX_CPU_ISA: 'AVX2' } } }
const hasMore = cpuFlags().has('avx512f')

export default defineConfig({
  test: {
    globalSetup: 'test/temporary_folder.ts',
    // One process per file: TensorFlow keeps its state for the life of a process.
    pool: 'forks',
    maxWorkers: 2,
    // For what hangs: what takes a second here takes minutes on a machine that has other work.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: resultsFile ? ['default', 'json'] : ['default'],
    ...(resultsFile ? { outputFile: { json: resultsFile } } : {}),
    projects: [{ extends: true, test: { name: 'all', include: ['test/**/*.test.ts'] } }, ...(FERMENT_TEST_AVX2 && hasMore ? [avx2] : [])],
  },
})
