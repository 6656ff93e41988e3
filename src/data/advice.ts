import type { Spec } from '../../schema/recipe.ts'
import type { CellProblem } from '../cell_problem.ts'
import { classWeightProblems } from './class_weights.ts'
import { type LeftOut, PARTS } from './dataset.ts'
import type { DatasetDescription } from './dataset_payload.ts'
import { type PartCounts, partSizes, type Sizes } from './part_counts.ts'
import { partOfName } from './part_words.ts'
import { preprocessingProblems, scaleProblems } from './preprocessing/problems.ts'

/** What shows of data once it is known which images are in which part, before anything is trained. */
export const dataAdvice = (
  {
    classes,
    images,
    imageShape,
    leftOut,
    usageNames,
  }: Pick<DatasetDescription, 'classes' | 'images' | 'imageShape' | 'leftOut' | 'usageNames'>,
  spec: Pick<Spec, 'dataset' | 'split' | 'preprocessing' | 'augmentation' | 'training'>,
  counts: PartCounts,
): CellProblem[] => [
  ...emptyClasses(counts, classes),
  ...weightProblems(spec, counts.train, classes),
  ...unusedImages(partSizes(counts), images),
  ...preprocessingProblems(spec.preprocessing, imageShape),
  ...scaleProblems(spec),
  ...leftOutNotes(leftOut),
  ...partsAdvice(spec, usageNames),
]

/** A stratified split gives each class its share of each part, which for a rare class can be less than one image. */
const emptyClasses = (counts: PartCounts, classes: readonly string[]): CellProblem[] => {
  const emptyIn = PARTS.flatMap((part) => {
    const empty = classes.filter((_, label) => counts[part][label] === 0)
    const size = counts[part].reduce((all, count) => all + count, 0)
    return empty.length > 0 && size > 0 ? [`the ${NAMES[part]} set (${size} images) has none of ${listed(empty)}`] : []
  })
  if (emptyIn.length === 0) return []
  const hint = 'Hold out more (test_size), shift the balance (validation_of_test), or take the class out (dataset.classes).'
  return [{ code: 'class_left_empty', severity: 'warning', at: ['split'], message: `By this split, ${emptyIn.join(' and ')}.`, hint }]
}

const NAMES = { train: 'training', validation: 'validation', test: 'test' } as const

/** As `classWeights` would refuse them when the run begins. */
const weightProblems = ({ training }: Pick<Spec, 'training'>, counts: readonly number[], classes: readonly string[]): CellProblem[] =>
  classWeightProblems(counts, classes, training.class_weight).map((problem) => ({ ...problem, at: ['training', 'class_weight'] }))

/** What sums to one makes the training loss smaller than the validation loss, by nothing but its scale: for plans, since the paper means it so. */
export const weightAdvice = ({ training }: Pick<Spec, 'training'>, classes: readonly string[]): CellProblem[] =>
  training.class_weight === 'inverse_frequency'
    ? [
        {
          code: 'class_weight_scale',
          severity: 'warning',
          at: ['training', 'class_weight'],
          message: `These weights sum to 1: training losses come out near 1/${classes.length} of the validation losses.`,
          hint: 'class_weight: balanced weighs classes against each other in the same way, on the scale of the validation losses.',
        },
      ]
    : []

/** Sizes of both parts can be given so that they are not all. */
const unusedImages = ({ train, validation, test }: Sizes, images: number): CellProblem[] => {
  const unused = images - train - validation - test
  if (unused <= 0) return []
  const message = `By this split, ${unused.toLocaleString('en')} of ${images.toLocaleString('en')} images are in no part.`
  return [{ code: 'images_unused', severity: 'warning', at: ['split'], message }]
}

/** Never silently: what a source has and a run will not see. */
const leftOutNotes = (leftOut: readonly LeftOut[]): CellProblem[] => {
  if (leftOut.length === 0) return []
  const items = leftOut.map(({ what, count, examples }) => {
    const more = count > examples.length ? ` and ${count - examples.length} more` : ''
    return `${count.toLocaleString('en')} ${what}${examples.length > 0 ? ` (${examples.join(', ')}${more})` : ''}`
  })
  return [{ code: 'images_left_out', severity: 'warning', at: ['dataset', 'path'], message: `Left out of the data: ${items.join('; ')}.` }]
}

/** A source that comes in folders of parts, divided anew. */
const partsAdvice = ({ dataset, split }: Pick<Spec, 'dataset' | 'split'>, names: readonly string[]): CellProblem[] => {
  if (dataset.kind !== 'image_folder' || split.kind === 'predefined' || split.kind === 'usage_column' || names.length === 0) return []
  return [
    {
      code: 'given_parts_unused',
      severity: 'warning',
      at: ['split'],
      message: `The data come in parts (${listed(names)}), and this split divides all of their images anew.`,
      hint: `To keep the parts, write split: { kind: predefined${keptParts(names)} }.`,
    },
  ]
}

/** What `predefined` needs beside its kind. */
const keptParts = (names: readonly string[]): string =>
  names.some((name) => partOfName(name)?.part === 'validation') ? '' : ', validation_of_train: 0.1'

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`
