import type { Spec } from '../../schema/recipe.ts'
import { type Audit, audit, type Same } from '../data/audit/audit.ts'
import { type NearPair, nearImages } from '../data/audit/near.ts'
import { classWeights } from '../data/class_weights.ts'
import { type Dataset, PARTS, type Split } from '../data/dataset.ts'
import { fingerprint } from '../data/fingerprint.ts'
import { loadDataset } from '../data/load_dataset.ts'
import { countsOf, type PartCounts, partSizes } from '../data/part_counts.ts'
import { pictureOf, pngOf } from '../data/picture.ts'
import { splitDataset } from '../data/splits/table.ts'
import { number, text } from '../report/data_table.ts'
import type { Gallery, Inspection } from '../report/inspection.ts'

/** What `inspect` has looked at. */
export type Inspected = { dataset: Dataset; split: Split; found: Audit; near: readonly NearPair[] | null; counts: PartCounts }

/** Looks through the data of a cell. @throws UserError where they cannot be read or divided */
export const inspect = async ({ dataset: source, split: spec }: Spec, { near }: { near: boolean }): Promise<Inspected> => {
  const dataset = await loadDataset(source)
  const split = splitDataset(dataset, spec)
  return { dataset, split, found: audit(dataset, split), near: near ? nearImages(dataset) : null, counts: countsOf(dataset, split) }
}

/** Groups that are shown as pictures. */
const SHOWN = 12

/** The same as plain data: no row numbers beyond those that are shown. */
export const numbersOf = ({ dataset, split, found, near, counts }: Inspected) => ({
  data: {
    name: dataset.name,
    images: found.images,
    sha256: dataset.sha256,
    md5: dataset.md5,
    classes: dataset.classes,
    left_out: dataset.leftOut,
  },
  counts,
  fingerprint: Object.fromEntries(PARTS.map((part) => [part, fingerprint(split[part])])),
  distinct: found.distinct,
  duplicate_groups: found.same.length,
  conflicting_groups: found.conflicting.length,
  constant: found.constant.length,
  black: found.black.length,
  leaked: Object.fromEntries(Object.entries(found.leaks).map(([where, rows]) => [where, rows.length])),
  mean: found.mean,
  deviation: found.deviation,
  ...(near ? { near_pairs: near.length } : {}),
})

/** What was found, as tables and pictures. */
export const inspectionOf = async (inspected: Inspected, spec: Spec, title: string): Promise<Inspection> => {
  const { dataset, found } = inspected
  const [height, width, channels] = dataset.imageShape
  const where = dataset.path === null ? '' : ` from ${dataset.path}`
  return {
    command: 'ferment inspect',
    title,
    summary: `${dataset.name}: ${plural(found.images, 'image')} of ${height}×${width}×${channels}${where}. Pixels of the training images: ${momentsText(found)}.`,
    parts: [
      classesPart(inspected, spec),
      ...(dataset.leftOut.length === 0 ? [] : [leftOutPart(dataset)]),
      await samePart(inspected),
      leaksPart(inspected),
      await conflictsPart(inspected),
      await constantPart(inspected),
      ...(inspected.near ? [await nearPart(inspected.dataset, inspected.near)] : []),
    ],
  }
}

const plural = (value: number, one: string, more = `${one}s`): string => `${count(value)} ${value === 1 ? one : more}`

const count = (value: number): string => value.toLocaleString('en')

const momentsText = ({ mean, deviation }: Audit): string =>
  mean.map((value, channel) => `mean ${value.toFixed(4)}, deviation ${(deviation[channel] ?? 0).toFixed(4)}`).join('; ')

const classesPart = ({ dataset, split, counts }: Inspected, { training }: Spec) => {
  const weights = weightsOf(counts, dataset.classes, training.class_weight)
  const sizes = partSizes(counts)
  const rows = dataset.classes.map((name, label) => [
    name,
    ...PARTS.map((part) => count(counts[part][label] ?? 0)),
    ...(weights ? [(weights[label] ?? 0).toFixed(4)] : []),
  ])
  const all = ['all', ...PARTS.map((part) => count(sizes[part])), ...(weights ? [''] : [])]
  const prints = ['SHA-256', ...PARTS.map((part) => fingerprint(split[part]).slice(0, 16)), ...(weights ? [''] : [])]
  const columns = [text('class'), number('training'), number('validation'), number('test'), ...(weights ? [number('weight')] : [])]
  return {
    id: 'classes',
    title: 'Classes and parts',
    text: '',
    tables: [{ caption: 'Images of each class in each part', columns, rows: [...rows, all, prints] }],
    galleries: [],
  }
}

const weightsOf = (counts: PartCounts, classes: readonly string[], scheme: Spec['training']['class_weight']) => {
  try {
    return classWeights(counts.train, classes, scheme)
  } catch {
    return null
  }
}

const leftOutPart = ({ leftOut }: Dataset) => ({
  id: 'left-out',
  title: 'Left out',
  text: 'What the source has and the data set has not.',
  tables: [
    {
      caption: 'Left out of the data',
      columns: [text('what'), number('how many'), text('for example')],
      rows: leftOut.map(({ what, count: many, examples }) => [what, count(many), examples.join(', ')]),
    },
  ],
  galleries: [],
})

const samePart = async ({ dataset, found }: Inspected) => {
  const { images, distinct, same } = found
  const largest = same.slice(0, SHOWN)
  return {
    id: 'duplicates',
    title: 'The same image more than once',
    text: `${count(distinct)} of ${plural(images, 'image')} are distinct, byte for byte; ${plural(same.length, 'image')} ${same.length === 1 ? 'occurs' : 'occur'} more than once.`,
    tables: [],
    galleries:
      largest.length === 0
        ? []
        : [
            await gallery(
              'Those that occur most often',
              dataset,
              largest.map((group) => [group.rows[0] as number, `${group.rows.length} times: ${labelsText(dataset, group)}`]),
            ),
          ],
  }
}

const gallery = async (caption: string, dataset: Dataset, pictures: readonly (readonly [number, string])[]): Promise<Gallery> => ({
  caption,
  pictures: await Promise.all(
    pictures.map(async ([row, label]) => ({
      source: `data:image/png;base64,${(await pngOf(pictureOf(dataset, row))).toString('base64')}`,
      label,
    })),
  ),
})

const labelsText = ({ classes }: Dataset, { labels }: Same): string =>
  [...new Set(labels)].map((label) => `${classes[label]} ${labels.filter((own) => own === label).length}`).join(', ')

const leaksPart = ({ found: { leaks }, split }: Inspected) => {
  const share = (rows: readonly number[], of: number) => [count(rows.length), of === 0 ? '–' : `${((100 * rows.length) / of).toFixed(2)} %`]
  return {
    id: 'leaks',
    title: 'Images in two parts',
    text: 'Byte for byte. `split.leaked` says what is done about them; records hold the accuracy with and without leaked test images.',
    tables: [
      {
        caption: 'Images that are in two parts',
        columns: [text('which'), number('images'), number('share')],
        rows: [
          ['test images among the training images', ...share(leaks.test_in_train, split.test.length)],
          ['validation images among the training images', ...share(leaks.validation_in_train, split.validation.length)],
          ['test images among the validation images', ...share(leaks.test_in_validation, split.test.length)],
        ],
      },
    ],
    galleries: [],
  }
}

const conflictsPart = async ({ dataset, found: { conflicting } }: Inspected) => ({
  id: 'conflicts',
  title: 'The same image under different labels',
  text: conflicting.length === 0 ? 'None.' : `${plural(conflicting.length, 'image')}, which no network can be right about everywhere.`,
  tables: [],
  galleries:
    conflicting.length === 0
      ? []
      : [
          await gallery(
            'The first of them',
            dataset,
            conflicting.slice(0, 4 * SHOWN).map((group) => [group.rows[0] as number, labelsText(dataset, group)]),
          ),
        ],
})

const constantPart = async ({ dataset, found: { constant, black } }: Inspected) => ({
  id: 'constant',
  title: 'Images of one value',
  text: constant.length === 0 ? 'None.' : `${plural(constant.length, 'image')}, ${count(black.length)} of them black.`,
  tables: [],
  galleries:
    constant.length === 0
      ? []
      : [
          await gallery(
            'The first of them',
            dataset,
            constant.slice(0, SHOWN).map((row) => [row, `row ${row}: ${dataset.classes[dataset.labels[row] as number]}`]),
          ),
        ],
})

const nearPart = async (dataset: Dataset, near: readonly NearPair[]) => ({
  id: 'near',
  title: 'Images that look the same',
  text: `${plural(near.length, 'pair')} differ in at most 3 of the 64 bits of a difference hash, and are not the same byte for byte.`,
  tables: [],
  galleries:
    near.length === 0
      ? []
      : [
          await gallery(
            'The closest pairs',
            dataset,
            near
              .slice(0, SHOWN)
              .flatMap(({ rows, distance }) => rows.map((row): [number, string] => [row, `row ${row}, ${distance} bits`])),
          ),
        ],
})
