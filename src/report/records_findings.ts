import { type Cell, groupedBy } from './cells.ts'
import type { Finding } from './finding.ts'
import { count, listed, plural } from './format.ts'
import type { StudyRun } from './study.ts'
import { verifiedText } from './verified_text.ts'

type Known = { cell: Cell; run: StudyRun }

/** Whose records these are, and what this machine has found of them. */
export const recordsFindings = (cells: readonly Cell[]): Finding[] => {
  const runs = runsOf(cells)
  return [...published(runs), ...verified(runs)]
}

const runsOf = (cells: readonly Cell[]): Known[] =>
  cells.flatMap((cell) => cell.runs.filter(({ id }) => cell.records.some((record) => record.id === id)).map((run) => ({ cell, run })))

const published = (runs: readonly Known[]): Finding[] => {
  const those = runs.filter(({ run }) => run.published)
  if (those.length === 0) return []
  const all = those.length === runs.length
  const text = `Made elsewhere; Provenance has the code, machine and data of ${those.length === 1 ? 'it' : 'each'}.`
  const title = all
    ? `All ${plural(runs.length, 'record')} are published ones`
    : `${count(those.length)} of ${plural(runs.length, 'record')} are published ones`
  return [
    {
      kind: 'note',
      title: runs.length === 1 ? 'The record is a published one' : title,
      text,
      cells: all ? [] : those.map(labelOf),
      command: null,
    },
  ]
}

const labelOf = ({ cell, run }: Known): string => (cell.runs.length > 1 ? `${cell.label} (seed ${run.seed})` : cell.label)

const verified = (runs: readonly Known[]): Finding[] => {
  const tried = runs.flatMap(({ cell, run }) => (run.verified ? [{ cell, run, verified: run.verified }] : []))
  const [agreeing, apart] = [
    tried.filter(({ verified: { reproduced } }) => reproduced),
    tried.filter(({ verified: { reproduced } }) => !reproduced),
  ]
  const reproduced = groupedBy(agreeing, ({ verified: { steps } }) => String(steps)).map((group): Finding => {
    const steps = group[0]?.verified.steps ?? 0
    const largest = Math.max(...group.map(({ verified }) => verified.largest ?? 0))
    const engines = [...new Set(group.map(({ verified: { engine } }) => `${engine.name} engine, ${engine.device}`))]
    const sentence = verifiedText({ ...(group[0] as (typeof group)[0]).verified, largest })
    return {
      kind: 'note',
      title: `Verified here: ${count(group.length)} of ${plural(runs.length, 'run')}, first ${plural(steps, 'step')}`,
      text: `Trained again from spec and seed (${listed(engines)}): ${sentence}.`,
      cells: group.length === runs.length ? [] : group.map(labelOf),
      command: null,
    }
  })
  const differing = apart.map(
    ({ cell, run, verified }): Finding => ({
      kind: 'note',
      title: 'Not reproduced on this machine',
      text: `${verifiedText(verified)}.`,
      cells: [labelOf({ cell, run })],
      command: null,
    }),
  )
  return [...differing, ...reproduced]
}
