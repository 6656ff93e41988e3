import type { Cell } from './cells.ts'
import { type ComparedTable, countingLine, tallyOf } from './compare.ts'
import { NBSP } from './format.ts'
import { headlineOf } from './headline.ts'
import type { ReportedStudy } from './study.ts'

/** Names what the facts are, and their version. */
export const FACTS_FORMAT = 'ferment report 1'

/** The page's facts for machines: task, data, metric, claimed, measured, intervals, verdicts, commits. The same input gives the same object. */
export const machineFacts = (
  study: ReportedStudy,
  cells: readonly Cell[],
  { tables, now }: { tables: readonly ComparedTable[]; now: Date | null },
): object => {
  const records = cells.flatMap((cell) => cell.records)
  const data = records.find((record) => record.data !== undefined)?.data
  return {
    format: FACTS_FORMAT,
    title: study.about.title,
    source: study.about.source ?? null,
    recipe: study.recipe,
    profile: study.profile?.name ?? null,
    rendered: now?.toISOString() ?? null,
    answer: headlineOf(tables, cells).answer.replaceAll('**', '').replaceAll(NBSP, ' '),
    task: 'image classification',
    data:
      data === undefined
        ? null
        : {
            name: data.name,
            synthetic: data.synthetic,
            md5: data.md5,
            sha256: data.sha256,
            test_images: data.used.test,
            test_fingerprint: data.fingerprint.test,
          },
    verdicts: tallyOf(tables),
    results: tables.flatMap(claimFacts),
    runs: study.runs.map(({ id, cell, seed, state }) => ({ id, cell, seed, state })),
    commits: [...new Set(records.flatMap(({ provenance }) => provenance.git_commit ?? []))],
  }
}

const claimFacts = (table: ComparedTable): object[] =>
  table.cells.map((cell) => {
    const line = countingLine(cell)
    return {
      table: table.title,
      cell: cell.cell?.values ?? cell.shown,
      metric: table.measure.name,
      weights: table.weights,
      claimed: cell.claimed,
      measured: line === null ? null : round(line.sample.mean),
      seeds: line?.sample.seeds.map(({ seed, value }) => ({ seed, value: round(value) })) ?? [],
      interval: ends(line?.spread?.interval),
      interval_over: line?.spread?.over ?? null,
      difference: line?.difference ? round(line.difference.value) : null,
      one_more_run: ends(line?.difference?.oneMore?.interval),
      margin: table.rule.margin,
      confidence: table.rule.confidence,
      verdict: cell.claimed === null ? null : (line?.verdict ?? 'not_run'),
    }
  })

const round = (value: number): number => Number(value.toPrecision(8))

const ends = (interval: readonly [number, number] | null | undefined): number[] | null => (interval == null ? null : interval.map(round))
