import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SourceFer2013Csv } from '../../../schema/recipe.ts'
import { UserError, userError } from '../../problem.ts'
import { expandEnvironment } from '../environment.ts'
import { choose, chosenNames, type KnownClass, keepRows, withClasses } from './choose_classes.ts'
import { FERPLUS_CLASSES, readFerplus } from './fer2013/ferplus.ts'
import { labelsOf } from './fer2013/labels.ts'
import { fer2013Reader, type Rows } from './fer2013/reader.ts'
import { CLASSES, FER2013_FORM } from './fer2013/row.ts'
import type { LoadProgress, Located, RawDataset, SourceContext, SourceRow } from './source_row.ts'
import { synthetic_faces } from './synthetic_faces.ts'
import { type FileVersion, type FoundFile, fileVersion, findFile, unreadable } from './unpacked/find_file.ts'
import { unpacked } from './unpacked/unpacked.ts'

/** Of the file that Kaggle published; also the one that torchvision checks. */
const FER2013_MD5 = 'f8428a1edbd21e88f42c73edd2a14f95'

/** Changes when the same file would be read otherwise than before. */
const READER_VERSION = 2

/** FER2013 and whatever has its form as a CSV file, plain or packed. A missing file is replaced by `fallback`, unless a variable of the environment names it. */
export const fer2013_csv: SourceRow<SourceFer2013Csv> = {
  form: async (source, context) => {
    const classes = await classesBefore(source, context)
    return classes && { imageShape: FER2013_FORM.imageShape, classes }
  },
  locate: async (source, context) => {
    const { text: path, variables } = expandEnvironment(source.path, context.env)
    const file = await findFile(path)
    if (file) return located(file, source, await labelFileOf(source, context))
    if (source.fallback && variables.length === 0) return withChoice(await synthetic_faces.locate(source.fallback, context), source)
    throw missing(path, variables, source)
  },
}

type LabelFile = { path: string; version: FileVersion }

const labelFileOf = async ({ labels }: SourceFer2013Csv, { env }: SourceContext): Promise<LabelFile | null> => {
  if (labels === undefined) return null
  const { text: path } = expandEnvironment(labels, env)
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? missingLabels(path) : unreadable(path, error)
  })
  return { path, version: fileVersion(found) }
}

/** Classes as far as they show before the images are read: by the recipe, or by the first label of the file. */
const classesBefore = async (source: SourceFer2013Csv, { env }: SourceContext): Promise<readonly string[] | null> => {
  if (source.classes) return chosenNames(source.classes)
  if (source.labels !== undefined) return FERPLUS_CLASSES
  const file = await findFile(expandEnvironment(source.path, env).text).catch(() => null)
  if (!file) return CLASSES
  const reader = fer2013Reader({ file: file.path, group: source.group_column })
  try {
    for await (const piece of unpacked(file.path, { member: source.member, onRead: () => {}, place: reader.place })) {
      reader.push(piece.subarray(0, FIRST_ROWS_BYTES))
      break
    }
  } catch {
    return null
  }
  const first = reader.end().seenLabels[0]
  return first && /^\d/.test(first.text) ? CLASSES : null
}

/** Enough for a header and a row, few enough to be read at once. */
const FIRST_ROWS_BYTES = 1 << 15

const located = (file: FoundFile, source: SourceFer2013Csv, labels: LabelFile | null): Located => {
  const { kind, path: _path, md5, fallback: _fallback, ...options } = source
  const chosen = JSON.stringify({ ...options, labels: labels && resolve(labels.path) })
  return {
    name: chosen === '{"labels":null}' ? `${kind} ${resolve(file.path)}` : `${kind} ${resolve(file.path)} ${chosen}`,
    version: { reader: READER_VERSION, ...file.version, ...(labels ? { labels: labels.version } : {}) },
    read: (onProgress) => read(file, { source, labels }, onProgress),
    check: (facts) => {
      if (md5 !== undefined && facts.md5 !== md5) throw otherFile(file.path, md5, facts.md5)
    },
  }
}

type Reading = { source: SourceFer2013Csv; labels: LabelFile | null }

const read = async (file: FoundFile, { source, labels }: Reading, onProgress: (progress: LoadProgress) => void): Promise<RawDataset> => {
  const { md5, rows } = await readRows(file, source, onProgress)
  const facts = {
    kind: 'fer2013_csv' as const,
    name: md5 === FER2013_MD5 ? 'FER2013' : `${file.path}, in FER2013's form`,
    synthetic: false,
    path: file.path,
    md5,
    imageShape: FER2013_FORM.imageShape,
    images: rows.images,
    usage: rows.usage,
    usageNames: rows.usageNames,
    groups: rows.groups,
  }
  if (labels) return withFerplus(facts, { source, labels, rows })
  const found = labelsOf(rows.seenLabels, { isNamed: source.classes !== undefined })
  if (!('known' in found)) throw new UserError(found)
  const { known, classOf } = found
  const raw = {
    ...facts,
    classes: known.map(({ name }) => name),
    labels: Uint8Array.from(rows.labels, (label) => classOf[label] as number),
    targets: null,
    leftOut: [],
  }
  return chosen(raw, known, source)
}

const chosen = (raw: RawDataset, known: readonly KnownClass[], { classes }: SourceFer2013Csv): RawDataset => {
  if (!classes) return raw
  const choice = choose(known, classes)
  if (!('classes' in choice)) throw new UserError(choice)
  return withClasses(raw, choice)
}

/** The drawn faces have FER2013's classes: what is chosen of these is chosen of them. */
const withChoice = (drawn: Located, source: SourceFer2013Csv): Located => {
  if (!source.classes) return drawn
  const known = CLASSES.map((name, label) => ({ name, label: String(label) }))
  return {
    ...drawn,
    name: `${drawn.name} ${JSON.stringify(source.classes)}`,
    read: async (onProgress) => chosen(await drawn.read(onProgress), known, source),
  }
}

const readRows = async (
  file: FoundFile,
  { member, group_column: group }: SourceFer2013Csv,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ md5: string; rows: Rows }> => {
  const reader = fer2013Reader({ file: file.path, group })
  const hash = createHash('md5')
  const onRead = (done: number) => onProgress({ phase: 'reading', done, total: file.size })
  for await (const piece of unpacked(file.path, { member, onRead, place: reader.place })) {
    hash.update(piece)
    if (!reader.push(piece)) break
  }
  const rows = reader.end()
  if (reader.problems.length > 0) throw new UserError(reader.problems)
  return { md5: hash.digest('hex'), rows }
}

type Facts = Omit<RawDataset, 'classes' | 'labels' | 'targets' | 'leftOut'>

/** The same images under FER+'s labels, which are paired with them by their rows. */
const withFerplus = async (facts: Facts, { source, labels, rows }: { source: SourceFer2013Csv; labels: LabelFile; rows: Rows }) => {
  const ferplus = await readFerplus(labels.path, source.label_mode ?? 'majority')
  const count = rows.labels.length
  const differs = ferplus.usage.findIndex((usage, row) => rows.usage && usage !== rows.usageNames[rows.usage[row] as number])
  if (ferplus.labels.length !== count || differs >= 0)
    throw notPaired({ labels: labels.path, images: facts.path ?? '' }, [ferplus.labels.length, count], differs)
  const raw: RawDataset = {
    ...facts,
    name: `${facts.name}, labels of FER+`,
    classes: FERPLUS_CLASSES,
    // What is left out has no label; it is taken away in the same breath.
    labels: Uint8Array.from(ferplus.labels, (label) => Math.max(0, label)),
    targets: ferplus.targets,
    leftOut: ferplus.leftOut,
  }
  const kept = keepRows(raw, (row) => ferplus.labels[row] !== -1)
  return chosen(
    kept,
    FERPLUS_CLASSES.map((name) => ({ name })),
    source,
  )
}

const missing = (path: string, variables: readonly string[], source: SourceFer2013Csv) =>
  userError({
    code: 'data_missing',
    message: `There is no file ${path}, nor ${path}.gz, .br, .zip or .tar.gz (looked for in ${process.cwd()}).`,
    hint:
      variables.length > 0
        ? `The environment variable ${variables.join(', ')} names it: correct it${source.fallback ? ', or unset it to use drawn faces' : ''}.`
        : 'Put FER2013 there (Kaggle, "Challenges in Representation Learning: Facial Expression Recognition Challenge"), or name another file in dataset.path.',
  })

const missingLabels = (path: string) =>
  userError({
    code: 'data_missing',
    message: `There is no file ${path}, which dataset.labels names (looked for in ${process.cwd()}).`,
    hint: "FER+'s labels are the file fer2013new.csv of its authors: put it there, or correct the path.",
  })

const notPaired = ({ labels, images }: { labels: string; images: string }, [votes, rows]: readonly [number, number], differs: number) =>
  userError({
    code: 'label_file',
    message:
      votes === rows
        ? `Row ${differs + 1} of ${labels} has another Usage than row ${differs + 1} of ${images}: the two are not paired by their rows.`
        : `${labels} has ${votes} rows, ${images} has ${rows}: FER+ has one for each image of FER2013, in the same order.`,
    hint: 'Use the whole fer2013.csv with its rows in their order, and the fer2013new.csv that belongs to it.',
  })

const otherFile = (path: string, expected: string, found: string | null) =>
  userError({
    code: 'data_md5',
    message: `${path} is not the file that the recipe wants: its MD5 is ${found}, expected ${expected}.`,
    hint: 'Download the file again; or, if another file is meant, put its MD5 in dataset.md5 or leave that out.',
  })
