import type { Element } from 'hast'
import { h } from 'hastscript'
import type { RunRecord } from '../../../schema/record.ts'
import { type Cell, groupedBy } from '../cells.ts'
import { expectedMd5 } from '../comparability.ts'
import { number, text } from '../data_table.ts'
import { count, fixed, gibibytes, minute, NONE, plural } from '../format.ts'
import { dataTable } from './data_table.ts'
import { type Child, folded } from './html.ts'

type Data = NonNullable<RunRecord['data']>
const PARTS = ['train', 'validation', 'test'] as const

/** Where the numbers come from: data, split, software, machine, times. What differs between cells is told apart. */
export const provenance = (cells: readonly Cell[]): Element[] => {
  const all = cells.flatMap(({ label, records }) => records.map((record) => ({ label, record })))
  if (all.length === 0) return []
  return [
    ...groupedBy(all, dataKey).flatMap((group) => dataBlock(group, all)),
    ...groupedBy(all, machineKey).flatMap((group) => machineBlock(group, all)),
    folded(`When each of the ${plural(all.length, 'run')} was made`, runsTable(all)),
  ]
}

const dataKey = ({ record: { data } }: Labelled): string =>
  JSON.stringify([data?.sha256, data?.md5, data?.path, data?.used, data?.fingerprint])

const dataBlock = (group: readonly Labelled[], all: readonly Labelled[]): Element[] => {
  const record = group[0]?.record
  const data = record?.data
  if (record === undefined || data === undefined) return []
  const sets = weightSets(group)
  return [
    h('h3', `Data${coverage(group, all)}`),
    facts([
      ['name', `${data.name}${data.synthetic ? ' (synthetic)' : ''}`],
      ['file', data.path === null ? NONE : h('code', data.path)],
      ['MD5 of the file', md5Of(record, data)],
      ['SHA-256 of images and labels', hash(data.sha256)],
      [
        'images',
        `${count(data.images)} of ${data.image_shape.join(' × ')}, ${plural(data.classes.length, 'class').replace(/classs$/, 'classes')}`,
      ],
      ['used', used(data)],
      ...PARTS.map((part) => [`split fingerprint, ${part}`, hash(data.fingerprint[part])] as const),
      ...sets.map(
        ({ cells }, index) =>
          [
            weightName(sets.length, index),
            cells.length === new Set(all.map(({ label }) => label)).size ? 'in all cells' : `in ${cells.join('; ')}`,
          ] as const,
      ),
    ]),
    countsTable(data, sets),
  ]
}

/** The distinct class weights of a group, each with the cells that train with it. */
const weightSets = (group: readonly Labelled[]): { weights: readonly number[]; cells: readonly string[] }[] =>
  groupedBy(group, ({ record }) => JSON.stringify(record.data?.class_weight)).flatMap((same) => {
    const weights = same[0]?.record.data?.class_weight
    return weights ? [{ weights, cells: [...new Set(same.map(({ label }) => label))] }] : []
  })

/** Which cells something holds for, where it does not for all. */
const coverage = (some: readonly Labelled[], all: readonly Labelled[]): string =>
  some.length === all.length ? '' : `: ${[...new Set(some.map(({ label }) => label))].join('; ')}`

type Labelled = { label: string; record: RunRecord }

const facts = (entries: readonly (readonly [string, Child | null])[]): Element =>
  h(
    'dl.facts',
    entries.flatMap(([name, value]) => (value === null ? [] : [h('div', h('dt', name), h('dd', value))])),
  )

const md5Of = (record: RunRecord, { md5 }: Data): Child => {
  if (md5 === null) return NONE
  const expected = expectedMd5(record)
  const checked =
    expected === null ? 'not named by the recipe' : expected === md5 ? 'as the recipe names it' : 'not the one that the recipe names'
  return h('span', hash(md5), ` ${checked}`)
}

const hash = (value: string): Element => h('code.hash', value)

const used = ({ used, counts }: Data): string =>
  PARTS.map((part) => `${part} ${count(used[part])} of ${count(counts[part].reduce((sum, one) => sum + one, 0))}`).join(', ')

const weightName = (sets: number, index: number): string => (sets > 1 ? `class weight ${index + 1}` : 'class weight')

const countsTable = ({ classes, counts }: Data, sets: ReturnType<typeof weightSets>): Element =>
  dataTable({
    caption: 'Images per class',
    columns: [text('class'), ...PARTS.map(number), ...sets.map((_, index) => number(weightName(sets.length, index)))],
    rows: classes.map((name, index) => [
      name,
      ...PARTS.map((part) => count(counts[part][index] ?? 0)),
      ...sets.map(({ weights }) => fixed(weights[index] ?? 0, 4)),
    ]),
  })

const machineKey = ({ record: { provenance: p } }: Labelled): string =>
  JSON.stringify([p.ferment, p.code, p.git_commit, p.git_dirty, p.engine, p.os, p.cpu, p.cores, p.node, p.packages])

const machineBlock = (group: readonly Labelled[], all: readonly Labelled[]): Element[] => {
  const provenance = group[0]?.record.provenance
  if (provenance === undefined) return []
  const { engine, git_commit, git_dirty } = provenance
  const tensorflow = engine.tensorflow === null ? '' : `, TensorFlow ${engine.tensorflow}`
  const arithmetic = engine.arithmetic === undefined ? '' : `, ${engine.arithmetic}`
  const dirty = git_dirty ? ' with local changes' : ''
  return [
    h('h3', `Software and machine${coverage(group, all)}`),
    facts([
      ['ferment', provenance.ferment],
      ['commit', git_commit === null ? 'not a git checkout' : h('span', hash(git_commit), dirty)],
      ['code of the training rooms', hash(provenance.code)],
      ['engine', `${engine.name}, ${engine.mode}${arithmetic}${tensorflow}`],
      ['device', `${engine.device}${engine.gpu ? ' (GPU)' : ''}`],
      ['processor', `${provenance.cpu}, ${plural(provenance.cores, 'core')}`],
      ['system', `${provenance.os}, Node ${provenance.node}`],
      [
        'packages',
        Object.entries(provenance.packages)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ') || NONE,
      ],
    ]),
  ]
}

const runsTable = (all: readonly Labelled[]): Element =>
  dataTable({
    caption: 'Runs',
    columns: [
      text('cell'),
      number('seed'),
      text('id'),
      text('started'),
      text('finished'),
      number('seconds'),
      number('peak memory'),
      number('resumed'),
    ],
    rows: all.map(({ label, record: { seed, id, provenance } }) => [
      label,
      String(seed),
      id,
      minute(provenance.started_at),
      minute(provenance.finished_at),
      fixed(provenance.seconds, 1),
      gibibytes(provenance.peak_memory_bytes),
      count(provenance.resumed),
    ]),
  })
