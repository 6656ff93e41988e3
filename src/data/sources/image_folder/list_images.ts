import { stat } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { type Problem, UserError } from '../../../problem.ts'
import type { LeftOut } from '../../dataset.ts'
import { partsAmong } from '../../part_words.ts'
import { type ClassChoice, membersOf } from '../choose_classes.ts'
import {
  emptyFolder,
  foldersOfParts,
  MOST_CLASSES,
  missingFolder,
  noClassesInParts,
  noFolders,
  notAFolder,
  oneFolder,
  otherKind,
  tooManyFolders,
  unknownClass,
  unknownPartFolder,
} from './folder_problems.ts'
import { endingOf, fileKind } from './image_kind.ts'
import { type ListedFile, leadsBack, listFiles, listFolder } from './list_files.ts'

/** An image, and the numbers of its class and part in the listing. */
type ListedImage = { file: ListedFile; label: number; part: number }

/** What a folder of images has. */
export type Listing = {
  /** Names of the source's own classes. */
  classes: readonly string[]
  /** Names of the folders that are parts, or none. */
  parts: readonly string[]
  /** By part, class and name. */
  images: readonly ListedImage[]
  leftOut: readonly LeftOut[]
}

/** Where images are looked for. */
export type FolderPlace = {
  folder: string
  /** Which folders are classes; without it, all are, sorted. */
  classes: ClassChoice | undefined
  /** Which folders are parts, with folders of classes in them; without it, those that are named so. */
  parts: readonly string[] | undefined
  /** Whether images of other kinds are left out instead of being refused. */
  skips: boolean
  /** Variables of the environment that are in the folder's name. */
  variables: readonly string[]
}

/** Folders of classes, by name; of one name, one for each part that has it. */
export type Outline = { parts: readonly string[]; classes: readonly string[] }

/**
 * Which folders are parts and which are classes.
 * @throws UserError `data_missing`, `data_unreadable`, `folder_classes`, `folder_of_parts`, `class_folder_missing`
 */
export const outlineOf = async (place: FolderPlace): Promise<Outline> => {
  const { folder, classes } = place
  await checkFolder(place)
  const found = await foldersIn(folder, folder)
  const parts = partFolders(place, found)
  const names = parts.length === 0 ? found : await namesInParts(folder, parts)
  const wanted = classes && membersOf(classes)
  if (!wanted && parts.length === 0) await checkClassFolders(folder, found)
  if (!wanted && parts.length > 0 && names.length < 2) throw new UserError([noClassesInParts(folder, { parts, names })])
  firstFew((wanted ?? []).filter((name) => !names.includes(name)).map((name) => unknownClass(folder, { name, found: names })))
  if (!wanted && names.length > MOST_CLASSES) throw new UserError([tooManyFolders(folder, names)])
  return { parts, classes: wanted ?? names }
}

const checkClassFolders = async (folder: string, found: readonly string[]) => {
  const [only] = found
  if (only === undefined) throw new UserError([noFolders(folder, await countImages(folder))])
  if (found.length === 1) throw new UserError([oneFolder(folder, { only, inside: (await listFolder(join(folder, only))).folders.length })])
}

const countImages = async (folder: string): Promise<number> => {
  const kinds = await Promise.all((await listFolder(folder)).files.map(({ path }) => fileKind(path)))
  return kinds.filter((kind) => kind === 'image').length
}

const foldersIn = async (folder: string, root: string): Promise<string[]> => {
  const { folders } = await listFolder(folder)
  const back = await Promise.all(folders.map((path) => leadsBack(path, root)))
  return folders.filter((_, index) => !back[index]).map((path) => basename(path))
}

/** The folders that are parts: by the recipe, or by their names, where these are no classes by the recipe. */
const partFolders = ({ folder, classes, parts }: FolderPlace, found: readonly string[]): readonly string[] => {
  if (parts) {
    firstFew(parts.filter((name) => !found.includes(name)).map((name) => unknownPartFolder(folder, { name, found })))
    return parts
  }
  const named = partsAmong(found)
  if (classes && membersOf(classes).every((name) => found.includes(name))) return []
  if (named.length > 0 && named.length < found.length) throw new UserError([foldersOfParts(folder, { named, found })])
  return named
}

const namesInParts = async (folder: string, parts: readonly string[]): Promise<string[]> => {
  const inParts = await Promise.all(parts.map((part) => foldersIn(join(folder, part), folder)))
  return [...new Set(inParts.flat())].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

/**
 * All images of a folder, and what else is in it.
 * @throws UserError as `outlineOf`; `class_folder_empty`, `image_kind`: the first few at once
 */
export const listImages = async (place: FolderPlace): Promise<Listing> => {
  const { folder, skips } = place
  const { parts, classes } = await outlineOf(place)
  const images: ListedImage[] = []
  const problems: Problem[] = []
  const counted = new Set(classes)
  const other: ListedFile[] = []
  const foreign: ListedFile[] = []
  for (const [part, name] of (parts.length === 0 ? [''] : parts).entries())
    for (const [label, className] of classes.entries()) {
      const path = join(folder, name, className)
      if (parts.length > 0 && !(await isFolder(path))) continue
      const files = await listFiles(path, folder)
      const kinds = await Promise.all(files.map((file) => fileKind(file.path)))
      const ofKind = (kind: (typeof kinds)[number]) => files.filter((_, at) => kinds[at] === kind)
      const found = ofKind('image')
      images.push(...found.map((file) => ({ file, label, part })))
      other.push(...ofKind('other'))
      foreign.push(...ofKind('other_image'))
      if (parts.length === 0 && found.length === 0 && (skips || ofKind('other_image').length === 0)) problems.push(emptyFolder(path, files))
      if (found.length > 0) counted.delete(className)
    }
  if (!skips) problems.push(...foreign.map((file) => otherKind(file.path)))
  if (parts.length > 0) problems.push(...[...counted].map((name) => emptyFolder(`${name} (in ${parts.join(', ')})`, [])))
  firstFew(problems)
  const leftOut = [...byEnding(folder, other), ...(skips ? byEnding(folder, foreign) : []), ...(await hidden(folder))]
  return { classes, parts, images, leftOut }
}

const isFolder = (path: string) =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )

/** Files that are no images, counted by the endings of their names. */
const byEnding = (folder: string, files: readonly ListedFile[]): LeftOut[] => {
  const endings = [...new Set(files.map(({ path }) => endingOf(path)))]
  return endings.map((ending) => {
    const paths = files.filter(({ path }) => endingOf(path) === ending).map(({ path }) => relative(folder, path))
    const what = ending === '' ? 'that are no images and have no ending' : `of kind ${ending}`
    return { what, count: paths.length, examples: paths.slice(0, MOST_EXAMPLES) }
  })
}

/** Names enough to find them by. */
export const MOST_EXAMPLES = 5

/** What the folder itself has beside its folders: of no class. */
const hidden = async (folder: string): Promise<LeftOut[]> => {
  const { files } = await listFolder(folder)
  const kinds = await Promise.all(files.map(({ path }) => fileKind(path)))
  const images = files.filter((_, at) => kinds[at] !== 'other').map(({ path }) => basename(path))
  return images.length === 0
    ? []
    : [
        {
          what: 'that are images of no class: they lie beside the folders of classes',
          count: images.length,
          examples: images.slice(0, MOST_EXAMPLES),
        },
      ]
}

const checkFolder = async ({ folder, variables }: FolderPlace) => {
  const stats = await stat(resolve(folder)).catch(() => null)
  if (!stats) throw new UserError([missingFolder(folder, variables)])
  if (!stats.isDirectory()) throw new UserError([notAFolder(folder, variables)])
}

/** More would hide the first. */
export const MOST_PROBLEMS = 5

/** Refuses, naming the first few problems and the number of the others. @throws UserError where there is one */
export const firstFew = (problems: readonly Problem[]): void => {
  const [first] = problems
  if (!first) return
  const more = problems.length - MOST_PROBLEMS
  const others: Problem[] = more > 0 ? [{ code: first.code, severity: 'error', message: `And ${more} more like these.` }] : []
  throw new UserError([...problems.slice(0, MOST_PROBLEMS), ...others])
}
