import { expect, test } from 'vitest'
import { lowArithmetic } from '../../../src/engine/choose/machine.ts'

const INTEL = 'Intel(R) Xeon(R) Platinum 8480C'
const AMD = 'AMD EPYC 9654 96-Core Processor'

test.each([
  { what: 'no 16 bits at all', flags: ['avx2'], model: INTEL, bfloat16: 'rounded', float16: 'rounded' },
  { what: 'AVX-512 of Intel', flags: ['avx512_bf16', 'avx512_fp16'], model: INTEL, bfloat16: 'rounded', float16: 'rounded' },
  { what: 'matrix units', flags: ['avx512_bf16', 'amx_bf16'], model: INTEL, bfloat16: 'native', float16: 'rounded' },
  { what: 'matrix units of both types', flags: ['amx_bf16', 'amx_fp16'], model: INTEL, bfloat16: 'native', float16: 'native' },
  {
    what: 'matrix units that are not to be used',
    flags: ['amx_bf16'],
    model: INTEL,
    limit: 'AVX2',
    bfloat16: 'rounded',
    float16: 'rounded',
  },
  { what: 'matrix units at most', flags: ['amx_bf16'], model: INTEL, limit: 'AVX512_CORE_AMX', bfloat16: 'native', float16: 'rounded' },
  { what: 'AVX-512 of AMD', flags: ['avx512_bf16'], model: AMD, bfloat16: 'native', float16: 'rounded' },
])('$what: bfloat16 $bfloat16, float16 $float16', ({ flags, model, limit = '', bfloat16, float16 }) => {
  expect(lowArithmetic(new Set(flags), model, limit)).toEqual({ bfloat16, float16 })
})
