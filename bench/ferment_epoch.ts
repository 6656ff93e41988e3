/**
 * ferment's side of the epoch benchmark: the paper's base CNN with its augmentation, trained as a run trains it, checkpoints and messages
 * included. Protocol as in peers/keras_epoch.py.
 *
 * usage: tsx bench/ferment_epoch.ts BATCH DATA; writes the training images to DATA, for the peer: a byte of label and the pixels of each.
 */
import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Spec } from '../schema/recipe.ts'
import type { Batch, BatchSource, Dataset } from '../src/data/dataset.ts'
import { loadRecipe } from '../src/recipe/load_recipe.ts'
import { startClock } from '../src/run/clock.ts'
import type { Job } from '../src/run/job.ts'
import { prepareData, prepareEngine } from '../src/run/prepare_run.ts'
import { trainRun } from '../src/run/train_run.ts'

const [size = '32', file = ''] = process.argv.slice(2)
const batchSize = Number(size)

const specOf = async (): Promise<Spec> => {
  const loaded = await loadRecipe('recipes/paper/as-reported.yaml')
  if (!loaded.ok) throw new Error('the recipe is not right')
  const cell = loaded.recipe.cells.find(({ cell: { model, augmentation } }) => model === 'My CNN' && augmentation === 'Yes')
  if (!cell) throw new Error('the recipe has no such cell')
  return { ...cell.spec, training: { ...cell.spec.training, batch_size: batchSize, epochs: 1000 } }
}

const writeImages = ({ images, labels, imageShape }: Dataset, rows: Int32Array): Promise<void> => {
  const pixels = imageShape[0] * imageShape[1] * imageShape[2]
  const bytes = Buffer.alloc(rows.length * (1 + pixels))
  for (const [place, row] of rows.entries()) {
    bytes[place * (1 + pixels)] = labels[row] as number
    bytes.set(images.subarray(row * pixels, (row + 1) * pixels), place * (1 + pixels) + 1)
  }
  return writeFile(file, bytes)
}

const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

/** The same batches, handed out as many at a time as the next line of standard input says; how long their steps took is told. */
const inTurns = (source: BatchSource): BatchSource => {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  let turn = { left: 0, steps: 0, begun: 0 }
  /** When an epoch's last step was done. What comes before the next epoch is not counted: the peer does not validate. */
  let epochEnd: number | undefined
  const nextTurn = async () => {
    if (turn.steps > 0) answer({ images: turn.steps * batchSize, seconds: (performance.now() - turn.begun) / 1000 })
    const { value, done } = await lines.next()
    if (done) process.exit(0)
    turn = { left: Number(value), steps: Number(value), begun: performance.now() }
  }
  async function* epoch(number: number): AsyncGenerator<Batch> {
    if (epochEnd !== undefined) turn.begun += performance.now() - epochEnd
    for await (const batch of source.epoch(number)) {
      if (turn.left === 0) await nextTurn()
      turn.left--
      yield batch
    }
    epochEnd = performance.now()
  }
  return { ...source, epoch }
}

const store = await mkdtemp(join(tmpdir(), 'ferment-epoch-'))
process.on('exit', () => rmSync(store, { recursive: true, force: true }))
const spec = await specOf()
const job = { id: 'epoch', store, spec, seed: 0, engine: null } as Job
const data = await prepareData(job)
await writeImages(data.dataset, data.used.train)
const handle = { send: () => {}, signal: new AbortController().signal, clock: startClock() }
const { session, engine } = await prepareEngine(job, data, handle)
answer({ images: data.used.train.length, data: data.dataset.name, engine: `${engine.name} ${engine.mode}, ${engine.device}` })
await trainRun(job, { session, data: { ...data, train: inTurns(data.train) }, handle, clock: handle.clock })
