import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Problem, UserError } from '../../../problem.ts'
import {
  emptyFolder,
  endingOf,
  foldersOfParts,
  KINDS,
  MOST_CLASSES,
  missingFolder,
  noFolders,
  notAFolder,
  oneFolder,
  otherKind,
  tooManyFolders,
  unknownClass,
} from './folder_problems.ts'
import { type ListedFile, leadsBack, listFiles, listFolder } from './list_files.ts'

/** A class, and its images in the order of their names. */
export type ClassFolder = { name: string; images: ListedFile[] }

/** Where images are looked for. */
type Place = {
  folder: string
  /** Names of the classes in their order; without them, all folders, sorted. */
  classes: readonly string[] | undefined
  /** Variables of the environment that are in the folder's name. */
  variables: readonly string[]
}

/** More would hide the first. */
export const MOST_PROBLEMS = 5

/** Images too: to leave them out silently would be to train on something else than is there. */
const OTHER_KINDS = ['.bmp', '.tif', '.tiff', '.heic', '.heif', '.avif', '.jp2', '.jxl', '.ppm', '.pgm', '.svg']

/** What folders are named that hold parts of a data set. */
const PARTS = ['train', 'training', 'val', 'valid', 'validation', 'dev', 'test', 'testing']

const isImage = ({ path }: ListedFile) => KINDS.includes(endingOf(path))
const isOtherImage = ({ path }: ListedFile) => OTHER_KINDS.includes(endingOf(path))

/**
 * Names of the classes in their order: one for each folder.
 * @throws UserError `data_missing`, `data_unreadable`, `folder_classes`, `folder_of_parts`, `class_folder_missing`
 */
export const classNames = async (place: Place): Promise<readonly string[]> => {
  const { folder, classes } = place
  await checkFolder(place)
  const listed = await listFolder(folder)
  const back = await Promise.all(listed.folders.map((path) => leadsBack(path, folder)))
  const found = listed.folders.filter((_, index) => !back[index]).map((path) => basename(path))
  const [only] = found
  if (only === undefined) throw new UserError([noFolders(folder, listed.files.filter(isImage).length)])
  if (found.length === 1) throw new UserError([oneFolder(folder, { only, inside: (await listFolder(join(folder, only))).folders.length })])
  refuse((classes ?? []).filter((name) => !found.includes(name)).map((name) => unknownClass(folder, { name, found })))
  if (classes) return classes
  if (found.length > MOST_CLASSES) throw new UserError([tooManyFolders(folder, found)])
  if (found.every((name) => PARTS.includes(name.toLowerCase()))) throw new UserError([foldersOfParts(folder, found)])
  return found
}

/**
 * The images of each class.
 * @throws UserError as `classNames`; `class_folder_empty`, `image_kind`: the first few at once
 */
export const listClasses = async (place: Place): Promise<ClassFolder[]> => {
  const found: ClassFolder[] = []
  const problems: Problem[] = []
  for (const name of await classNames(place)) {
    const path = join(place.folder, name)
    const files = await listFiles(path, place.folder)
    const images = files.filter(isImage)
    const others = files.filter(isOtherImage)
    found.push({ name, images })
    problems.push(...others.map((file) => otherKind(file.path)))
    if (images.length === 0 && others.length === 0) problems.push(emptyFolder(path, files))
  }
  refuse(problems)
  return found
}

const checkFolder = async ({ folder, variables }: Place) => {
  const stats = await stat(folder).catch(() => null)
  if (!stats) throw new UserError([missingFolder(folder, variables)])
  if (!stats.isDirectory()) throw new UserError([notAFolder(folder, variables)])
}

const refuse = (problems: readonly Problem[]) => {
  if (problems.length > 0) throw new UserError(problems.slice(0, MOST_PROBLEMS))
}
