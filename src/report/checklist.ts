import type { RunRecord } from '../../schema/record.ts'
import type { Cell } from './cells.ts'
import { type ComparedTable, hasClaims } from './compare.ts'
import { count, duration, listed, percent, plural } from './format.ts'
import type { ReportedStudy } from './study.ts'

/** An item of the checklist with what the records answer; null where they answer nothing. */
export type Item = { part: string; item: string; answer: string | null }

/**
 * The Machine Learning Reproducibility Checklist (version 2.0, Pineau et al. 2021, JMLR 22:164), as far as it is about experiments, answered from
 * the records.
 */
export const checklistOf = (study: ReportedStudy, cells: readonly Cell[], tables: readonly ComparedTable[]): Item[] => {
  const known = { study, records: cells.flatMap(({ records }) => records), tables }
  return [...modelItems(known), ...dataItems(known), ...codeItems(known), ...resultItems(known)]
}

type Known = { study: ReportedStudy; records: readonly RunRecord[]; tables: readonly ComparedTable[] }

const modelItems = ({ records }: Known): Item[] => {
  const parameters = unique(records.flatMap(({ model }) => (model === undefined ? [] : [count(model.parameters)])))
  return [
    {
      part: 'Models',
      item: 'A clear description of the model',
      answer: records.length === 0 ? null : 'Every layer, with all its settings, in the recipe and in each record.',
    },
    {
      part: 'Models',
      item: 'Complexity',
      answer: parameters.length === 0 ? null : `${listed(parameters)} parameters; time and memory under “What did it cost?”.`,
    },
  ]
}

const unique = (items: readonly string[]): string[] => [...new Set(items)]

const dataItems = ({ records }: Known): Item[] => {
  const data = records.find((record) => record.data !== undefined)?.data
  const parts =
    data === undefined
      ? null
      : `${count(data.used.train)} training, ${count(data.used.validation)} validation and ${count(data.used.test)} test images in ${plural(data.classes.length, 'class').replace(/classs$/, 'classes')}.`
  return [
    { part: 'Data', item: 'Relevant statistics and the split', answer: parts },
    {
      part: 'Data',
      item: 'Excluded data and preprocessing',
      answer: data === undefined ? null : 'In the recipe; images used and images there are, in each record.',
    },
    {
      part: 'Data',
      item: 'A way to get the data',
      answer:
        data === undefined
          ? null
          : data.md5 === null
            ? `SHA-256 of images and labels ${data.sha256.slice(0, 16)}.`
            : `${data.name}, MD5 ${data.md5}.`,
    },
  ]
}

const codeItems = ({ records, study }: Known): Item[] => {
  const commits = unique(records.flatMap(({ provenance }) => provenance.git_commit ?? []))
  const dirty = records.some(({ provenance }) => provenance.git_dirty)
  const packages = records.length === 0 ? 0 : Object.keys(records[0]?.provenance.packages ?? {}).length
  return [
    {
      part: 'Code',
      item: 'Dependencies',
      answer:
        records.length === 0 ? null : `Exact versions in each record (${plural(packages, 'package')}), and in the lock file of the commit.`,
    },
    {
      part: 'Code',
      item: 'Training and evaluation code',
      answer:
        commits.length === 0 ? null : `Commit ${listed(commits.map((one) => one.slice(0, 12)))}${dirty ? ', with local changes' : ''}.`,
    },
    {
      part: 'Code',
      item: 'The commands that make the results',
      answer: study.runs.length === 0 ? null : 'One for the whole study and one for each run, below.',
    },
  ]
}

const resultItems = ({ study, records, tables }: Known): Item[] => {
  const seeds = unique(study.runs.map(({ seed }) => String(seed)))
  const seconds = records.reduce((sum, { provenance }) => sum + provenance.seconds, 0)
  const devices = unique(records.map(({ provenance }) => `${provenance.engine.device}, ${provenance.cpu}`))
  const claimed = tables.find(hasClaims) ?? tables[0]
  const spread =
    claimed === undefined
      ? null
      : `${percent(claimed.rule.confidence, 0)} intervals, what each varies over said beside it; the rule of the verdicts in the recipe.`
  return [
    {
      part: 'Results',
      item: 'Hyper-parameters and how they were chosen',
      answer: records.length === 0 ? null : 'All in the recipe. Nothing was searched for: they are the source’s or the author’s.',
    },
    {
      part: 'Results',
      item: 'The exact number of runs',
      answer:
        study.runs.length === 0
          ? null
          : `${count(records.length)} of ${count(study.runs.length)} runs have a result, ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`} a cell.`,
    },
    { part: 'Results', item: 'The measure, central tendency and variation', answer: records.length === 0 ? null : spread },
    { part: 'Results', item: 'Run time', answer: records.length === 0 ? null : `${duration(seconds)} in all. Energy was not measured.` },
    { part: 'Results', item: 'Computing infrastructure', answer: devices.length === 0 ? null : `${listed(devices)}.` },
  ]
}
