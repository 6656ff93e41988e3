import { readFile } from 'node:fs/promises'
import { csvParseRows } from 'd3-dsv'
import { type Place, userError } from '../../../problem.ts'
import type { LeftOut } from '../../dataset.ts'
import { unreadable } from '../unpacked/find_file.ts'

/** FER+'s eight classes, as its authors name and order them; what is unknown or no face is left out. */
export const FERPLUS_CLASSES = ['neutral', 'happiness', 'surprise', 'sadness', 'anger', 'disgust', 'fear', 'contempt'] as const

/** The columns of votes: the classes, and two that are none. */
const VOTES = [...FERPLUS_CLASSES, 'unknown', 'NF']

/** How votes become a label. */
export type LabelMode = 'majority' | 'distribution'

export type Ferplus = {
  /** Class of each row, −1 where the row is left out. */
  labels: Int32Array
  /** Shares of the classes, rows × 8, by `distribution`; 0 where the row is left out. */
  targets: Float32Array | null
  leftOut: readonly LeftOut[]
  /** As written, for each row. */
  usage: readonly string[]
}

/**
 * Reads `fer2013new.csv`, ten people's votes for each row of FER2013.
 * @throws UserError `data_unreadable`, `label_file`
 */
export const readFerplus = async (path: string, mode: LabelMode): Promise<Ferplus> => {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw unreadable(path, error)
  })
  const [header = [], ...rows] = csvParseRows(text)
  const names = header.map((name) => name.trim())
  const columns = VOTES.map((name) => names.indexOf(name))
  if (columns.includes(-1)) throw notFerplus(path, text)
  const usage = names.indexOf('Usage')
  const labels = new Int32Array(rows.length).fill(-1)
  const targets = mode === 'distribution' ? new Float32Array(rows.length * FERPLUS_CLASSES.length) : null
  let [unknown, noFace] = [0, 0]
  for (const [row, fields] of rows.entries()) {
    const votes = columns.map((column) => Number(fields[column] || Number.NaN))
    if (votes.some((count) => !(count >= 0))) throw notVotes(path, { line: row + 2, text: fields.join(',') })
    const shares = (mode === 'majority' ? majority : distribution)(votes)
    const top = shares.indexOf(Math.max(...shares))
    if (top < FERPLUS_CLASSES.length) {
      labels[row] = top
      const sum = shares.slice(0, FERPLUS_CLASSES.length).reduce((all, share) => all + share, 0)
      for (const label of FERPLUS_CLASSES.keys())
        if (targets) targets[row * FERPLUS_CLASSES.length + label] = (shares[label] as number) / sum
    } else if (top === FERPLUS_CLASSES.length) unknown++
    else noFace++
  }
  const leftOut = [
    { what: 'on which FER+ has no label (its votes disagree, or are for unknown)', count: unknown, examples: [] },
    { what: 'that are no face by FER+', count: noFace, examples: [] },
  ].filter(({ count }) => count > 0)
  return { labels, targets, leftOut, usage: rows.map((fields) => fields[usage] ?? '') }
}

const notFerplus = (path: string, text: string) => {
  const first = (text.split('\n', 1)[0] ?? '').trimEnd().slice(0, 120)
  return userError({
    code: 'label_file',
    message: `The header of ${path} is not that of FER+'s fer2013new.csv.`,
    place: placeIn(path, 1, first),
    hint: `Expected are columns Usage, Image name, ${VOTES.join(', ')}.`,
  })
}

const placeIn = (file: string, line: number, lineText: string): Place => ({
  file,
  line,
  column: 1,
  length: Math.max(1, lineText.length),
  lineText,
})

const notVotes = (path: string, { line, text }: { line: number; text: string }) =>
  userError({
    code: 'label_file',
    message: `The row has no ten counts of votes.`,
    place: placeIn(path, line, text.slice(0, 120)),
    hint: 'Download or copy the file again.',
  })

const UNKNOWN = VOTES.map((name) => (name === 'unknown' ? 1 : 0))

/** The class that has more than half of the votes, else unknown. Source: `ferplus.py` of the authors, mode `majority`. */
export const majority = (votes: readonly number[]): readonly number[] => {
  const counts = withoutOutliers(votes)
  const most = Math.max(...counts)
  const top = counts.indexOf(most)
  return most > 0.5 * sumOf(counts) ? counts.map((_, at) => (at === top ? 1 : 0)) : UNKNOWN
}

/** A single vote counts as none. */
const withoutOutliers = (votes: readonly number[]): number[] => votes.map((count) => (count <= 1 ? 0 : count))

const sumOf = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/**
 * The largest shares, until they make up three quarters of the votes or are three; unknown where they do not make up half. Source:
 * `ferplus.py` of the authors, mode `crossentropy`.
 */
export const distribution = (votes: readonly number[]): readonly number[] => {
  const counts = withoutOutliers(votes)
  const total = sumOf(counts)
  const taken = counts.map(() => 0)
  let [sum, kinds, isOpen] = [0, 0, true]
  while (sum < 0.75 * total && kinds < 3 && isOpen) {
    const most = Math.max(...counts)
    for (const [at, count] of counts.entries()) {
      if (count !== most) continue
      taken[at] = most
      counts[at] = 0
      sum += most
      kinds++
      if (at < FERPLUS_CLASSES.length) continue
      isOpen = false
      if (sumOf(taken) > most) {
        // Others are ahead of it: the label is theirs.
        taken[at] = 0
        kinds--
      }
      break
    }
  }
  return sumOf(taken) <= 0.5 * total || kinds > 3 ? UNKNOWN : taken.map((count) => count / sumOf(taken))
}
