import type { RunRecord } from '../../schema/record.ts'
import { type Absence, type Cell, groupedBy } from './cells.ts'
import { changesOf, expectedMd5, type Obstacle } from './comparability.ts'
import type { Finding } from './finding.ts'
import { count, listed, percent, plural } from './format.ts'
import { recordsFindings } from './records_findings.ts'
import type { ReportedStudy } from './study.ts'

type Data = NonNullable<RunRecord['data']>
type Affected = { cells: readonly Cell[]; records: readonly RunRecord[]; all: boolean }

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)

/** The command that makes all runs of the study, with its profile or as the recipe is written. */
const studyCommand = ({ recipe }: ReportedStudy, profile: string | undefined): string =>
  `npx ferment run ${recipe} --profile ${profile ?? 'none'} --report`

const labels = ({ cells, all }: Affected): string[] => (all ? [] : cells.map(({ label }) => label))

const dataOf = (records: readonly RunRecord[]): Data[] => records.flatMap(({ data }) => data ?? [])

/** The file that drawn images stand in for, or null where the recipe asks for drawn ones. */
const missingFile = (records: readonly RunRecord[]): string | null => {
  const { dataset } = (records[0]?.spec ?? {}) as { dataset?: { path?: string } }
  return dataset?.path ?? null
}

const synthetic = (affected: Affected, study: ReportedStudy): Finding => {
  const path = missingFile(affected.records)
  const base = { kind: 'not_comparable', cells: labels(affected) } as const
  const text = 'Nothing measured on drawn faces says anything about photographs of people.'
  if (path === null) return { ...base, title: 'Synthetic data: drawn faces', text, command: null }
  return {
    ...base,
    title: 'Synthetic data: drawn faces instead of the recipe’s images',
    text: `${text} The recipe’s file, \`${path}\`, was not there: put it in place and run again.`,
    command: studyCommand(study, study.profile?.name),
  }
}

const shareUsed = (data: readonly Data[]): string => {
  const parts = (['train', 'validation', 'test'] as const).map((part) => {
    const [used, all] = [Math.min(...data.map((one) => one.used[part])), Math.max(...data.map((one) => sum(one.counts[part])))]
    return `${count(used)} of ${count(all)} ${part === 'train' ? 'training' : part} images (${percent(used / Math.max(1, all), 1)})`
  })
  return listed(parts)
}

const AS_WRITTEN = 'Numbers to compare come from the recipe as it is written; `npx ferment plan` says what that costs.'

const limited = (affected: Affected, study: ReportedStudy): Finding => {
  const { profile } = study
  const about = profile?.description ? ` The profile: ${profile.description}` : ''
  return {
    kind: 'not_comparable',
    title: profile === null ? 'A part of the data only' : `A part of the data only: profile “${profile.name}”`,
    text: `Used were ${shareUsed(dataOf(affected.records))}.${about} ${AS_WRITTEN}`,
    cells: labels(affected),
    command: profile === null ? null : studyCommand(study, undefined),
  }
}

const changed = (affected: Affected, study: ReportedStudy): Finding => {
  const paths = [...new Set(affected.cells.flatMap(({ runs }) => runs.flatMap(changesOf)))]
  const what = `By a profile or \`--set\`: ${listed(paths.map((path) => `\`${path}\``))}.`
  const said = affected.cells.every(({ obstacles }) => obstacles.includes('limited'))
  return {
    kind: 'not_comparable',
    title: 'Settings changed against the recipe as written',
    text: said ? what : `${what} ${AS_WRITTEN}`,
    cells: labels(affected),
    command: said ? null : studyCommand(study, undefined),
  }
}

const otherData = (affected: Affected): Finding => {
  const found = [...new Set(dataOf(affected.records).map(({ md5 }) => md5 ?? 'unknown'))]
  const expected = [...new Set(affected.records.flatMap((record) => expectedMd5(record) ?? []))]
  return {
    kind: 'not_comparable',
    title: 'Not the data file that the recipe names',
    text: `Its MD5 is ${listed(found.map((one) => `\`${one}\``))}, the recipe’s is ${listed(expected.map((one) => `\`${one}\``))}.`,
    cells: labels(affected),
    command: null,
  }
}

const obstacleFindings: Record<Obstacle, (affected: Affected, study: ReportedStudy) => Finding> = {
  synthetic,
  other_data: otherData,
  limited,
  changed,
}

const notComparable = (study: ReportedStudy, cells: readonly Cell[]): Finding[] => {
  const measured = cells.filter(({ records }) => records.length > 0)
  return (Object.keys(obstacleFindings) as Obstacle[]).flatMap((obstacle) => {
    const hit = measured.filter(({ obstacles }) => obstacles.includes(obstacle))
    const affected = { cells: hit, records: hit.flatMap(({ records }) => records), all: hit.length === measured.length }
    return hit.length === 0 ? [] : [obstacleFindings[obstacle](affected, study)]
  })
}

const missingTitles: Record<Absence['state'], string> = { failed: 'failed', skipped: 'skipped', to_do: 'not run yet' }

/** Runs without a result, one finding per reason over all cells. */
const missing = (study: ReportedStudy, cells: readonly Cell[]): Finding[] => {
  const all = cells.flatMap((cell) => cell.absent.map((absence) => ({ cell, absence })))
  return groupedBy(all, ({ absence }) => JSON.stringify([absence.state, absence.reason])).flatMap((group): Finding[] => {
    const first = group[0]?.absence
    if (first === undefined) return []
    const runs = group.flatMap(({ absence }) => absence.runs)
    const named = group.map(({ cell, absence }) => {
      const some = absence.runs.length < cell.runs.length
      return some ? `${cell.label} (${absence.runs.map(({ seed }) => `seed ${seed}`).join(', ')})` : cell.label
    })
    // A skipped run's reason names what helps; making it again would only skip it again.
    const helped = first.state === 'skipped' || (first.reason?.includes('`') ?? false)
    const command = runs.length === 1 ? (runs[0]?.command ?? null) : studyCommand(study, study.profile?.name)
    return [
      {
        kind: 'missing',
        title: `${plural(runs.length, 'run')} ${missingTitles[first.state]}`,
        text: first.reason ?? '',
        cells: group.length === cells.length ? [] : named,
        command: helped ? null : command,
      },
    ]
  })
}

const notes = (cells: readonly Cell[]): Finding[] => {
  const records = cells.flatMap((cell) => cell.records)
  // Of a folder there is no MD5.
  const unchecked = records.some((record) => record.data?.kind === 'fer2013_csv' && expectedMd5(record) === null)
  const tests = new Set(dataOf(records).map(({ sha256, fingerprint, used }) => `${sha256} ${fingerprint.test} ${used.test}`))
  const note = (title: string, text: string): Finding => ({ kind: 'note', title, text, cells: [], command: null })
  return [
    ...(unchecked
      ? [note('The data file is not checked', 'The recipe names no MD5, so whether this is the paper’s file is not known.')]
      : []),
    ...(tests.size > 1
      ? [
          note(
            'Not all cells were tested on the same images',
            'Their data, split or limit differ: see Provenance. Compare cells with care.',
          ),
        ]
      : []),
  ]
}

const NO_RUNS: Finding = { kind: 'missing', title: 'The study has no runs', text: '', cells: [], command: null }

/** What a reader must know first, the gravest first; never empty. */
export const findingsOf = (study: ReportedStudy, cells: readonly Cell[]): Finding[] => {
  if (cells.length === 0) return [NO_RUNS]
  const grave = [...notComparable(study, cells), ...missing(study, cells)]
  const about = [...recordsFindings(cells), ...notes(cells)]
  if (grave.length > 0) return [...grave, ...about]
  const all: Finding = {
    kind: 'complete',
    title: cells.length === 1 ? 'The run is complete' : `All ${cells.length} cells are complete`,
    text: `Every run used all images of its split${notes(cells).length === 0 ? ' and the data file that the recipe names' : ''}.`,
    cells: [],
    command: null,
  }
  return [all, ...about]
}
