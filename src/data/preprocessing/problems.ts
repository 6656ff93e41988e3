import type { Preprocessing, Spec } from '../../../schema/recipe.ts'
import type { CellProblem } from '../../cell_problem.ts'
import { inputShape } from '../../input_shape.ts'
import { scaleOf } from './scale.ts'
import { rowOf } from './table.ts'

/** An augmentation that changes brightness needs to know what is black and what is white. */
export const scaleProblems = ({ preprocessing, augmentation }: Pick<Spec, 'preprocessing' | 'augmentation'>): CellProblem[] => {
  if (augmentation.kind !== 'image_data_generator' || scaleOf(preprocessing) !== null) return []
  const keys = (['brightness_range', 'channel_shift_range'] as const).filter((key) => augmentation[key] !== undefined)
  return keys.map((key) => ({
    code: 'augmentation_scale',
    severity: 'error',
    at: ['augmentation', key],
    message: `${key} is in bytes, and by these steps of preprocessing a byte has become no certain number.`,
    hint: 'Use preprocessing that rescales, and nothing more, or leave it out.',
  }))
}

/** What is wrong with the order of steps, their scale, or the channels that they need. */
export const preprocessingProblems = (preprocessing: Preprocessing, imageShape: readonly number[]): CellProblem[] => {
  const { steps = [], rescale } = preprocessing
  const firstNumbers = steps.findIndex((step) => rowOf(step).works === 'numbers')
  const late = steps.findIndex((step, at) => firstNumbers >= 0 && at > firstNumbers && rowOf(step).works === 'bytes')
  const scaled = firstNumbers >= 0 && (rescale[0] !== 0 || rescale[1] !== 1)
  return [
    ...(late < 0
      ? []
      : [
          error(
            late,
            'preprocessing_order',
            `The step ${steps[late]?.kind} works on bytes, and ${steps[firstNumbers]?.kind} above it makes numbers of them.`,
            `Put it above ${steps[firstNumbers]?.kind}.`,
          ),
        ]),
    ...(scaled ? [twice(steps[firstNumbers]?.kind ?? '')] : []),
    ...steps.flatMap((step, at): CellProblem[] => {
      const [, , channels] = inputShape({ ...preprocessing, steps: steps.slice(0, at) }, imageShape)
      if (step.kind === 'preprocess_input' && step.mode !== 'tf' && channels !== 3)
        return [
          error(
            at,
            'preprocessing_channels',
            `preprocess_input with mode: ${step.mode} needs three channels; the images have ${channels}.`,
            'Put { kind: rgb } above it, which repeats the gray channel.',
          ),
        ]
      if (step.kind === 'normalize') {
        const wrong = [step.mean, step.std].some(({ length }) => length !== 1 && length !== channels)
        return wrong
          ? [
              error(
                at,
                'preprocessing_channels',
                `normalize has ${step.mean.length} means and ${step.std.length} deviations; the images have ${channels} ${channels === 1 ? 'channel' : 'channels'}.`,
                'Give one of each for all channels, or one for each channel.',
              ),
            ]
          : []
      }
      return []
    }),
  ]
}

const error = (at: number, code: CellProblem['code'], message: string, hint: string): CellProblem => ({
  code,
  severity: 'error',
  at: ['preprocessing', 'steps', at],
  message,
  hint,
})

const twice = (kind: string): CellProblem => ({
  code: 'preprocessing_order',
  severity: 'error',
  at: ['preprocessing', 'rescale'],
  message: `rescale says what bytes become, and so does the step ${kind}.`,
  hint: 'Leave rescale out; it can be a step: { kind: rescale, range: [-1, 1] }.',
})
