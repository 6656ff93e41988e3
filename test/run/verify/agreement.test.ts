import { describe, expect, test } from 'vitest'
import { agreementOf } from '../../../src/run/verify/agreement.ts'

const losses = Array.from({ length: 50 }, (_, step) => 2 - step / 100)

describe('agreementOf', () => {
  test('the same losses', () => expect(agreementOf(losses, losses)).toEqual({ steps: 50, largest: 0, reproduced: true, apart: null }))

  test('rounding that grows with the steps is reproduced', () => {
    const here = losses.map((loss, step) => loss * (1 + 5e-6 * 2 ** Math.min(step, 10)))
    expect(agreementOf(losses, here)).toMatchObject({ reproduced: true, apart: null })
  })

  test('the first step that is apart is named', () => {
    const here = losses.with(7, 1.5).with(9, 1)
    expect(agreementOf(losses, here)).toMatchObject({ reproduced: false, apart: { step: 8, recorded: losses[7], here: 1.5 } })
  })

  test('a first loss that differs in its fourth digit is apart', () =>
    expect(agreementOf(losses, losses.with(0, 2.0005)).apart?.step).toBe(1))

  test('losses that are no numbers agree with their kind only', () => {
    expect(agreementOf([1, null], [1, null]).reproduced).toBe(true)
    expect(agreementOf([1, null], [1, 2])).toEqual({
      steps: 2,
      largest: null,
      reproduced: false,
      apart: { step: 2, recorded: null, here: 2, difference: null },
    })
  })

  test('only steps that both have are compared; none is nothing reproduced', () => {
    expect(agreementOf(losses, losses.slice(0, 5))).toMatchObject({ steps: 5, reproduced: true })
    expect(agreementOf(losses, [])).toMatchObject({ steps: 0, reproduced: false })
  })
})
