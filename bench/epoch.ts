/**
 * Images a second of a training epoch of the paper's base CNN on FER2013 with the paper's augmentation: ferment beside Keras with
 * ImageDataGenerator, on the same images, in turns, so that a disturbance of the machine hits both. Who waits is stopped, loader and all.
 *
 * usage: tsx bench/epoch.ts [--images 28704] [--batch 32] [--turn 60] [--loader inline|threads|processes] [--json FILE]
 * FER2013 names the data, PEERS_PYTHON the peer's Python. Without --loader, Keras' fastest one is found first, by a turn of each.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os, { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { max, median, min, sum } from 'simple-statistics'

const { values: options } = parseArgs({
  options: {
    images: { type: 'string' },
    batch: { type: 'string', default: '32' },
    turn: { type: 'string', default: '60' },
    loader: { type: 'string' },
    json: { type: 'string' },
  },
})
const python = process.env.PEERS_PYTHON ?? 'python3'
const LOADERS = ['inline', 'threads', 'processes']

type Turn = { images: number; seconds: number }
type Contestant = {
  about: { images: number; data: string; engine: string }
  take: (steps: number) => Promise<Turn>
  end: () => Promise<unknown>
}

/** A process that trains when it is its turn. It gets a process group, so that its workers are stopped with it. */
const start = async (command: string, args: readonly string[]): Promise<Contestant> => {
  const child = execa(command, args, { stderr: 'ignore', buffer: false, reject: false, detached: true })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`it ended before it answered: ${command} ${args.join(' ')}`)
    return JSON.parse(value)
  }
  const signal = (name: NodeJS.Signals) => process.kill(-(child.pid as number), name)
  const about = await read()
  signal('SIGSTOP')
  const take = async (steps: number) => {
    child.stdin.write(`${steps}\n`)
    signal('SIGCONT')
    const turn: Turn = await read()
    signal('SIGSTOP')
    return turn
  }
  const end = () => {
    child.stdin.end()
    signal('SIGCONT')
    return child
  }
  return { about, take, end }
}

const folder = await mkdtemp(join(tmpdir(), 'ferment-bench-'))
const images = join(folder, 'images.bin')
const { batch } = options
const turnSteps = Number(options.turn)
const startKeras = (loader: string) => start(python, ['bench/peers/keras_epoch.py', images, batch, loader])
const speed = ({ images: count, seconds }: Turn) => count / seconds

/** The peer with its fastest loader, warmed up. */
const bestKeras = async (): Promise<Contestant & { loader: string }> => {
  const tried: (Contestant & { loader: string; speed: number })[] = []
  for (const loader of options.loader ? [options.loader] : LOADERS) {
    const peer = await startKeras(loader)
    await peer.take(10)
    const found = speed(await peer.take(turnSteps))
    console.log(`Keras, loader ${loader}: ${found.toFixed(1)} images/s`)
    tried.push({ ...peer, loader, speed: found })
  }
  const [best, ...others] = tried.sort((a, b) => b.speed - a.speed) as [(typeof tried)[number], ...typeof tried]
  for (const { end } of others) await end()
  return best
}

const ferment = await start(process.execPath, ['--import', 'tsx', 'bench/ferment_epoch.ts', batch, images])
console.log(
  `${os.cpus()[0]?.model}, ${os.availableParallelism()} cores; ${ferment.about.data}; ferment: ${ferment.about.engine}; batch ${batch}`,
)
const keras = await bestKeras()
await ferment.take(10)

const wanted = Number(options.images ?? ferment.about.images)
const steps = Math.floor(wanted / Number(batch))
const turns: { ferment: Turn; keras: Turn }[] = []
for (let left = steps; left > 0; left -= turnSteps) {
  const count = Math.min(left, turnSteps)
  const turn = { ferment: await ferment.take(count), keras: await keras.take(count) }
  turns.push(turn)
  console.log(`${count} steps each: ferment ${speed(turn.ferment).toFixed(1)}, Keras ${speed(turn.keras).toFixed(1)} images/s`)
}
await Promise.all([ferment.end(), keras.end()])
await rm(folder, { recursive: true })

const summary = (name: 'ferment' | 'keras') => {
  const speeds = turns.map((turn) => speed(turn[name]))
  const seconds = sum(turns.map((turn) => turn[name].seconds))
  return { images: sum(turns.map((turn) => turn[name].images)), seconds, median: median(speeds), min: min(speeds), max: max(speeds) }
}
const results = { ferment: summary('ferment'), keras: summary('keras') }
const ratio = results.ferment.median / results.keras.median
console.log('\n| | images | seconds | images/s, median of turns | least, most |\n| --- | --- | --- | --- | --- |')
for (const [name, { images: count, seconds, ...speeds }] of Object.entries(results))
  console.log(
    `| ${name} | ${count} | ${seconds.toFixed(1)} | ${speeds.median.toFixed(1)} | ${speeds.min.toFixed(1)}, ${speeds.max.toFixed(1)} |`,
  )
console.log(`\nferment / Keras (loader ${keras.loader}): ${ratio.toFixed(3)}`)
if (options.json) {
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), node: process.version }
  await writeFile(options.json, `${JSON.stringify({ machine, ...ferment.about, loader: keras.loader, ratio, results, turns }, null, 1)}\n`)
}
