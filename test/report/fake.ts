import type { Chart, Table } from '../../schema/recipe.ts'
import type { RunRecord } from '../../schema/record.ts'
import { type Random, randomOf } from '../../src/random.ts'
import type { PredictionsOf } from '../../src/report/predictions.ts'
import type { ReportedStudy, StudyRun } from '../../src/report/study.ts'
import golden from '../golden/metrics.json' with { type: 'json' }

export const CLASSES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral']
const FIGURE_6 = golden.metrics[0]?.matrix as number[][]
const MD5 = 'f8428a1edbd21e88f42c73edd2a14f95'
const COUNTS = {
  train: [3995, 437, 4097, 7191, 4862, 3202, 4925],
  validation: [479, 55, 512, 899, 608, 400, 636],
  test: [495, 55, 512, 899, 607, 400, 621],
}

/** Recall of a class over accuracy, about as in the paper’s figures. */
const RECALLS = [0.9, 0.85, 0.72, 1.3, 0.78, 1.2, 1.02]

type Axes = ReportedStudy['axes']
type Cell = Record<string, string>

export const PAPER_AXES: Axes = [
  { name: 'model', values: ['My CNN', 'VGG16'] },
  { name: 'augmentation', values: ['No', 'Yes'] },
  { name: 'batch_size', values: ['4', '32'] },
]

/** As the schema's defaults have it. */
export const RULE = { value: 'test_accuracy', weights: 'last', margin: 0.02, confidence: 0.95 } as const

export const PAPER_TABLES: Table[] = [
  {
    ...RULE,
    title: '4.1 General result',
    where: { batch_size: 4 },
    rows: 'model',
    columns: 'augmentation',
    claimed: { 'My CNN': { No: 0.5575, Yes: 0.645 }, VGG16: { No: 0.6654, Yes: 0.6832 } },
  },
  {
    ...RULE,
    title: '4.2 Batch size 32',
    where: { batch_size: 32 },
    rows: 'model',
    columns: 'augmentation',
    claimed: { 'My CNN': { No: 0.4489, Yes: 0.6512 }, VGG16: { No: 0.6392, Yes: 0.6578 } },
  },
]

export const PAPER_CHARTS: Chart[] = [
  {
    kind: 'confusion_matrix',
    title: 'Figure 6: confusion matrix of the baseline model',
    where: { model: 'My CNN', augmentation: 'Yes', batch_size: 4 },
    claimed: FIGURE_6,
    note: 'The figure’s diagonal sums to 66.93 %, which is none of the base CNN’s four accuracies in the tables.',
  },
  {
    kind: 'confusion_matrix',
    title: 'Figure 7: confusion matrix of VGG16',
    where: { model: 'VGG16', augmentation: 'Yes', batch_size: 4 },
    claimed: FIGURE_6.map((row) => row.map((count) => count + 1)),
  },
  { kind: 'learning_curves', title: 'Learning curves' },
]

export type FakeOptions = {
  axes?: Axes
  seeds?: readonly number[]
  epochs?: number
  tables?: Table[]
  charts?: Chart[]
  classes?: readonly string[]
  synthetic?: boolean
  /** Test images used; the others in proportion. */
  limit?: number
  profile?: ReportedStudy['profile']
  title?: string
  /** Settings that differ from the recipe as written. */
  changed?: readonly string[]
  /** What becomes of a run; `done` without it. */
  outcome?: (cell: Cell, seed: number) => Pick<StudyRun, 'state' | 'reason'>
  /** A last change of a record. */
  edit?: (record: RunRecord) => RunRecord
}

const cellsOf = (axes: Axes): Cell[] =>
  axes.reduce<Cell[]>((cells, { name, values }) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))), [{}])

/** Accuracy that a cell would end with, near the paper's. */
const targetOf = (cell: Cell): number => {
  const base = cell.model === 'VGG16' ? 0.655 : 0.54
  return base + (cell.augmentation === 'Yes' ? 0.03 : 0) - (cell.batch_size === '32' ? 0.02 : 0)
}

const confusion = (random: Random, accuracy: number, supports: readonly number[]): number[][] =>
  supports.map((support, i) => {
    const hits = Math.round(support * Math.min(0.97, accuracy * (RECALLS[i % RECALLS.length] ?? 1) * (0.99 + 0.02 * random.uniform())))
    const row = supports.map(() => 0)
    for (let miss = 0; miss < support - hits; miss++) {
      const wrong = (i + 1 + random.integer(supports.length - 1)) % supports.length
      row[wrong] = (row[wrong] ?? 0) + 1
    }
    row[i] = hits
    return row
  })

const evaluation = (random: Random, accuracy: number, supports: readonly number[], epoch: number) => {
  const matrix = confusion(random, accuracy, supports)
  const right = matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
  const all = supports.reduce((sum, support) => sum + support, 0)
  return { epoch, loss: 1.9 - 1.4 * accuracy, accuracy: right / all, confusion_matrix: matrix, predictions: 'predictions-last.csv' }
}

const historyOf = (random: Random, target: number, epochs: number): NonNullable<RunRecord['history']> =>
  Array.from({ length: epochs }, (_, index) => {
    const progress = 1 - Math.exp(-(index + 1) / (3 + 2 * target))
    const noise = 0.05 * (random.uniform() - 0.5)
    return {
      epoch: index + 1,
      loss: Math.max(0.05, 1.95 - 1.15 * progress - 0.02 * index),
      accuracy: Math.min(0.99, 0.15 + (target + 0.02) * progress + 0.006 * index - 0.1),
      val_loss: 1.95 - 0.95 * progress + 0.008 * index + noise,
      val_accuracy: 0.15 + (target - 0.14) * progress + noise,
      learning_rate: index > 12 ? 5e-6 : 1e-5,
      steps: 7177,
      seconds: 61 + 3 * random.uniform(),
      images_per_second: 470 + 30 * random.uniform(),
    }
  })

/** Seconds of an epoch, about as on a GPU. */
const paceOf = (cell: Cell): number =>
  (cell.batch_size === '32' ? 18 : 61) * (cell.model === 'VGG16' ? 1.6 : 1) * (cell.augmentation === 'Yes' ? 1.15 : 1)

const provenance = (id: string, epochs: number, pace: number): RunRecord['provenance'] => ({
  ferment: '0.1.0',
  code: 'c0de'.repeat(16),
  git_commit: '0123456789abcdef0123456789abcdef01234567',
  git_dirty: false,
  command: ['ferment', 'run', 'recipes/paper/as-reported.yaml', '--only', id],
  node: '20.20.2',
  packages: { '@tensorflow/tfjs-core': '4.22.0', '@tensorflow/tfjs-node-gpu': '4.22.0' },
  engine: { name: 'native', mode: 'eager', device: 'CPU (2 cores)', gpu: false, tensorflow: '2.21.0' },
  os: 'Linux 6.1.0 x64',
  cpu: 'AMD EPYC 7763',
  cores: 2,
  started_at: '2026-05-04T10:00:00.000Z',
  finished_at: '2026-05-04T10:21:07.000Z',
  seconds: (pace + 5) * epochs + 27,
  peak_memory_bytes: 1_932_735_283,
  resumed: 0,
  times: {
    process: 0.4,
    data: 1.2,
    engine: 0.9,
    graph: 1.1,
    first_step: 0.6,
    steps: pace * epochs,
    validation: 4.2 * epochs,
    batches: 0.2 * epochs,
    inputs: 0.1 * epochs,
    loop: 0.1 * epochs,
    weights: 0.1 * epochs,
    checkpoints: 0.2 * epochs,
    messages: 0.1 * epochs,
    evaluation: 22.3,
    record: 0.5,
  },
})

/** Settings about as the paper's code has them: with the augmentation of the base CNN its learning rate changes too. */
const specOf = (cell: Cell): RunRecord['spec'] => ({
  dataset: { kind: 'fer2013_csv', path: 'data/fer2013.csv', md5: MD5 },
  split: { kind: 'stratified_holdout', test_size: 0.2, validation_of_test: 0.5, random_state: 42, stratify: 'one_hot' },
  model: {
    layers: cell.model === 'VGG16' ? [{ kind: 'vgg16', weights: 'imagenet' }, { kind: 'flatten' }] : [{ kind: 'conv2d', filters: 64 }],
  },
  ...(cell.augmentation === 'Yes'
    ? { augmentation: { kind: 'image_data_generator', rotation_range: 4, apply_to: ['train', 'validation'] } }
    : {}),
  training: {
    optimizer: { kind: 'adam', learning_rate: cell.augmentation === 'Yes' && cell.model !== 'VGG16' ? 1e-4 : 1e-5 },
    class_weight: cell.augmentation === 'No' ? 'inverse_frequency' : 'none',
    epochs: 20,
    batch_size: Number(cell.batch_size ?? 32),
    callbacks: [
      { kind: 'early_stopping', monitor: 'val_loss', patience: 7 },
      { kind: 'reduce_lr_on_plateau', monitor: 'val_loss', factor: 0.5 },
      { kind: 'model_checkpoint', monitor: 'val_loss', save_best_only: true },
    ],
  },
  limit: {},
})

const recordOf = (
  id: string,
  cell: Cell,
  seed: number,
  options: Required<Omit<FakeOptions, 'outcome' | 'limit' | 'edit' | 'changed'>> & FakeOptions,
): RunRecord => {
  const { epochs, classes, synthetic, limit } = options
  const random = randomOf({ seed, purpose: 'bootstrap', at: Object.values(cell) })
  const share = limit === undefined ? 1 : limit / 3589
  const of = (counts: readonly number[]) => classes.map((_, index) => counts[index % counts.length] ?? 0)
  const counts = { train: of(COUNTS.train), validation: of(COUNTS.validation), test: of(COUNTS.test) }
  const used = (part: keyof typeof counts) => Math.round(share * counts[part].reduce((sum, count) => sum + count, 0))
  const supports = counts.test.map((count) => Math.max(1, Math.round(share * count)))
  const target = limit === undefined ? targetOf(cell) : 0.26
  const parameters = cell.model === 'VGG16' ? 14_781_255 : 5_127_495
  return {
    schema_version: 1,
    id,
    status: 'done',
    study: { title: options.title, recipe: 'recipes/paper/as-reported.yaml', profile: options.profile?.name ?? null },
    cell,
    seed,
    spec: specOf(cell),
    data: {
      kind: synthetic ? 'synthetic_faces' : 'fer2013_csv',
      name: synthetic ? 'synthetic faces' : 'FER2013',
      path: synthetic ? null : 'data/fer2013.csv',
      synthetic,
      sha256: (synthetic ? '5e' : 'da').repeat(32),
      md5: synthetic ? null : MD5,
      images: 35887,
      image_shape: [48, 48, 1],
      classes: [...classes],
      counts,
      used: { train: used('train'), validation: used('validation'), test: used('test') },
      fingerprint: { train: 'a1'.repeat(32), validation: 'b2'.repeat(32), test: `4a2f2e10af166269${'c3'.repeat(24)}` },
      class_weight: cell.augmentation === 'No' ? [0.0694, 0.6275, 0.0671, 0.0382, 0.0565, 0.0858, 0.0554] : null,
    },
    model: { parameters, trainable_parameters: parameters, layers: [{ name: 'dense', kind: 'dense', output_shape: [7], parameters: 903 }] },
    history: historyOf(random, target, epochs).map((epoch) => ({ ...epoch, steps: cell.batch_size === '32' ? 897 : 7177 })),
    events:
      epochs < 14
        ? []
        : [
            { epoch: 13, callback: 'reduce_lr_on_plateau', message: 'learning rate 1e-5 → 5e-6' },
            { epoch: epochs, callback: 'early_stopping', message: 'val_loss did not improve for 7 epochs' },
          ],
    evaluation: {
      last: evaluation(random, target + 0.01 * (random.uniform() - 0.5), supports, epochs),
      best: evaluation(random, target + 0.01, supports, Math.max(1, epochs - 5)),
    },
    provenance: provenance(id, epochs, paceOf(cell)),
  }
}

/** Predictions that give a record's confusion matrix, the same images in the same order for all records of as many images. Deterministic. */
export const withPredictions: PredictionsOf = (record, weights) => {
  const matrix = record.evaluation?.[weights]?.confusion_matrix
  if (matrix === undefined) return null
  const random = randomOf({ seed: record.seed, purpose: 'bootstrap', at: [record.id, weights] })
  const pairs = matrix.flatMap((row, actual) => {
    const answers = row.flatMap((count, predicted) => Array.from({ length: count }, () => predicted))
    // Images that most networks get right stand first, so that runs agree on many of them.
    const right = answers.filter((one) => one === actual)
    return [...right, ...answers.filter((one) => one !== actual)].map((predicted) => ({ actual, predicted }))
  })
  return {
    rows: Int32Array.from(pairs, (_, index) => 7 * index + 3),
    labels: Int32Array.from(pairs, ({ actual }) => actual),
    predicted: Int32Array.from(pairs, ({ predicted }) => predicted),
    confidence: Float64Array.from(pairs, ({ actual, predicted }) => 1 - (actual === predicted ? 0.5 : 0.75) * random.uniform()),
  }
}

/** A study and its records, as the run room would leave them. Deterministic. */
export const fake = (options: FakeOptions = {}): { study: ReportedStudy; records: Map<string, RunRecord> } => {
  const whole = {
    axes: PAPER_AXES,
    seeds: [0],
    epochs: 20,
    tables: PAPER_TABLES,
    charts: PAPER_CHARTS,
    classes: CLASSES,
    synthetic: false,
    profile: null,
    title: 'Base CNN and VGG16 on FER2013',
    ...options,
  }
  const records = new Map<string, RunRecord>()
  const runs = cellsOf(whole.axes).flatMap((cell, index) =>
    whole.seeds.map((seed): StudyRun => {
      const id = `${(index * 1000 + seed).toString(16).padStart(6, '0')}0123456789`
      const outcome = options.outcome?.(cell, seed) ?? { state: 'done' }
      const record = recordOf(id, cell, seed, whole)
      const edited = options.edit?.(record) ?? record
      if (outcome.state === 'done') records.set(id, edited)
      if (outcome.state === 'failed')
        records.set(id, {
          ...edited,
          status: 'failed',
          error: outcome.reason ?? '',
          evaluation: {},
          history: edited.history?.slice(0, 2) ?? [],
        })
      const changed = options.changed === undefined ? {} : { changed: options.changed }
      const only = Object.entries(cell).map(([axis, value]) => ` --only '${axis}=${value}'`)
      const command = `npx ferment run recipes/paper/as-reported.yaml --profile none${only.join('')} --seed ${seed}`
      return { id, cell, seed, ...outcome, ...changed, command }
    }),
  )
  const study: ReportedStudy = {
    about: {
      title: whole.title,
      source: 'LE Huy Duc, Facial Expression Recognition, USTH 2021, section 4',
      description:
        'Two networks, each with and without data augmentation, at two batch sizes. The question: do the paper’s eight accuracies come out again when its protocol is followed to the letter?',
    },
    recipe: 'recipes/paper/as-reported.yaml',
    profile: whole.profile,
    axes: whole.axes,
    tables: whole.tables,
    charts: whole.charts,
    runs,
  }
  return { study, records }
}

const WEIGHTS_MISSING =
  'The ImageNet weights of VGG16 are not there and could not be downloaded. To get them: `npx ferment setup --weights vgg16`'

const LONG = 'a_name_without_any_blank_'.repeat(8)
const EVIL = `<script>alert(1)</script>"'&<img src=x onerror=alert(2)>`

/** The situations that a report meets, by name. */
export const situations = {
  full: () => fake({ seeds: [0, 1, 2] }),
  quick: () =>
    fake({
      synthetic: true,
      limit: 300,
      epochs: 2,
      changed: ['limit.train', 'training.epochs', 'training.optimizer.learning_rate'],
      profile: { name: 'quick', description: 'Few images and epochs, all of the machinery.' },
      outcome: (cell) => (cell.model === 'VGG16' ? { state: 'skipped', reason: WEIGHTS_MISSING } : { state: 'done' }),
    }),
  mixed: () =>
    fake({
      outcome: (cell) => {
        if (cell.model === 'VGG16') return { state: 'skipped', reason: WEIGHTS_MISSING }
        if (cell.augmentation === 'Yes' && cell.batch_size === '4')
          return { state: 'failed', reason: 'The loss was not finite in epoch 3. See the log: `npx ferment status --log 00012c`' }
        return cell.augmentation === 'Yes' ? { state: 'to_do' } : { state: 'done' }
      },
    }),
  evil: () =>
    fake({
      title: EVIL,
      classes: [EVIL, '</style>', '</svg><script>', '&amp;', "'", 'f', 'g'],
      axes: [{ name: `model${EVIL}`, values: [EVIL, '1'] }],
      tables: [{ ...RULE, title: EVIL, rows: `model${EVIL}`, columns: EVIL, claimed: { [EVIL]: { [EVIL]: 0.5 } } }],
      charts: [
        { kind: 'confusion_matrix', title: EVIL, where: {}, note: EVIL },
        { kind: 'learning_curves', title: EVIL },
      ],
      profile: { name: EVIL, description: EVIL },
      outcome: (cell) => (Object.values(cell)[0] === '1' ? { state: 'failed', reason: `${EVIL} \`${EVIL}\`` } : { state: 'done' }),
      edit: (record) => ({
        ...record,
        events: [{ epoch: 1, callback: EVIL, message: EVIL }],
        data: { ...record.data, name: EVIL, path: EVIL } as RunRecord['data'] & object,
        provenance: { ...record.provenance, cpu: EVIL, packages: { [EVIL]: EVIL } },
      }),
    }),
  empty: () => fake({ outcome: () => ({ state: 'to_do' }) }),
  lone: () => fake({ axes: [], tables: [], charts: [{ kind: 'learning_curves', title: 'Learning curves' }] }),
  long: () => fake({ axes: [{ name: LONG, values: [LONG, 'b'] }], classes: [LONG, 'x'], tables: [], title: LONG }),
  many: () =>
    fake({
      axes: [...PAPER_AXES, { name: 'optimizer', values: ['adam', 'sgd with a very long name that goes on and on', 'rmsprop'] }],
      seeds: [0, 1, 2],
      epochs: 50,
    }),
} satisfies Record<string, () => ReturnType<typeof fake>>
