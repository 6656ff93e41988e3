import { readFileSync } from 'node:fs'
import type { LoadOptions } from '../../../src/recipe/recipe.ts'

/** Slips of somebody who edits base.yaml: what is replaced by what. The name is that of the file with the answer. */
export type Mistake = {
  name: string
  edits: readonly (readonly [from: string, to: string])[]
  options?: LoadOptions
  files?: Record<string, string>
}

const BASE_TEXT = readFileSync(new URL('base.yaml', import.meta.url), 'utf8')

const slip = (name: string, from: string, to: string): Mistake => ({ name, edits: [[from, to]] })
const argument = (name: string, ...set: string[]): Mistake => ({ name, edits: [], options: { set } })

const words: Mistake[] = [
  slip('key-typo', 'epochs: 3', 'epcohs: 3'),
  slip('key-of-another-layer', 'pool_size: 2', 'kernel_size: 2'),
  slip('key-of-keras', 'learning_rate: 1.0e-3', 'lr: 1.0e-3'),
  slip('key-in-camel-case', 'batch_size: 32', 'batchSize: 32'),
  slip('key-in-the-wrong-section', 'epochs: 3\n', 'epochs: 3\n  test_size: 0.1\n'),
  slip('section-typo', 'preprocessing:', 'preprocesing:'),
  slip('section-in-the-matrix', 'slow: { training:', 'slow: { trainng:'),
  slip('kind-typo', 'kind: conv2d,', 'kind: conv2D,'),
  slip('kind-of-keras', 'kind: max_pooling2d', 'kind: MaxPooling2D'),
  slip('kind-unknown', 'kind: adam', 'kind: lamb'),
  slip('kind-missing', '{ kind: flatten }', '{ name: flat }'),
  slip('kind-misspelt', '{ kind: flatten }', '{ knid: flatten }'),
  slip('kind-alone-unknown', '{ kind: categorical_crossentropy }', 'crossentropy'),
  slip('kind-alone-that-needs-more', '- { kind: dense, units: 7, activation: softmax }', '- dense'),
  slip('value-typo', 'padding: same', 'padding: smae'),
  slip('value-in-capitals', 'activation: relu', 'activation: ReLU'),
  slip('engine-unknown', 'seeds: [0, 1]', 'engine: webgl\nseeds: [0, 1]'),
  slip('monitor-of-keras', 'monitor: val_loss', 'monitor: val_acc'),
  slip('monitor-unknown', 'monitor: val_loss', 'monitor: f1_score'),
]

const values: Mistake[] = [
  slip('text-for-number', 'epochs: 3', 'epochs: three'),
  slip('fraction-for-whole-number', 'batch_size: 32', 'batch_size: 3.5'),
  slip('number-with-underscores', 'images: 700', 'images: 7_000'),
  slip('number-with-comma', 'test_size: 0.2', 'test_size: "0,2"'),
  slip('number-with-unit', 'rotation_range: 4', 'rotation_range: 4°'),
  slip('number-in-quotes', 'epochs: 3', 'epochs: "3"'),
  slip('percent', 'test_size: 0.2', 'test_size: 20%'),
  slip('whole-percent', 'zoom_range: 0.1', 'zoom_range: 10'),
  slip('yes-for-true', 'kernel_size: 3,', 'kernel_size: 3, use_bias: Yes,'),
  slip('no-for-false', 'kernel_size: 3,', 'kernel_size: 3, use_bias: no,'),
  slip('number-as-title', 'title: Two networks', 'title: 4.1'),
  slip('exponent-as-name', '{ kind: flatten }', '{ kind: flatten, name: 1e-5 }'),
  slip('python-none', '{ kind: flatten }', '{ kind: vgg16, weights: None }'),
  slip('negative', 'patience: 2', 'patience: -1'),
  slip('too-large', 'zoom_range: 0.1', 'zoom_range: 1.5'),
  slip('not-a-number', 'learning_rate: 1.0e-3', 'learning_rate: .nan'),
  slip('overridden-in-every-cell', 'learning_rate: 1.0e-3', 'learning_rate: -1'),
  slip('three-for-two', 'kernel_size: 3', 'kernel_size: [3, 3, 3]'),
  slip('seeds-repeated', 'seeds: [0, 1]', 'seeds: [0, 1, 0]'),
  slip('seeds-empty', 'seeds: [0, 1]', 'seeds: []'),
  slip('one-seed-without-list', 'seeds: [0, 1]', 'seeds: 3'),
  slip('md5-cut', '{ kind: synthetic_faces, images: 700 }', '{ kind: fer2013_csv, path: x.csv, md5: f8428a1e }'),
  slip('empty-value', 'epochs: 3', 'epochs:'),
  slip('empty-section', 'augmentation:\n  kind: image_data_generator\n  rotation_range: 4\n  zoom_range: 0.1\n', 'augmentation:\n'),
  slip('empty-axis-value', 'narrow: {}', 'narrow:'),
  slip('map-for-list', 'callbacks:\n    - { kind', 'callbacks:\n    { kind'),
  slip('missing-needed', 'filters: 8, ', ''),
  slip('missing-epochs', '  epochs: 3\n', ''),
  slip('missing-section', 'split: { kind: stratified_holdout, test_size: 0.2 }\n', ''),
  slip('missing-title', 'about:\n  title: Two networks\n', ''),
]

const syntax: Mistake[] = [
  slip('quote-open-in-braces', 'activation: relu', 'activation: "relu'),
  slip('bracket-open-in-braces', 'kernel_size: 3', 'kernel_size: [3, 3'),
  slip('list-item-unindented', '    - { kind: flatten }', '   - { kind: flatten }'),
  slip('dash-without-space', '- { kind: flatten }', '-{ kind: flatten }'),
  slip('colon-forgotten', 'epochs: 3', 'epochs 3'),
  slip('equals-for-colon', 'epochs: 3', 'epochs = 3'),
  slip('brace-too-many', '{ kind: flatten }', '{ kind: flatten }}'),
  slip('tab', '  epochs: 3', '\tepochs: 3'),
  slip('indent-too-deep', '  epochs: 3', '   epochs: 3'),
  slip('colon-without-space', 'epochs: 3', 'epochs:3'),
  slip('two-keys-on-a-line', 'title: Two networks', 'title: Two: networks'),
  slip('bracket-open', 'seeds: [0, 1]', 'seeds: [0, 1'),
  slip('brace-open', '{ kind: flatten }', '{ kind: flatten'),
  slip('quote-open', 'title: Two networks', 'title: "Two networks'),
  slip('key-twice', 'epochs: 3', 'epochs: 3\n  epochs: 4'),
  slip('section-twice', 'seeds: [0, 1]', 'seeds: [0, 1]\nseeds: [2]'),
  slip('percent-sign-first', 'title: Two networks', 'title: %complete'),
  slip('at-sign-first', 'title: Two networks', 'title: @home'),
  slip('two-documents', 'seeds: [0, 1]', '---\nseeds: [0, 1]'),
  slip('tag', 'epochs: 3', 'epochs: !!python/int 3'),
  slip('anchor-unknown', '{ kind: flatten }', '*flatten'),
  slip('list-as-key', 'seeds: [0, 1]', '? [0, 1]\n: seeds'),
  slip('missing-comma', 'filters: 8, kernel_size', 'filters: 8 kernel_size'),
]

const meaning: Mistake[] = [
  slip('dense-without-flatten', '    - { kind: flatten }\n', ''),
  slip(
    'pool-on-one-pixel',
    '    - { kind: flatten }\n',
    '    - { kind: max_pooling2d, pool_size: 24 }\n    - { kind: max_pooling2d }\n    - { kind: flatten }\n',
  ),
  slip('units-against-classes', 'units: 7', 'units: 10'),
  slip('ends-with-an-image', '    - { kind: dense, units: 7, activation: softmax }\n', ''),
  slip(
    'add-of-unequal-shapes',
    '    - { kind: flatten }\n',
    '    - { kind: add, inputs: [conv2d, max_pooling2d] }\n    - { kind: flatten }\n',
  ),
  slip('input-unknown', '{ kind: flatten }', '{ kind: flatten, inputs: [max_poling2d] }'),
  slip('softmax-forgotten', 'units: 7, activation: softmax', 'units: 7'),
  slip('mode-against-monitor', 'monitor: val_loss', 'monitor: val_loss, mode: max'),
  slip('rotation-of-the-paper', 'rotation_range: 4', 'rotation_range: 10'),
  slip('augmentation-idle', '  rotation_range: 4\n  zoom_range: 0.1\n', ''),
  slip(
    'degrees-reversed',
    'kind: image_data_generator\n  rotation_range: 4\n  zoom_range: 0.1\n',
    'kind: compose\n  transforms:\n    - { kind: shift, translate: [0.1, 0.1] }\n    - { kind: rotation, degrees: [4, -4] }\n',
  ),
  slip(
    'border-wider-than-its-mirror',
    'kind: image_data_generator\n  rotation_range: 4\n  zoom_range: 0.1\n',
    'kind: compose\n  transforms: [{ kind: random_crop, padding: 48, padding_mode: reflect }]\n',
  ),
  slip(
    'saturation-of-gray-images',
    'kind: image_data_generator\n  rotation_range: 4\n  zoom_range: 0.1\n',
    'kind: compose\n  transforms:\n    - { kind: color_jitter, brightness: 0.4, saturation: 0.4 }\n',
  ),
  slip(
    'transform-of-torchvision',
    'kind: image_data_generator\n  rotation_range: 4\n  zoom_range: 0.1\n',
    'kind: compose\n  transforms: [RandomHorizontalFlip]\n',
  ),
  { ...slip('batch-above-the-limit', 'train: 100', 'train: 10'), options: { profile: 'quick' } },
  slip('class-left-empty', 'test_size: 0.2', 'test_size: 0.02'),
  slip('table-of-no-axis', 'rows: width', 'rows: depth'),
  slip('claim-for-no-row', 'wide: { slow: 0.7', 'wdie: { slow: 0.7'),
  slip('claim-in-percent', 'slow: 0.5,', 'slow: 55.75,'),
  slip('where-of-no-value', 'title: Accuracy', 'title: Accuracy\n    where: { rate: slwo }'),
  slip(
    'axis-value-changes-nothing',
    'fast: { training: { optimizer: { learning_rate: 1.0e-2 } } }',
    'fast: { training: { optimizer: { learning_rate: 1.0e-4 } } }',
  ),
  slip('change-of-no-layer', 'change: { conv2d:', 'change: { conv1:'),
  slip('profile-wrong', 'training: { epochs: 1 }', 'training: { epochs: 0 }'),
  slip('auto-profile-unknown', 'seeds: [0, 1]', 'seeds: [0, 1]\nauto_profile: { cpu: quik }'),
  slip('file-missing', '{ kind: synthetic_faces, images: 700 }', '{ kind: synthetic_faces, images: 700 }\nextends: bsae.yaml'),
]

const WIDE = 'wide: { model: { layers: { change: { conv2d: { filters: 16 } } } } }'
const CONV = '    - { kind: conv2d, filters: 8, kernel_size: 3, padding: same, activation: relu }\n'
const POOL = '    - { kind: max_pooling2d, pool_size: 2 }\n'

/** Another network: the matrix changes something else than its first convolution. */
const network = (name: string, ...edits: (readonly [string, string])[]): Mistake => ({
  name,
  edits: [[WIDE, 'wide: { training: { batch_size: 16 } }'], ...edits],
})

const networks: Mistake[] = [
  network(
    'vgg16-after-poolings',
    [CONV + POOL, '    - { kind: max_pooling2d, pool_size: 4 }\n    - { kind: vgg16 }\n'],
    ['rescale: [-1, 1]', 'rescale: [-1, 1], color_mode: rgb'],
  ),
  network('vgg16-of-gray-images', [CONV + POOL, '    - { kind: vgg16 }\n']),
  network('convolution-of-a-vector', [
    POOL,
    '    - { kind: global_average_pooling2d }\n    - { kind: conv2d, filters: 8, kernel_size: 3 }\n',
  ]),
  network(
    'layer-name-twice',
    ['{ kind: flatten }', '{ kind: flatten, name: max_pooling2d }'],
    ['pool_size: 2', 'pool_size: 2, name: max_pooling2d'],
  ),
  network('layer-named-input', ['{ kind: flatten }', '{ kind: flatten, name: input }']),
  network('input-from-below', ['{ kind: flatten }', '{ kind: flatten, inputs: [dense] }']),
  network('two-inputs-for-flatten', ['{ kind: flatten }', '{ kind: flatten, inputs: [conv2d, max_pooling2d] }']),
  network('add-of-one', ['{ kind: flatten }', '{ kind: add }']),
  network('layer-that-leads-nowhere', ['{ kind: flatten }', '{ kind: flatten, inputs: [conv2d] }']),
  network('all-frozen', [CONV + POOL, ''], ['units: 7,', 'units: 7, trainable: false,']),
  network('layer-of-a-billion', ['filters: 8', 'filters: 800000']),
  network('parameters-of-a-billion', [
    '    - { kind: dense, units: 7,',
    '    - { kind: dense, units: 200000 }\n    - { kind: dense, units: 7,',
  ]),
  network('ends-with-a-convolution', ['    - { kind: flatten }\n    - { kind: dense, units: 7, activation: softmax }\n', '']),
]

/** As other programs, languages and text processors have it. */
const foreign: Mistake[] = [
  slip('tuple-of-python', 'kernel_size: 3', 'kernel_size: (3, 3)'),
  slip('tuple-of-one', 'pool_size: 2', 'pool_size: (2,)'),
  slip('tuple-on-a-line', 'seeds: [0, 1]', 'seeds: (0, 1)'),
  slip('text-with-a-comma-in-braces', '{ kind: synthetic_faces, images: 700 }', '{ kind: fer2013_csv, path: my data, copied.csv }'),
  slip('two-numbers-in-braces', 'kernel_size: 3', 'kernel_size: 3, 5'),
  slip('size-with-an-x', '{ kind: synthetic_faces, images: 700 }', '{ kind: image_folder, path: ., image_size: 64x64 }'),
  slip('one-size-for-two', '{ kind: synthetic_faces, images: 700 }', '{ kind: image_folder, path: ., image_size: 64 }'),
  slip(
    'classes-without-brackets',
    '{ kind: synthetic_faces, images: 700 }',
    '\n  kind: image_folder\n  path: .\n  image_size: [64, 64]\n  classes: cat, dog',
  ),
  slip('rescale-of-keras', 'rescale: [-1, 1]', 'rescale: 1./255'),
  slip('rescale-as-a-number', 'rescale: [-1, 1]', 'rescale: 0.00392156862745098'),
  slip('fraction', 'test_size: 0.2', 'test_size: 1/5'),
  slip('one-large-seed', 'seeds: [0, 1]', 'seeds: 42'),
  slip('list-of-one', 'epochs: 3', 'epochs: [3]'),
  slip('several-batch-sizes', 'batch_size: 32', 'batch_size: [8, 16]'),
  slip('several-batch-sizes-in-a-text', 'batch_size: 32', 'batch_size: 8, 16'),
  slip('layer-of-keras', '- { kind: flatten }', '- Flatten: {}'),
  slip('layer-of-keras-with-values', '- { kind: max_pooling2d, pool_size: 2 }', '- MaxPooling2D: { pool_size: 2 }'),
  slip('layer-of-keras-on-lines', '- { kind: max_pooling2d, pool_size: 2 }', '- MaxPooling2D:\n        pool_size: 2'),
  slip('callback-of-keras', '\n    - { kind: early_stopping, monitor: val_loss, patience: 2 }', ' [EarlyStopping]'),
  slip('loss-of-keras', '{ kind: categorical_crossentropy }', 'sparse_categorical_crossentropy'),
  slip('map-for-true-or-false', 'batch_size: 32', 'batch_size: 32\n  shuffle: { buffer: 10 }'),
  slip('schedule-for-a-number', 'learning_rate: 1.0e-3', 'learning_rate: { kind: CosineDecay, initial_learning_rate: 1.0e-3 }'),
  slip('non-breaking-space', '  epochs: 3', '\u00a0 epochs: 3'),
  slip('non-breaking-space-behind-a-colon', 'epochs: 3', 'epochs:\u00a03'),
  slip('non-breaking-space-at-the-end', 'epochs: 3', 'epochs: 3\u00a0'),
  slip('zero-width-space-in-a-key', 'epochs: 3', 'epo\u200bchs: 3'),
  slip('byte-order-mark-within', 'seeds: [0, 1]', '\ufeffseeds: [0, 1]'),
  slip('full-width-colon', 'epochs: 3', 'epochs：3'),
  slip('full-width-comma', 'filters: 8, kernel', 'filters: 8， kernel'),
  slip('full-width-digit', 'epochs: 3', 'epochs: ３'),
  slip('typographic-minus', 'rescale: [-1, 1]', 'rescale: [−1, 1]'),
  slip('typographic-quotes', 'padding: same', 'padding: “same”'),
  slip('one-space-too-many', '  batch_size: 32', '   batch_size: 32'),
  slip('one-space-too-few', '  batch_size: 32', ' batch_size: 32'),
  slip('one-space-too-many-in-a-list', '    - { kind: flatten }', '     - { kind: flatten }'),
  slip('classes-mistyped', 'units: 7', 'units: clases'),
  slip('units-in-quotes', 'units: 7', 'units: "7"'),
  slip('units-of-nothing', 'units: 7', 'units: seven'),
  slip('axis-of-no-path', '  rate:\n', '  batch_size: [8, 16]\n  rate:\n'),
  slip('axis-of-a-mistyped-path', '  rate:\n', '  trainig.batch_size: [8, 16]\n  rate:\n'),
  slip('axis-of-seeds', '  rate:\n', '  seeds: [8, 16]\n  rate:\n'),
  slip('axis-of-a-mistyped-key', '  rate:\n', '  training.batchsize: [8, 16]\n  rate:\n'),
  slip('axis-with-a-wrong-value', '  rate:\n', '  training.batch_size: [8, many]\n  rate:\n'),
  slip('axis-without-values', '  rate:\n', '  training.batch_size: []\n  rate:\n'),
  slip('axis-with-a-value-twice', '  rate:\n', '  training.batch_size: [8, 8]\n  rate:\n'),
  slip('variable-in-braces', '{ kind: synthetic_faces, images: 700 }', `{ kind: fer2013_csv, path: $\{FER2013:-data}/fer2013.csv }`),
]

const rare: Mistake[] = [
  { name: 'nothing', edits: [[BASE_TEXT, '']] },
  slip('folder-for-file', 'seeds: [0, 1]', 'seeds: [0, 1]\nextends: .'),
  slip('extends-itself', 'seeds: [0, 1]', 'seeds: [0, 1]\nextends: mine.yaml'),
  slip('merge-of-a-text', '{ kind: flatten }', '{ kind: flatten, <<: word }'),
  slip('far-too-deep', 'title: Two networks', `title: ${'['.repeat(100)}`),
  {
    name: 'far-too-many-cells',
    edits: [
      ['seeds: [0, 1]', `seeds: [0, 1]\nx-many: &many { ${Array.from({ length: 60 }, (_, i) => `v${i}: {}`).join(', ')} }`],
      ['  rate:\n', '  one: *many\n  two: *many\n  rate:\n'],
    ],
  },
  slip('block-unknown', '{ kind: flatten }', '{ kind: block, block: head }'),
  slip(
    'block-parameter-unknown',
    '  layers:\n',
    '  blocks: { head: { parameters: { units: 7 }, layers: [{ kind: dense, units: $unit }] } }\n  layers:\n    - { kind: block, block: head }\n',
  ),
  slip(
    'block-without-its-parameter',
    '  layers:\n',
    '  blocks: { a: { parameters: { units: null }, layers: [{ kind: dense, units: $units }] } }\n  layers:\n    - { kind: block, block: a }\n',
  ),
  slip(
    'block-in-itself',
    '  layers:\n',
    '  blocks: { a: { layers: [{ kind: block, block: a }] } }\n  layers:\n    - { kind: block, block: a }\n',
  ),
  slip('groups-of-three', 'kernel_size: 3,', 'kernel_size: 3, groups: 3,'),
  slip('strides-and-dilation', 'kernel_size: 3,', 'kernel_size: 3, strides: 2, dilation_rate: 2,'),
  slip('reshape-of-other-numbers', '{ kind: flatten }', '{ kind: reshape, target_shape: [100] }'),
  slip('permute-of-two-axes', '- { kind: flatten }', '- { kind: permute, dims: [2, 1] }\n    - { kind: flatten }'),
  slip('clipped-twice', 'learning_rate: 1.0e-3 }', 'learning_rate: 1.0e-3, clipnorm: 1, clipvalue: 0.5 }'),
  slip('schedule-kind-of-keras', 'epochs: 3', 'schedule: [{ kind: cosine_decay_restart, first_epochs: 2 }]\n  epochs: 3'),
  slip('schedule-without-end', 'epochs: 3', 'schedule: [{ kind: constant }, { kind: cosine_decay }]\n  epochs: 3'),
  slip('schedule-unreached', 'epochs: 3', 'schedule: [{ kind: linear_warmup, epochs: 5 }, { kind: cosine_decay }]\n  epochs: 3'),
  {
    name: 'schedule-and-plateau',
    edits: [
      ['epochs: 3', 'schedule: [{ kind: cosine_decay }]\n  epochs: 3'],
      ['- { kind: early_stopping, monitor: val_loss, patience: 2 }', '- { kind: reduce_lr_on_plateau, patience: 2 }'],
    ],
  },
  slip(
    'floor-above-the-rate',
    '- { kind: early_stopping, monitor: val_loss, patience: 2 }',
    '- { kind: reduce_lr_on_plateau, min_lr: 0.1 }',
  ),
  slip(
    'exception-for-every-cell',
    'tables:',
    'exceptions:\n  - { where: { rate: slow }, training: { optimizer: { learning_rate: 1.0e-5 } } }\n\ntables:',
  ),
  slip(
    'chart-of-an-excluded-cell',
    'tables:',
    'exclude: [{ width: wide, rate: fast }]\ncharts:\n  - { kind: learning_curves, title: Wide and fast, where: { width: wide, rate: fast } }\n\ntables:',
  ),
  slip('exclude-of-everything', 'tables:', 'exclude: [{ rate: slow }, { width: narrow }, { width: wide }]\n\ntables:'),
  {
    name: 'zip-of-different-lengths',
    edits: [
      ['tables:', 'zip: [[width, rate]]\n\ntables:'],
      ['    slow: {', '    mid: { training: { optimizer: { learning_rate: 1.0e-3 } } }\n    slow: {'],
    ],
  },
  slip(
    'matrix-of-the-wrong-size',
    'tables:',
    'charts:\n  - { kind: confusion_matrix, title: Figure 1, where: {}, claimed: [[3, 1], [0, 4]] }\n\ntables:',
  ),
  slip('kind-without-what-it-needs', 'tables:', 'requires: [{ kind: file, path: x.csv, hwo: "ask" }]\n\ntables:'),
]

const arguments_: Mistake[] = [
  { name: 'profile-argument', edits: [], options: { profile: 'quikc' } },
  argument('set-without-value', 'training.epochs'),
  argument('set-of-nothing', 'training.epochs='),
  argument('set-of-several', 'training.batch_size=8,16'),
  { name: 'sweep-without-values', edits: [], options: { sweep: ['training.batch_size'] } },
  { name: 'sweep-of-no-path', edits: [], options: { sweep: ['batch_size=4,8'] } },
  { name: 'sweep-key-typo', edits: [], options: { sweep: ['training.batchsize=4,8'] } },
  { name: 'sweep-value-wrong', edits: [], options: { sweep: ['training.batch_size=4,many'] } },
  argument('set-key-typo', 'training.epcohs=3'),
  argument('set-value-wrong', 'training.epochs=many'),
  argument('set-index-too-large', 'model.layers.9.units=7'),
  argument('set-into-a-value', 'training.epochs.first=1'),
  argument('set-makes-cells-equal', 'training.optimizer.learning_rate=0.1'),
  argument('set-broken-yaml', 'seeds=[0, 1'),
]

export const mistakes: readonly Mistake[] = [...words, ...values, ...syntax, ...meaning, ...networks, ...foreign, ...rare, ...arguments_]
