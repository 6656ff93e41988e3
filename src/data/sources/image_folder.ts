import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import type { SourceImageFolder } from '../../../schema/recipe.ts'
import { type Problem, UserError, userError } from '../../problem.ts'
import { expandEnvironment } from '../environment.ts'
import { firstLine, openDecoder } from './image_folder/decode.ts'
import { brokenImage } from './image_folder/folder_problems.ts'
import { type ClassFolder, classNames, listClasses, MOST_PROBLEMS } from './image_folder/list_classes.ts'
import type { ListedFile } from './image_folder/list_files.ts'
import { resample } from './image_folder/resample.ts'
import type { LoadProgress, RawDataset, SourceContext, SourceRow } from './source_row.ts'

/** Changes when the same files would be read otherwise than before. */
const READER_VERSION = 1

/** What one read of a file gives back, less a little. */
const MOST_BYTES = 2_000_000_000

/** Images in memory at their full size at the same time. */
const AT_ONCE = 4

/** One's own images: a folder with a folder for each class, as for Keras' `image_dataset_from_directory` and `flow_from_directory`. */
export const image_folder: SourceRow<SourceImageFolder> = {
  locate: async (source, context) => {
    const { folder, ...place } = placeOf(source, context)
    const classes = await listClasses({ folder, ...place })
    checkSize(folder, source, classes)
    const { kind, path: _path, ...options } = source
    return {
      name: `${kind} ${resolve(folder)} ${JSON.stringify(options)}`,
      version: { reader: READER_VERSION, files: filesHash(folder, classes) },
      read: (onProgress) => read({ folder, classes, source }, onProgress),
      check: () => {},
    }
  },
  form: async (source, context) => {
    const classes = await classNames(placeOf(source, context)).catch(() => source.classes)
    return classes ? { imageShape: shapeOf(source), classes } : null
  },
}

const placeOf = ({ path, classes }: SourceImageFolder, { env }: SourceContext) => {
  const { text: folder, variables } = expandEnvironment(path, env)
  return { folder, classes, variables }
}

const shapeOf = ({ image_size: [height, width], color_mode }: SourceImageFolder) => [height, width, color_mode === 'rgb' ? 3 : 1] as const

const filesHash = (folder: string, classes: readonly ClassFolder[]): string => {
  const files = classes.map(({ name, images }) => [
    name,
    images.map(({ path, size, modifiedMs }) => [relative(folder, path), size, modifiedMs]),
  ])
  return createHash('sha256').update(JSON.stringify(files)).digest('hex')
}

const checkSize = (folder: string, source: SourceImageFolder, classes: readonly ClassFolder[]) => {
  const images = classes.reduce((all, { images: { length } }) => all + length, 0)
  const [height, width, channels] = shapeOf(source)
  const bytes = images * (height * width * channels + 1)
  if (bytes > MOST_BYTES)
    throw userError({
      code: 'data_too_large',
      message: `The ${images} images of ${folder} take ${(bytes / 1e9).toFixed(1)} GB as ${height}×${width}×${channels} bytes each; at most ${MOST_BYTES / 1e9} GB are kept in memory.`,
      hint: 'Choose a smaller dataset.image_size, or fewer images.',
    })
}

type Reading = { folder: string; classes: readonly ClassFolder[]; source: SourceImageFolder }

const read = async ({ folder, classes, source }: Reading, onProgress: (progress: LoadProgress) => void): Promise<RawDataset> => {
  const decode = await openDecoder()
  const [height, width, channels] = shapeOf(source)
  const { interpolation, crop_to_aspect_ratio: crop } = source
  const files = classes.flatMap(({ images }) => images)
  const total = files.reduce((bytes, { size }) => bytes + size, 0)
  const pixels = height * width * channels
  const images = new Uint8Array(files.length * pixels)
  const problems: Problem[] = []
  let done = 0

  const readImage = async ({ path, size }: ListedFile, place: number) => {
    const image = await readFile(path)
      .then((bytes) => decode(bytes, source.color_mode))
      .catch((error: Error) => brokenImage(path, reasonOf(error)))
    done += size
    if ('code' in image) return [image]
    images.set(resample(image, { height, width, interpolation, crop }), place * pixels)
    return []
  }

  for (let first = 0; first < files.length && problems.length < MOST_PROBLEMS; first += AT_ONCE) {
    const group = files.slice(first, first + AT_ONCE).map((file, index) => readImage(file, first + index))
    problems.push(...(await Promise.all(group)).flat())
    onProgress({ phase: 'reading', done, total })
  }
  if (problems.length > 0) throw new UserError(problems.slice(0, MOST_PROBLEMS))
  return {
    kind: 'image_folder',
    name: basename(resolve(folder)),
    synthetic: false,
    path: folder,
    md5: null,
    imageShape: [height, width, channels],
    classes: classes.map(({ name }) => name),
    images,
    labels: Uint8Array.from(classes.flatMap((folderOfClass, label) => folderOfClass.images.map(() => label))),
    usage: null,
  }
}

const reasonOf = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return 'the link leads nowhere'
  if (error.code === 'EACCES') return 'permission denied'
  if (error.message.includes('is empty')) return 'the file is empty'
  return error.message.includes('unsupported image format') ? 'it is of no known kind' : firstLine(error)
}
