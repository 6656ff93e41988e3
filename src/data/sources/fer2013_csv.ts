import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { SourceFer2013Csv } from '../../../schema/recipe.ts'
import { UserError, userError } from '../../problem.ts'
import { expandEnvironment } from '../environment.ts'
import { fer2013Reader } from './fer2013_reader.ts'
import { FER2013_FORM } from './fer2013_row.ts'
import type { LoadProgress, Located, RawDataset, SourceRow } from './source_row.ts'
import { synthetic_faces } from './synthetic_faces.ts'
import { type FoundFile, findFile, unpacked } from './unpacked.ts'

/** Of the file that Kaggle published; also the one that torchvision checks. */
const FER2013_MD5 = 'f8428a1edbd21e88f42c73edd2a14f95'

/** Changes when the same file would be read otherwise than before. */
const READER_VERSION = 1

/** FER2013 as a CSV file, plain or packed. A missing file is replaced by `fallback`, unless a variable of the environment names it. */
export const fer2013_csv: SourceRow<SourceFer2013Csv> = {
  form: async () => FER2013_FORM,
  locate: async (source, context) => {
    const { text: path, variables } = expandEnvironment(source.path, context.env)
    const file = await findFile(path)
    if (file) return located(file, source.md5)
    if (source.fallback && variables.length === 0) return synthetic_faces.locate(source.fallback, context)
    throw missing(path, variables, source)
  },
}

const located = (file: FoundFile, md5: string | undefined): Located => ({
  name: `fer2013_csv ${resolve(file.path)}`,
  version: { reader: READER_VERSION, size: file.size, modifiedMs: file.modifiedMs },
  read: (onProgress) => read(file, onProgress),
  check: (facts) => {
    if (md5 !== undefined && facts.md5 !== md5) throw otherFile(file.path, md5, facts.md5)
  },
})

const read = async (file: FoundFile, onProgress: (progress: LoadProgress) => void): Promise<RawDataset> => {
  const reader = fer2013Reader(file.path)
  const hash = createHash('md5')
  const onRead = (done: number) => onProgress({ phase: 'reading', done, total: file.size })
  for await (const piece of unpacked(file.path, onRead, reader.place)) {
    hash.update(piece)
    if (!reader.push(piece)) break
  }
  const rows = reader.end()
  if (reader.problems.length > 0) throw new UserError(reader.problems)
  const md5 = hash.digest('hex')
  return {
    kind: 'fer2013_csv',
    name: md5 === FER2013_MD5 ? 'FER2013' : `${file.path}, in FER2013's form`,
    synthetic: false,
    path: file.path,
    md5,
    ...FER2013_FORM,
    ...rows,
  }
}

const missing = (path: string, variables: readonly string[], source: SourceFer2013Csv) =>
  userError({
    code: 'data_missing',
    message: `There is no file ${path}, nor ${path}.gz or ${path}.br (looked for in ${process.cwd()}).`,
    hint:
      variables.length > 0
        ? `The environment variable ${variables.join(', ')} names it: correct it${source.fallback ? ', or unset it to use drawn faces' : ''}.`
        : 'Put FER2013 there (Kaggle, "Challenges in Representation Learning: Facial Expression Recognition Challenge"), or name another file in dataset.path.',
  })

const otherFile = (path: string, expected: string, found: string | null) =>
  userError({
    code: 'data_md5',
    message: `${path} is not the file that the recipe wants: its MD5 is ${found}, expected ${expected}.`,
    hint: 'Download the file again; or, if another file is meant, put its MD5 in dataset.md5 or leave that out.',
  })
