/**
 * Kills runs at random moments, parent or child, by any signal, and goes on, until so many kills are survived; then races three ferments on one
 * store. Ends with status 0 where every record is, bit for bit, that of an undisturbed run, and no file is left over.
 *
 *   make torture                       100 kills, some ten minutes
 *   make torture KILLS=10 SEED=7
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import type { RunRecord } from '../schema/record.ts'
import { randomOf } from '../src/random.ts'
import { listRuns } from '../src/run/list_runs.ts'
import { readProgress } from '../src/run/progress_file.ts'
import { readRecord, runFiles } from '../src/run/store.ts'

const BIN = join(import.meta.dirname, '../bin/ferment.mjs')
const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const
const RUNS = 4
const LONGEST_MS = 9000

const RECIPE = `
about: { title: Torture }
dataset: { kind: synthetic_faces, images: 400, random_state: 0 }
split: { kind: stratified_holdout, test_size: 0.3, validation_of_test: 0.5, random_state: 42 }
preprocessing: { rescale: [-1, 1] }
augmentation: { kind: image_data_generator, rotation_range: 10 }
model:
  layers:
    - { kind: conv2d, filters: 8, kernel_size: 3, activation: relu }
    - { kind: max_pooling2d, pool_size: 4 }
    - { kind: flatten }
    - { kind: dropout, rate: 0.2 }
    - { kind: dense, units: 7, activation: softmax }
training:
  optimizer: { kind: adam, learning_rate: 0.001 }
  loss: { kind: categorical_crossentropy }
  epochs: 25
  batch_size: 16
  callbacks: [{ kind: model_checkpoint }, { kind: reduce_lr_on_plateau, patience: 2 }]
seeds: [0, 1]
matrix: { pace: { slow: {}, fast: { training: { batch_size: 32 } } } }
`

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '0' } } })
const random = randomOf({ seed: Number(values.seed), purpose: 'synthetic', at: ['torture'] })
const oneOf = <T>(items: readonly T[]): T => items[random.integer(items.length)] as T

const dir = await mkdtemp(join(tmpdir(), 'ferment-torture-'))
await writeFile(join(dir, 'torture.yaml'), RECIPE)
const store = (name: string) => join(dir, name)
const start = (name: string) =>
  execa(process.execPath, [BIN, 'run', 'torture.yaml', '--store', name], {
    cwd: dir,
    reject: false,
    detached: true,
    stdin: 'ignore',
    all: true,
  })

/** What a record must say whatever has happened to its run. */
const lasting = ({ history, evaluation, events, opening }: RunRecord) =>
  JSON.stringify({
    history: history?.map(({ seconds: _seconds, images_per_second: _speed, ...rest }) => rest),
    evaluation,
    events,
    opening,
  })

const results = async (name: string): Promise<ReadonlyMap<string, string>> => {
  const records = await Promise.all((await listRuns(store(name))).map((id) => readRecord(store(name), id)))
  return new Map(records.flatMap((record) => (record?.status === 'done' ? [[record.id, lasting(record)]] : [])))
}

/** Predictions and weights too are the same, byte for byte. */
const bytesOf = async (name: string, id: string): Promise<string> => {
  const files = (await readdir(join(store(name), id))).filter((file) => /^(predictions|weights)-/.test(file)).sort()
  const texts = await Promise.all(files.map(async (file) => `${file} ${(await readFile(join(store(name), id, file))).toString('base64')}`))
  return texts.join('\n')
}

const KNOWN = /^([0-9a-f]{16}(\/(record\.json|job\.json|run\.log|(predictions|weights)-(last|best)\.(csv|safetensors)))?)$/
const leftOver = async (name: string): Promise<string[]> =>
  (await readdir(store(name), { recursive: true })).filter((path) => !KNOWN.test(path))

const failures: string[] = []
const check = async (name: string): Promise<void> => {
  const [found, wanted] = [await results(name), await results('undisturbed')]
  for (const [id, text] of wanted) {
    if (found.get(id) !== text) failures.push(`${name}: the record of ${id} is another`)
    if ((await bytesOf(name, id)) !== (await bytesOf('undisturbed', id)))
      failures.push(`${name}: predictions or weights of ${id} are others`)
  }
  for (const path of await leftOver(name)) failures.push(`${name}: ${path} was left over`)
}

/** The process that makes a run just now, if any. */
const childOf = async (name: string): Promise<number | null> => {
  const all = await Promise.all((await listRuns(store(name))).map((id) => readProgress(runFiles(store(name), id).progress)))
  return all.find((progress) => progress !== null)?.pid ?? null
}

const kill = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** One ferment, killed at a moment, or its child. */
const disturbed = async (name: string): Promise<string> => {
  const parent = start(name)
  const after = random.integer(LONGEST_MS)
  const ended = await Promise.race([parent.then(() => true), setTimeout(after, false)])
  if (ended) return ''
  const signal = oneOf(SIGNALS)
  const child = random.uniform() < 0.5 ? await childOf(name) : null
  const target = child ?? (parent.pid as number)
  kill(target, signal)
  await parent
  return `${child === null ? 'parent' : 'child'} ${signal} after ${after} ms`
}

await start('undisturbed')
if ((await results('undisturbed')).size !== RUNS) throw new Error('the undisturbed runs were not made')
let [kills, studies] = [0, 0]
while (kills < Number(values.kills)) {
  const name = `study-${studies}`
  while (kills < Number(values.kills) && (await results(name)).size < RUNS) {
    const what = await disturbed(name)
    if (what !== '') console.log(`${++kills}  ${what}`)
  }
  await execa(process.execPath, [BIN, 'run', 'torture.yaml', '--store', name], { cwd: dir, stdin: 'ignore' })
  await check(name)
  await rm(store(name), { recursive: true, force: true })
  studies += 1
}
await Promise.all([start('raced'), start('raced'), start('raced')])
await check('raced')
const begun = await Promise.all(
  (await listRuns(store('raced'))).map(
    async (id) => (await readFile(runFiles(store('raced'), id).log, 'utf8')).split('phase="reading data"').length - 1,
  ),
)
if (begun.some((times) => times !== 1)) failures.push(`three ferments on one store began runs ${begun.join(', ')} times`)
await rm(dir, { recursive: true, force: true })
if (existsSync(dir)) failures.push(`${dir} is still there`)
for (const failure of failures) console.error(failure)
console.log(
  `${kills} kills, ${studies} studies of ${RUNS} runs, a race of three: ${failures.length === 0 ? 'every record bit for bit the same, nothing left over' : `${failures.length} failures`}`,
)
process.exitCode = failures.length === 0 ? 0 : 1
