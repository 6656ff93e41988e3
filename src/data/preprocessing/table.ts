import type { Step } from '../../../schema/recipe.ts'
import { center_crop, equalize, grayscale, resize, rgb } from './bytes.ts'
import { normalize, preprocess_input, rescale, standardize, standardize_image } from './numbers.ts'
import type { StepRow } from './step_row.ts'

type Kind = Step['kind']
type StepOf<K extends Kind> = Extract<Step, { kind: K }>

const steps: { [K in Kind]: StepRow<StepOf<K>> } = {
  resize,
  center_crop,
  grayscale,
  rgb,
  equalize,
  rescale,
  standardize_image,
  standardize,
  normalize,
  preprocess_input,
}

/** The row of a step. */
export const rowOf = (step: Step): StepRow<Step> => steps[step.kind] as StepRow<Step>
