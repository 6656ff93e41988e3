import { basename, join } from 'node:path'
import type { ProblemCode } from '../../../../schema/problem_code.ts'
import { didYouMean } from '../../../nearest.ts'
import type { Problem } from '../../../problem.ts'
import { endingOf, KINDS } from './image_kind.ts'
import type { ListedFile } from './list_files.ts'

/** A label is a byte. */
export const MOST_CLASSES = 256

export const missingFolder = (folder: string, variables: readonly string[]): Problem =>
  error(
    'data_missing',
    `There is no folder ${folder} (looked for in ${process.cwd()}).`,
    variables.length > 0
      ? correct(variables)
      : `Make it, with a folder of images for each class (${join(folder, 'cat', '1.jpg')}), or name another in dataset.path.`,
  )

const error = (code: ProblemCode, message: string, hint: string): Problem => ({ code, severity: 'error', message, hint })

const correct = (variables: readonly string[]) => `The environment variable ${variables.join(', ')} names it: correct it.`

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
      ? `The images in it (${images}) are of no class: put each into the folder of its class, or name the list of their labels in dataset.labels.`
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

const quoted = (names: readonly string[]) =>
  `${names
    .slice(0, 10)
    .map((name) => JSON.stringify(name))
    .join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`

export const tooManyFolders = (folder: string, found: readonly string[]): Problem =>
  error(
    'folder_classes',
    `${folder} has ${found.length} folders; a data set can have ${MOST_CLASSES} classes.`,
    'Name those that are meant in dataset.classes, or another folder in dataset.path.',
  )

/** Some folders are named as parts, others are not. */
export const foldersOfParts = (folder: string, { named, found }: { named: readonly string[]; found: readonly string[] }): Problem =>
  error(
    'folder_of_parts',
    `Of the folders of ${folder}, ${quoted(named)} have names of parts of a data set, and ${quoted(found.filter((name) => !named.includes(name)))} of classes.`,
    `If they are parts, with folders of classes in them, write dataset.parts: [${named.join(', ')}]. If all are classes, name them in dataset.classes.`,
  )

export const noClassesInParts = (folder: string, { parts, names }: { parts: readonly string[]; names: readonly string[] }): Problem =>
  error(
    'folder_classes',
    `The parts of ${folder} (${quoted(parts)}) have ${names.length === 0 ? 'no folders' : `one folder, ${quoted(names)}`}; expected one for each class, two or more.`,
    `The images of a class are in a folder of its name in each part (${join(folder, parts[0] ?? '', 'cat', '1.jpg')}). If the folders are classes, name them in dataset.classes.`,
  )

export const unknownPartFolder = (folder: string, { name, found }: { name: string; found: readonly string[] }): Problem =>
  error(
    'class_folder_missing',
    `dataset.parts has ${quoted([name])}, and ${folder} has no folder of that name.`,
    `It has: ${quoted(found)}.`,
  )

export const unknownClass = (folder: string, { name, found }: { name: string; found: readonly string[] }): Problem =>
  error(
    'class_folder_missing',
    `dataset.classes has ${quoted([name])}, and ${folder} has no folder of that name.`,
    `${didYouMean(name, found)}It has: ${quoted(found)}.`,
  )

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
    'Save it as PNG or JPEG, move it out of the folder, or leave it out by dataset.on_broken: skip.',
  )

/** @param size height and width, where they are known */
export const tooLargeImage = (path: string, size: string): Problem =>
  error(
    'image_too_large',
    `The image ${path} is too large to be decoded${size}: at most 268,402,689 pixels are.`,
    'Save it smaller, move it out of the folder, or leave it out by dataset.on_broken: skip.',
  )

/** @param reason in a few words, as a library or the system gives it */
export const brokenImage = (path: string, reason: string): Problem =>
  error(
    'image_broken',
    `The image ${path} cannot be read: ${reason}.`,
    'It is damaged, cut off, or no image: save or copy it again, move it out of the folder, or leave it out by dataset.on_broken: skip.',
  )
