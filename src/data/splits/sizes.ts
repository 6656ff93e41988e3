import { userError } from '../../problem.ts'

/** Sizes as scikit-learn takes them: below 1 a share, from 1 on a number of images; undefined: whatever the other leaves. */
export type SizeSpec = { train_size?: number | undefined; test_size?: number | undefined }

/**
 * Images of both parts, as scikit-learn's `_validate_shuffle_split`: a share of `test_size` is rounded up, one of `train_size` down.
 * @param names what the recipe calls the two
 * @throws UserError `split_size` where they are more than there are, or leave nothing to train
 */
export const sizesOf = (
  images: number,
  { train_size, test_size }: SizeSpec,
  names: { train: string; test: string },
): { trainSize: number; testSize: number } => {
  for (const [name, size] of [
    [names.train, train_size],
    [names.test, test_size],
  ] as const)
    if (size !== undefined && size > 1 && !Number.isInteger(size)) throw notASize(name, size)
  const tested = test_size === undefined ? undefined : test_size < 1 ? Math.ceil(test_size * images) : test_size
  const trained = train_size === undefined ? undefined : train_size < 1 ? Math.floor(train_size * images) : train_size
  const testSize = tested ?? images - (trained ?? images)
  const trainSize = trained ?? images - testSize
  if (trainSize + testSize > images || trainSize < 0 || testSize < 0) throw tooMany(images, { ...names, trainSize, testSize })
  return { trainSize, testSize }
}

const notASize = (name: string, size: number) =>
  userError({
    code: 'split_size',
    message: `split.${name} is ${size}: neither a share below 1 nor a whole number of images.`,
    hint: `Write ${name}: ${Math.round(size)} for so many images.`,
  })

const tooMany = (
  images: number,
  { train, test, trainSize, testSize }: Record<'train' | 'test', string> & Record<'trainSize' | 'testSize', number>,
) =>
  userError({
    code: 'split_size',
    message: `${Math.max(trainSize, 0)} images by split.${train} and ${testSize} by split.${test} are more than the ${images} that there are.`,
    hint: 'From 1 on a size is a number of images, below 1 a share of them: make them smaller.',
  })
