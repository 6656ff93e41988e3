import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { dsvFormat } from 'd3-dsv'
import { type Place, type Problem, UserError, userError } from '../../../problem.ts'
import type { LeftOut } from '../../dataset.ts'
import { partOfName } from '../../part_words.ts'
import { unreadable } from '../unpacked/find_file.ts'
import { fileKind } from './image_kind.ts'
import { type ListedFile, listFiles } from './list_files.ts'
import { firstFew, type Listing, MOST_EXAMPLES } from './list_images.ts'

/** What columns of a list are called, in small letters, the surest names first. */
const NAMES = {
  path: [
    'path',
    'file',
    'filename',
    'file_name',
    'filepath',
    'image',
    'img',
    'image_path',
    'image_name',
    'image name',
    'name',
    'id',
    'pth',
    'subdirectory_filepath',
  ],
  label: ['label', 'labels', 'class', 'emotion', 'expression', 'target', 'category', 'class_name', 'y'],
  part: ['part', 'split', 'usage', 'set', 'subset', 'partition', 'fold'],
} as const

type Line = { path: string; label: string; part: string; number: number; text: string }

/**
 * The images that a list names with their labels: a CSV file (commas, semicolons, tabs) with columns for path and label and perhaps the
 * part, or two columns without a header, as RAF-DB's `train_00001.jpg 5`, whose parts are the first words of the names. An image may have
 * `_aligned` behind the name that the list has, as RAF-DB's aligned faces have.
 * @param folder where the images are
 * @throws UserError `data_missing`, `data_unreadable`, `label_file`: the first few lines that are wrong
 */
export const listLabelled = async (folder: string, file: string): Promise<Listing> => {
  const lines = readLines(file, await textOf(file))
  const files = await listFiles(folder, folder)
  const byName = filesByName(folder, files)
  const found = lines.map((line) => ({ line, file: fileOf(line, byName) }))
  firstFew(found.flatMap(({ line, file: image }) => (image ? [] : [noImage(file, line, folder)])))
  const classes = sortedLabels(lines.map(({ label }) => label))
  const partNames = [...new Set(lines.map(({ part }) => part))].filter((part) => part !== '')
  const parts = lines.every(({ part }) => part !== '') && partNames.length > 1 ? partNames : []
  const images = found.map(({ line, file: image }) => ({
    file: image as ListedFile,
    label: classes.indexOf(line.label),
    part: Math.max(0, parts.indexOf(line.part)),
  }))
  return { classes, parts, images, leftOut: await unlisted(files, new Set(images.map((image) => image.file.path))) }
}

const readLines = (file: string, text: string): Line[] => {
  const first = text.split('\n', 1)[0] ?? ''
  const delimiter = [',', ';', '\t'].find((one) => first.includes(one))
  const rows = delimiter
    ? dsvFormat(delimiter).parseRows(text)
    : text.split(/\r?\n/).map((line) => [line.trim().replace(/\s+\S+$/, ''), /\s(\S+)$/.exec(line.trim())?.[1] ?? ''])
  const filled = rows
    .map((fields, at) => ({ fields: fields.map((field) => field.trim()), number: at + 1 }))
    .filter(({ fields }) => fields.some((field) => field !== ''))
  if (filled.length === 0) throw emptyList(file)
  const header = filled[0]?.fields.map((field) => field.toLowerCase()) ?? []
  const columnOf = (known: readonly string[]) => known.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1
  const named = { path: columnOf(NAMES.path), label: columnOf(NAMES.label), part: columnOf(NAMES.part) }
  const hasHeader = named.path >= 0 && named.label >= 0
  const columns = hasHeader ? named : { path: 0, label: 1, part: 2 }
  const lines = filled.slice(hasHeader ? 1 : 0).map(({ fields, number }): Line => {
    const path = fields[columns.path] ?? ''
    const part = (columns.part >= 0 ? fields[columns.part] : undefined) || partOfPath(path)
    return { path, label: fields[columns.label] ?? '', part, number, text: fields.join(delimiter ?? ' ') }
  })
  firstFew(lines.filter(({ path, label }) => path === '' || label === '').map((line) => incomplete(file, line)))
  return lines
}

const emptyList = (file: string) =>
  new UserError([
    { code: 'label_file', severity: 'error', message: `The list ${file} is empty.`, hint: 'Each line names an image and its label.' },
  ])

/** `train_00001.jpg`, `train/a.jpg`: the word for a part that a path begins with. */
const partOfPath = (path: string): string => {
  const [first = ''] = path.split(/[/\\_-]/)
  return partOfName(first)?.rest === '' ? first : ''
}

const incomplete = (file: string, line: Line): Problem => ({
  code: 'label_file',
  severity: 'error',
  message: 'The line has no path, or no label.',
  place: placeOf(file, line),
  hint: 'Each line names an image and its label: a header with columns "path" and "label" (and perhaps "part"), or those two without one.',
})

const placeOf = (file: string, { number, text }: Line): Place => ({
  file,
  line: number,
  column: 1,
  length: Math.max(1, text.length),
  lineText: text.slice(0, 120),
})

const textOf = async (file: string): Promise<string> => {
  await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? userError({
          code: 'data_missing',
          message: `There is no file ${file}, which dataset.labels names (looked for in ${process.cwd()}).`,
          hint: 'Correct dataset.labels, or leave it out where each class has its folder.',
        })
      : unreadable(file, error)
  })
  return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
}

const ALIGNED = '_aligned'

/** Files by what a list may call them: the path below the folder, the name, both without the ending. */
const filesByName = (folder: string, files: readonly ListedFile[]): Map<string, ListedFile> => {
  const names = new Map<string, ListedFile>()
  const put = (name: string, file: ListedFile) => {
    if (!names.has(name)) names.set(name, file)
  }
  for (const file of files) put(file.path.slice(join(folder, '/').length), file)
  for (const file of files) put(basename(file.path), file)
  for (const file of files) put(withoutEnding(file.path.slice(join(folder, '/').length)), file)
  for (const file of files) put(withoutEnding(basename(file.path)), file)
  return names
}

const withoutEnding = (path: string): string => {
  const ending = extname(path)
  return /^\.[a-z]+$/i.test(ending) ? path.slice(0, -ending.length) : path
}

const fileOf = ({ path }: Line, byName: ReadonlyMap<string, ListedFile>): ListedFile | undefined => {
  const name = path.replaceAll('\\', '/').replace(/^\.\//, '')
  const bare = withoutEnding(name)
  return byName.get(name) ?? byName.get(bare) ?? byName.get(`${bare}${ALIGNED}`) ?? byName.get(join(dirname(name), basename(name)))
}

const noImage = (file: string, line: Line, folder: string): Problem => ({
  code: 'label_file',
  severity: 'error',
  message: `There is no image ${JSON.stringify(line.path)} in ${folder}.`,
  place: placeOf(file, line),
  hint: 'Paths are relative to dataset.path, and may be without ending: correct the list, or dataset.path.',
})

/** Numbers by their size, else by the alphabet. */
const sortedLabels = (labels: readonly string[]): string[] => {
  const distinct = [...new Set(labels)]
  return distinct.every((label) => /^\d+$/.test(label)) ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort()
}

const unlisted = async (files: readonly ListedFile[], listed: ReadonlySet<string>): Promise<LeftOut[]> => {
  const others = files.filter(({ path }) => !listed.has(path))
  const kinds = await Promise.all(others.map(({ path }) => fileKind(path)))
  const images = others.filter((_, at) => kinds[at] === 'image').map(({ path }) => basename(path))
  return images.length === 0
    ? []
    : [
        {
          what: 'that are images without a label: the list does not name them',
          count: images.length,
          examples: images.slice(0, MOST_EXAMPLES),
        },
      ]
}
