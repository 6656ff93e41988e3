import { basename, extname, join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import type { ProblemCode } from '../../../../schema/problem_code.ts'
import type { Problem } from '../../../problem.ts'
import type { ListedFile } from './list_files.ts'

/** The kinds that are read, by their names' endings. */
export const KINDS = ['.png', '.jpg', '.jpeg', '.webp', '.gif']

/** A label is a byte. */
export const MOST_CLASSES = 256

/** The ending of a file's name, in small letters. */
export const endingOf = (path: string): string => extname(path).toLowerCase()

const error = (code: ProblemCode, message: string, hint: string): Problem => ({ code, severity: 'error', message, hint })
const quoted = (names: readonly string[]) =>
  `${names
    .slice(0, 10)
    .map((name) => JSON.stringify(name))
    .join(', ')}${names.length > 10 ? ', …' : ''}`

const correct = (variables: readonly string[]) => `The environment variable ${variables.join(', ')} names it: correct it.`

export const missingFolder = (folder: string, variables: readonly string[]): Problem =>
  error(
    'data_missing',
    `There is no folder ${folder} (looked for in ${process.cwd()}).`,
    variables.length > 0
      ? correct(variables)
      : `Make it, with a folder of images for each class (${join(folder, 'cat', '1.jpg')}), or name another in dataset.path.`,
  )

export const notAFolder = (path: string, variables: readonly string[]): Problem =>
  error(
    'data_unreadable',
    `${path} is a file; expected a folder that has a folder of images for each class.`,
    variables.length > 0 ? correct(variables) : 'Name the folder in dataset.path; unpack the file first if it is an archive.',
  )

/** @param images how many there are in the folder itself */
export const noFolders = (folder: string, images: number): Problem =>
  error(
    'folder_classes',
    `${folder} has no folders; expected one for each class, two or more.`,
    images > 0
      ? `The images in it (${images}) are of no class: put each into the folder of its class.`
      : 'The name of a folder is the name of a class; the images of the class are in it.',
  )

/** @param inside how many folders the one has */
export const oneFolder = (folder: string, { only, inside }: { only: string; inside: number }): Problem =>
  error(
    'folder_classes',
    `${folder} has one folder, ${quoted([only])}; expected one for each class, two or more.`,
    inside > 1
      ? `Perhaps this is meant: dataset.path: ${join(folder, only)}`
      : 'There is nothing to learn where all images are of one class.',
  )

export const tooManyFolders = (folder: string, found: readonly string[]): Problem =>
  error(
    'folder_classes',
    `${folder} has ${found.length} folders; a data set can have ${MOST_CLASSES} classes.`,
    'Name those that are meant in dataset.classes, or another folder in dataset.path.',
  )

export const foldersOfParts = (folder: string, found: readonly string[]): Problem => {
  const part = found.find((name) => /^train/i.test(name)) ?? found[0] ?? ''
  return error(
    'folder_of_parts',
    `The folders of ${folder} have names of parts of a data set, not of classes: ${quoted(found)}.`,
    `Name one of them (dataset.path: ${join(folder, part)}); \`split\` divides its images. If they are classes, name them in dataset.classes.`,
  )
}

export const unknownClass = (folder: string, { name, found }: { name: string; found: readonly string[] }): Problem => {
  const small = found.map((other) => other.toLowerCase())
  const near = closest(name.toLowerCase(), small)
  const isMeant = distance(name.toLowerCase(), near) <= Math.min(2, Math.floor(name.length / 2))
  return error(
    'class_folder_missing',
    `dataset.classes has ${quoted([name])}, and ${folder} has no folder of that name.`,
    `${isMeant ? `Did you mean ${quoted([found[small.indexOf(near)] ?? ''])}? ` : ''}It has: ${quoted(found)}.`,
  )
}

/** @param files all that are there, none of them an image */
export const emptyFolder = (path: string, files: readonly ListedFile[]): Problem => {
  const endings = [...new Set(files.map((file) => endingOf(file.path) || basename(file.path)))].slice(0, 3)
  return error(
    'class_folder_empty',
    `The folder ${path} has no images${files.length === 0 ? '' : `, only other files (${endings.join(', ')})`}.`,
    `Put images there (${KINDS.join(', ')}), remove the folder, or name the other classes in dataset.classes.`,
  )
}

export const otherKind = (path: string): Problem =>
  error(
    'image_kind',
    `${path} is an image of a kind that is not read; expected ${KINDS.join(', ')}.`,
    'Save it as PNG or JPEG, or move it out of the folder.',
  )

/** @param reason in a few words, as a library or the system gives it */
export const brokenImage = (path: string, reason: string): Problem =>
  error(
    'image_broken',
    `The image ${path} cannot be read: ${reason}.`,
    'It is damaged, cut off, or no image: save or copy it again, or move it out of the folder.',
  )
