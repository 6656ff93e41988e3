import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import type { SourceImageFolder } from '../../../schema/recipe.ts'
import { type Problem, UserError, userError } from '../../problem.ts'
import type { LeftOut } from '../dataset.ts'
import { expandEnvironment } from '../environment.ts'
import { resample } from '../resample.ts'
import { choose, chosenNames, keepRows, withClasses } from './choose_classes.ts'
import { firstLine, openDecoder } from './image_folder/decode.ts'
import { brokenImage, tooLargeImage } from './image_folder/folder_problems.ts'
import { listLabelled } from './image_folder/label_file.ts'
import type { ListedFile } from './image_folder/list_files.ts'
import {
  type FolderPlace,
  firstFew,
  type Listing,
  listImages,
  MOST_EXAMPLES,
  MOST_PROBLEMS,
  outlineOf,
} from './image_folder/list_images.ts'
import type { LoadProgress, RawDataset, SourceContext, SourceRow } from './source_row.ts'
import { fileVersion } from './unpacked/find_file.ts'

/** Changes when the same files would be read otherwise than before. */
const READER_VERSION = 2

/** What one read of a file gives back, less a little. */
const MOST_BYTES = 2_000_000_000

/** Images in memory at their full size at the same time. */
const AT_ONCE = 4

/**
 * One's own images: a folder with a folder for each class, as for Keras' `image_dataset_from_directory` and `flow_from_directory`; or one
 * for each part of the data set and in these the classes; or any folder, and a list of labels.
 */
export const image_folder: SourceRow<SourceImageFolder> = {
  locate: async (source, context) => {
    const place = placeOf(source, context)
    const listing = await listingOf(place, labelFileOf(source, context))
    checkSize(place.folder, source, listing)
    const { kind, path: _path, ...options } = source
    return {
      name: `${kind} ${resolve(place.folder)} ${JSON.stringify(options)}`,
      version: { reader: READER_VERSION, files: filesHash(place.folder, listing), labels: await labelsVersion(source, context) },
      read: (onProgress) => read({ folder: place.folder, listing, source }, onProgress),
      check: () => {},
    }
  },
  form: async (source, context) => {
    const chosen = source.classes && chosenNames(source.classes)
    const found = chosen ?? (await namesOf(placeOf(source, context), labelFileOf(source, context)).catch(() => null))
    return found ? { imageShape: shapeOf(source), classes: found } : null
  },
}

const placeOf = ({ path, classes, parts, on_broken }: SourceImageFolder, { env }: SourceContext): FolderPlace => {
  const { text: folder, variables } = expandEnvironment(path, env)
  return { folder, classes, parts, skips: on_broken === 'skip', variables }
}

const labelFileOf = ({ labels }: SourceImageFolder, { env }: SourceContext): string | undefined =>
  labels === undefined ? undefined : expandEnvironment(labels, env).text

const labelsVersion = async (source: SourceImageFolder, context: SourceContext) => {
  const file = labelFileOf(source, context)
  return file === undefined ? null : fileVersion(await stat(file))
}

const listingOf = (place: FolderPlace, labelFile: string | undefined): Promise<Listing> =>
  labelFile === undefined ? listImages(place) : listLabelled(place.folder, labelFile)

const namesOf = async (place: FolderPlace, labelFile: string | undefined): Promise<readonly string[]> =>
  labelFile === undefined ? (await outlineOf(place)).classes : (await listLabelled(place.folder, labelFile)).classes

const shapeOf = ({ image_size: [height, width], color_mode }: SourceImageFolder) => [height, width, color_mode === 'rgb' ? 3 : 1] as const

const filesHash = (folder: string, { classes, parts, images }: Listing): string => {
  const files = images.map(({ file: { path, version }, label, part }) => [relative(folder, path), version, label, part])
  return createHash('sha256')
    .update(JSON.stringify([classes, parts, files]))
    .digest('hex')
}

const checkSize = (folder: string, source: SourceImageFolder, { images: { length: images } }: Listing) => {
  const [height, width, channels] = shapeOf(source)
  const bytes = images * (height * width * channels + 1)
  if (bytes > MOST_BYTES)
    throw userError({
      code: 'data_too_large',
      message: `The ${images} images of ${folder} take ${(bytes / 1e9).toFixed(1)} GB as ${height}×${width}×${channels} bytes each; at most ${MOST_BYTES / 1e9} GB are kept in memory.`,
      hint: 'Choose a smaller dataset.image_size, or fewer images.',
    })
}

type Reading = { folder: string; listing: Listing; source: SourceImageFolder }

const read = async ({ folder, listing, source }: Reading, onProgress: (progress: LoadProgress) => void): Promise<RawDataset> => {
  const { images: listed, classes, parts } = listing
  const { images, broken } = await decodeAll(
    listed.map(({ file }) => file),
    source,
    onProgress,
  )
  const problems = [...broken.values()]
  if (source.on_broken !== 'skip') refuseBroken(problems, listed.length)
  const raw: RawDataset = {
    kind: 'image_folder',
    name: basename(resolve(folder)),
    synthetic: false,
    path: folder,
    md5: null,
    imageShape: shapeOf(source),
    classes,
    images,
    labels: Uint8Array.from(listed, ({ label }) => label),
    usage: parts.length === 0 ? null : Uint8Array.from(listed, ({ part }) => part),
    usageNames: parts,
    targets: null,
    groups: groupsOf(folder, listing, source),
    leftOut: [...listing.leftOut, ...skipped(folder, listing, broken)],
  }
  const kept = keepRows(raw, (row) => !broken.has(row))
  if (kept.labels.length === 0) throw new UserError(problems.slice(0, MOST_PROBLEMS))
  return source.classes ? chosen(kept, source.classes) : kept
}

const decodeAll = async (files: readonly ListedFile[], source: SourceImageFolder, onProgress: (progress: LoadProgress) => void) => {
  const decode = await openDecoder()
  const [height, width, channels] = shapeOf(source)
  const { interpolation, crop_to_aspect_ratio: crop } = source
  const total = files.reduce((bytes, { size }) => bytes + size, 0)
  const pixels = height * width * channels
  const images = new Uint8Array(files.length * pixels)
  const broken = new Map<number, Problem>()
  let done = 0

  const readImage = async ({ path, size }: ListedFile, place: number) => {
    const image = await readFile(path)
      .then((bytes) => decode(bytes, source.color_mode))
      .catch((error: Error) => imageProblem(path, error))
    done += size
    if ('code' in image) broken.set(place, image)
    else images.set(resample(image, { height, width, interpolation, crop }), place * pixels)
  }

  for (let first = 0; first < files.length; first += AT_ONCE) {
    await Promise.all(files.slice(first, first + AT_ONCE).map((file, index) => readImage(file, first + index)))
    onProgress({ phase: 'reading', done, total })
  }
  return { images, broken: new Map([...broken].sort(([a], [b]) => a - b)) }
}

const imageProblem = (path: string, error: NodeJS.ErrnoException): Problem =>
  error.message.includes('exceeds pixel limit') ? tooLargeImage(path, '') : brokenImage(path, reasonOf(error))

const reasonOf = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return 'the link leads nowhere'
  if (error.code === 'EACCES') return 'permission denied'
  if (error.message.includes('is empty')) return 'the file is empty'
  return error.message.includes('unsupported image format') ? 'it is of no known kind' : firstLine(error)
}

/** All that are broken, so that they can be put right at once; the first by name. */
const refuseBroken = (problems: readonly Problem[], images: number) => {
  if (problems.length <= MOST_PROBLEMS) return firstFew(problems)
  const message = `And ${problems.length - MOST_PROBLEMS} more: ${problems.length} of ${images} images cannot be read.`
  const hint = 'dataset.on_broken: skip leaves them all out, and counts them.'
  throw new UserError([...problems.slice(0, MOST_PROBLEMS), { code: 'image_broken', severity: 'error', message, hint }])
}

/** Of whom each image is, by the part of its path that the recipe's pattern takes: numbers of the groups in the order of their names. */
const groupsOf = (folder: string, { images }: Listing, { group_pattern }: SourceImageFolder): Int32Array | null => {
  if (group_pattern === undefined) return null
  const pattern = patternOf(group_pattern)
  const names = images.map(({ file }) => {
    const found = pattern.exec(relative(folder, file.path))
    return found ? (found[1] ?? found[0]) : null
  })
  const without = images.filter((_, at) => names[at] === null).map(({ file }) => noGroup(relative(folder, file.path), group_pattern))
  firstFew(without)
  const sorted = [...new Set(names as string[])].sort()
  const numbers = new Map(sorted.map((name, number) => [name, number]))
  return Int32Array.from(names as string[], (name) => numbers.get(name) as number)
}

const patternOf = (text: string): RegExp => {
  try {
    return new RegExp(text, 'u')
  } catch (error) {
    throw userError({
      code: 'group_pattern',
      message: `dataset.group_pattern ${JSON.stringify(text)} is no regular expression: ${(error as Error).message}.`,
      hint: 'For example "^(S[0-9]+)_": what stands in round brackets names the group.',
    })
  }
}

const noGroup = (path: string, pattern: string): Problem => ({
  code: 'group_pattern',
  severity: 'error',
  message: `dataset.group_pattern ${JSON.stringify(pattern)} is not in the path ${path}.`,
  hint: 'Every image must be of a group: change the pattern, or the name.',
})

const skipped = (folder: string, { images }: Listing, broken: ReadonlyMap<number, Problem>): LeftOut[] => {
  if (broken.size === 0) return []
  const names = [...broken.keys()].map((row) => relative(folder, images[row]?.file.path ?? ''))
  return [{ what: 'that are broken images', count: broken.size, examples: names.slice(0, MOST_EXAMPLES) }]
}

const chosen = (raw: RawDataset, classes: NonNullable<SourceImageFolder['classes']>): RawDataset => {
  const choice = choose(
    raw.classes.map((name) => ({ name })),
    classes,
  )
  if (!('classes' in choice)) throw new UserError(choice)
  return withClasses(raw, choice)
}
