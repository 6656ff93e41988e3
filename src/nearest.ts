import { closest, distance } from 'fastest-levenshtein'

/** Words of other libraries, papers and people for words of the recipe. */
const synonyms: Readonly<Record<string, string>> = {
  lr: 'learning_rate',
  sparsecategoricalcrossentropy: 'categorical_crossentropy',
  binarycrossentropy: 'categorical_crossentropy',
  crossentropyloss: 'categorical_crossentropy',
  focal: 'categorical_focal_crossentropy',
  focalloss: 'categorical_focal_crossentropy',
  smoothing: 'label_smoothing',
  decay: 'weight_decay',
  conv: 'conv2d',
  convolution2d: 'conv2d',
  maxpool: 'max_pooling2d',
  maxpool2d: 'max_pooling2d',
  avgpool: 'average_pooling2d',
  avgpool2d: 'average_pooling2d',
  averagepool2d: 'average_pooling2d',
  batchnorm: 'batch_normalization',
  zeropad2d: 'zero_padding2d',
  checkpoint: 'model_checkpoint',
  stride: 'strides',
  dropoutrate: 'rate',
  prob: 'rate',
  nfilters: 'filters',
  numfilters: 'filters',
  outputs: 'units',
  targetsize: 'image_size',
  imgsize: 'image_size',
  inputsize: 'image_size',
  seed: 'random_state',
  hflip: 'horizontal_flip',
  vflip: 'vertical_flip',
  batch: 'batch_size',
  maxepochs: 'epochs',
  nbepoch: 'epochs',
  acc: 'accuracy',
  valacc: 'val_accuracy',
  neurons: 'units',
  outfeatures: 'units',
  channels: 'filters',
  outchannels: 'filters',
  p: 'rate',
  numepochs: 'epochs',
  nepochs: 'epochs',
  linear: 'dense',
  fc: 'dense',
  bn: 'batch_normalization',
  batchnorm2d: 'batch_normalization',
  gap: 'global_average_pooling2d',
  swish: 'silu',
  crossentropy: 'categorical_crossentropy',
  mse: 'mean_squared_error',
  flip: 'horizontal_flip',
  shuffled: 'shuffle',
}

/** Shorter beginnings of a word could mean many. */
const LEAST_BEGINNING = 4

/**
 * The known word that somebody meant: the same but for case and punctuation; off by one letter of three, two of four, three of nine; the only
 * one that begins so; or what another library calls it.
 */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const typed = bare(word)
  const same = known.find((other) => bare(other) === typed)
  if (same !== undefined || known.length === 0) return same
  const allowed = typed.length < 2 ? 0 : typed.length < 4 ? 1 : typed.length < 9 ? 2 : 3
  const near = closest(typed, known.map(bare))
  if (distance(typed, near) <= allowed) return known.find((other) => bare(other) === near)
  const beginning = typed.length < LEAST_BEGINNING ? [] : known.filter((other) => bare(other).startsWith(typed))
  const meant = beginning.length === 1 ? beginning[0] : synonyms[typed]
  return meant !== undefined && known.includes(meant) ? meant : undefined
}

const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** `Did you mean "units"? ` or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known)
  return near === undefined ? '' : `Did you mean "${near}"? `
}

/** More than these are not listed where the right one is likely known. */
const MOST_LISTED = 10

/** What to write instead: the nearest word, and what else there is. */
export const suggestion = (word: string, known: readonly string[], lead: string): string => {
  const meant = didYouMean(word, known)
  return meant !== '' && known.length > MOST_LISTED ? meant.trimEnd() : `${meant}${lead} ${known.join(', ')}.`
}
