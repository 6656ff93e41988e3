import type { RunRecord } from '../../schema/record.ts'
import type { Cell } from './cells.ts'
import { expectedMd5 } from './comparability.ts'
import type { ComparedTable } from './compare.ts'
import type { FigureCheck } from './figure_checks.ts'
import { count, listed, percent, plural, words } from './format.ts'
import type { ReportedStudy } from './study.ts'

/** `good`: as it ought to be; `doubt`: to be known before quoting a number; `unknown`: not in the records. */
export type Sign = 'good' | 'doubt' | 'unknown'

/** One line of the audit: what was looked at and what was found. */
export type Check = { sign: Sign; title: string; text: string }

type Spec = {
  split?: { kind?: string; stratify?: string }
  augmentation?: { apply_to?: readonly string[] }
  training?: { callbacks?: readonly { kind: string; monitor?: string }[]; class_weight?: unknown }
}

const LEAKAGE: Check = {
  sign: 'unknown',
  title: 'Copies of test images among the training images',
  text: 'The records do not say whether any test image was trained on.',
}

/** What a careful reader would ask of the protocol, answered from recipe and records. Nothing measured: only what the recipe says. */
export const protocolChecks = (
  study: ReportedStudy,
  cells: readonly Cell[],
  evidence: { tables: readonly ComparedTable[]; figures: readonly FigureCheck[] },
): Check[] => {
  const records = recordsOf(cells)
  const measured =
    records.length === 0
      ? []
      : [
          ...fileCheck(records),
          ...splitCheck(records),
          ...sameTest(records),
          ...steering(records),
          ...weightsCheck(evidence.tables, records),
          ...validationCheck(records),
          ...classWeights(records),
        ]
  return [
    ...measured,
    ...(records.length === 0 ? [] : [LEAKAGE]),
    ...seedsCheck(study),
    ...absentCheck(study),
    ...figureChecksOf(evidence.figures),
  ]
}

const recordsOf = (cells: readonly Cell[]): RunRecord[] => cells.flatMap(({ records }) => records)

const fileCheck = (records: readonly RunRecord[]): Check[] => {
  const real = records.filter(({ data }) => data !== undefined && !data.synthetic)
  if (real.length === 0) return []
  const unnamed = real.some((record) => expectedMd5(record) === null)
  const other = real.some((record) => expectedMd5(record) !== null && record.data?.md5 !== expectedMd5(record))
  if (other) return [{ sign: 'doubt', title: 'Another data file than the recipe names', text: 'Its MD5 differs: see Provenance.' }]
  if (unnamed)
    return [
      {
        sign: 'unknown',
        title: 'The data are not named by a hash',
        text: 'The recipe takes any file or folder; the hash of what was used stands under Provenance.',
      },
    ]
  return [{ sign: 'good', title: 'The data file is the one that the recipe names', text: `MD5 ${expectedMd5(real[0] as RunRecord)}.` }]
}

const splitCheck = (records: readonly RunRecord[]): Check[] => {
  const split = records[0] === undefined ? undefined : specOf(records[0]).split
  const data = records[0]?.data
  if (split?.kind === undefined || data === undefined) return []
  const parts = (['train', 'validation', 'test'] as const).map((part) => count(data.counts[part].reduce((sum, one) => sum + one, 0)))
  return [
    {
      sign: 'good',
      title: 'The split is fixed',
      text: `${words(split.kind)}: ${parts.join(' / ')} images for training, validation and test, the same in every run of these settings.`,
    },
  ]
}

const specOf = (record: RunRecord): Spec => record.spec as Spec

const sameTest = (records: readonly RunRecord[]): Check[] => {
  const tests = unique(
    records.flatMap(({ data }) => (data === undefined ? [] : [`${data.sha256} ${data.fingerprint.test} ${data.used.test}`])),
  )
  const images = records[0]?.data?.used.test
  if (tests.length === 0 || images === undefined) return []
  return tests.length === 1
    ? [
        {
          sign: 'good',
          title: 'All runs were tested on the same images',
          text: `${count(images)}, fingerprint ${records[0]?.data?.fingerprint.test.slice(0, 16)}.`,
        },
      ]
    : [
        {
          sign: 'doubt',
          title: 'Runs were tested on different images',
          text: `${tests.length} different test sets: compare cells with care.`,
        },
      ]
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

const steering = (records: readonly RunRecord[]): Check[] => {
  const callbacks = records.flatMap((record) => specOf(record).training?.callbacks ?? []).filter(({ monitor }) => monitor !== undefined)
  const said = unique(
    callbacks.flatMap(({ kind, monitor = '' }) => (STEERS[kind] === undefined ? [] : [`${STEERS[kind]} by \`${monitor}\``])),
  )
  const onTest = callbacks.some(({ monitor = '' }) => partOf(monitor) === 'test')
  const how = said.length === 0 ? 'Nothing was chosen while training: no callback watched a number.' : `Chosen were ${listed(said)}.`
  return [
    {
      sign: onTest ? 'doubt' : 'good',
      title: onTest ? 'The test part steered the training' : 'The test part steered nothing',
      text: `${how} ${onTest ? 'Its numbers are those of the part that they were chosen on.' : 'The test images were looked at once, after training.'}`,
    },
  ]
}

const STEERS: Readonly<Record<string, string>> = {
  reduce_lr_on_plateau: 'the learning rate',
  early_stopping: 'the number of epochs',
  model_checkpoint: 'the best weights',
}

/** Which part of the data a monitored number is taken on. */
const partOf = (monitor: string): string => (monitor.startsWith('val_') ? 'validation' : monitor.startsWith('test_') ? 'test' : 'training')

const weightsCheck = (tables: readonly ComparedTable[], records: readonly RunRecord[]): Check[] => {
  const kinds = unique(tables.map(({ weights }) => weights))
  const monitors = unique(
    records
      .flatMap((record) => specOf(record).training?.callbacks ?? [])
      .flatMap(({ kind, monitor }) => (kind === 'model_checkpoint' && monitor ? [monitor] : [])),
  )
  if (kinds.includes('best'))
    return [
      {
        sign: 'good',
        title: 'The best weights count',
        text: `Chosen by ${listed(monitors.map((one) => `\`${one}\``)) || 'a checkpoint'}, on the validation part.`,
      },
    ]
  return [
    {
      sign: 'good',
      title: 'The weights of the last epoch count',
      text: 'No part of the data chose them; how long training went on was chosen on the validation part.',
    },
  ]
}

const validationCheck = (records: readonly RunRecord[]): Check[] => {
  const augmented = records.filter((record) => specOf(record).augmentation?.apply_to?.includes('validation'))
  if (augmented.length === 0) return []
  const cells = augmented.length === records.length ? 'all runs' : `${augmented.length} of ${plural(records.length, 'run')}`
  return [
    {
      sign: 'doubt',
      title: 'Validation images were augmented',
      text: `In ${cells}, as the recipe says. Their validation numbers do not compare with those of the other runs, and what they steered was steered by augmented images.`,
    },
  ]
}

const classWeights = (records: readonly RunRecord[]): Check[] => {
  const weighted = records.filter(({ data }) => data?.class_weight != null)
  if (weighted.length === 0 || weighted.length === records.length) return []
  return [
    {
      sign: 'doubt',
      title: 'Class weights in some runs only',
      text: `In ${weighted.length} of ${plural(records.length, 'run')}: their training losses are on another scale.`,
    },
  ]
}

const seedsCheck = (study: ReportedStudy): Check[] => {
  const seeds = unique(study.runs.map(({ seed }) => seed))
  if (seeds.length === 0) return []
  const text = `Seeds ${listed(seeds.slice(0, 12).map(String))}${seeds.length > 12 ? ' and more' : ''}, named in the recipe before anything was run.`
  return [
    seeds.length > 1
      ? { sign: 'good', title: `${seeds.length} seeds a cell`, text }
      : { sign: 'doubt', title: 'One seed a cell', text: `${text} How much another seed would change is not known.` },
  ]
}

const absentCheck = (study: ReportedStudy): Check[] => {
  const of = (state: string) => study.runs.filter((run) => run.state === state).length
  const parts = (['failed', 'skipped', 'to_do'] as const).flatMap((state) =>
    of(state) > 0 ? [`${of(state)} ${state === 'to_do' ? 'not run yet' : state}`] : [],
  )
  if (study.runs.length === 0) return []
  return parts.length === 0
    ? [{ sign: 'good', title: 'Every run of the recipe is shown', text: `${plural(study.runs.length, 'run')}, none left out.` }]
    : [
        {
          sign: 'doubt',
          title: 'Not every run has a result',
          text: `Of ${plural(study.runs.length, 'run')}: ${listed(parts)}. None that has a result is left out.`,
        },
      ]
}

const figureChecksOf = (figures: readonly FigureCheck[]): Check[] =>
  figures.flatMap(({ title, matches, right, total, accuracy, sameCounts }): Check[] => {
    const sum = `${count(right)} of ${count(total)} right, ${percent(accuracy)}`
    return [
      matches.length > 0
        ? { sign: 'good', title: `${title}: found in the tables`, text: `${sum}: ${listed(matches)}.` }
        : {
            sign: 'doubt',
            title: `${title}: in none of the tables`,
            text: `${sum}, which no number of the paper’s tables is. It is shown, and no verdict is given on it.`,
          },
      ...(sameCounts === null
        ? []
        : sameCounts
          ? [
              {
                sign: 'good',
                title: `${title}: our test images by class`,
                text: 'As many of each class as in the paper’s figure.',
              } as const,
            ]
          : [
              {
                sign: 'doubt',
                title: `${title}: other test images by class`,
                text: 'The paper’s figure has other numbers of images of its classes than our test part.',
              } as const,
            ]),
    ]
  })
