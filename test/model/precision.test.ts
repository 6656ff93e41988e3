import { expect, test } from 'vitest'
import { arithmeticText, policyOf, precisionOf } from '../../src/model/precision.ts'

const arithmetic = { bfloat16: 'native', float16: 'rounded' } as const

test('a policy of Keras is a type, worked in as the engine works in it', () => {
  expect(precisionOf('float32', arithmetic)).toBeNull()
  expect(precisionOf('mixed_bfloat16', arithmetic)).toEqual({ type: 'bfloat16', arithmetic: 'native' })
  expect(precisionOf('mixed_float16', arithmetic)).toEqual({ type: 'float16', arithmetic: 'rounded' })
})

test('records say what was computed in', () => {
  expect(arithmeticText(null)).toBe('float32')
  expect(arithmeticText({ type: 'bfloat16', arithmetic: 'native' })).toBe('bfloat16')
  expect(arithmeticText({ type: 'float16', arithmetic: 'rounded' })).toBe('float32 rounded to float16')
})

test('layers are handed tensors of 16 bits only where operations work in them', () => {
  expect(policyOf(null).low).toBe(false)
  expect(policyOf({ type: 'bfloat16', arithmetic: 'rounded' }).low).toBe(false)
  expect(policyOf({ type: 'bfloat16', arithmetic: 'native' }).low).toBe(true)
})
