/**
 * Step times of ferment beside Keras and PyTorch: the same networks and batches, in one run, in turns, so that a disturbance of the
 * machine hits all of them. Prints medians and ratios and writes them as JSON.
 *
 * usage: tsx bench/step_time.ts [--rounds 6] [--precision float32] [--only base:32:train] [--json FILE]; PEERS_PYTHON names the peers' Python.
 */

import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { max, median, min } from 'simple-statistics'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    precision: { type: 'string', default: 'float32' },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
})
const python = process.env.PEERS_PYTHON ?? 'python3'

type Case = { network: string; batch: number; task: string }
/** The paper's two, and the one of recipes/examples/quickstart.yaml, whose steps are mostly what goes around arithmetic. */
const CASES: Case[] = ['base', 'vgg16', 'small'].flatMap((network) =>
  [4, 32, 128].flatMap((batch) => ['train', 'evaluate'].map((task) => ({ network, batch, task }))),
)
const keras = [python, 'bench/peers/keras_peer.py']
const pytorch = [python, 'bench/peers/torch_peer.py']
/** Who takes part, with the command and the precision of each. In 16 bits the peers' float32 is measured as well. */
const CONTESTANTS: readonly { name: string; command: readonly string[]; precision: string }[] = [
  { name: 'ferment', command: [process.execPath, '--import', 'tsx', 'bench/ferment_peer.ts'], precision: options.precision },
  { name: 'keras', command: keras, precision: options.precision },
  { name: 'pytorch', command: pytorch, precision: options.precision },
  ...(options.precision === 'float32'
    ? []
    : [
        { name: 'keras float32', command: keras, precision: 'float32' },
        { name: 'pytorch float32', command: pytorch, precision: 'float32' },
      ]),
]
/** About this long is one contestant's turn, so that a turn is neither lost in noise nor long enough for the machine to change. */
const TURN_MS = 2500

type Contestant = {
  name: string
  ask: (steps: number) => Promise<{ ms: number[]; peak_mb: number }>
  close: () => void
  started: Started
}
/** Seconds from the start of the process until it could do a step, and until it had; ferment also counts a step's arithmetic. */
type Started = { set_up_s: number; first_step_s: number; flops?: number }

const start = async ({ name, command, precision }: (typeof CONTESTANTS)[number], { network, batch, task }: Case): Promise<Contestant> => {
  const [file = '', ...args] = [...command, network, String(batch), task, precision]
  const child = execa(file, args, { stderr: 'ignore', buffer: false, reject: false })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} ended before it answered: ${file} ${args.join(' ')}`)
    return JSON.parse(value)
  }
  const started: Started = await read()
  const ask = (steps: number) => {
    child.stdin.write(`${steps}\n`)
    return read()
  }
  return { name, ask, close: () => child.kill(), started }
}

type Row = Case & {
  contestant: string
  median_ms: number
  min_ms: number
  max_ms: number
  steps: number
  peak_mb: number
} & Started

/** All contestants on one case, in turns; the first turn warms up and is not counted. */
const measure = async (which: Case): Promise<Row[]> => {
  const contestants: Contestant[] = []
  for (const one of CONTESTANTS) contestants.push(await start(one, which))
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]))
  const peaks = new Map<string, number>()
  const steps = new Map<string, number>()
  for (const { name, ask } of contestants) steps.set(name, Math.max(3, Math.round(TURN_MS / median((await ask(5)).ms))))
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const { name, ask } of contestants) {
      const { ms, peak_mb } = await ask(steps.get(name) as number)
      times.get(name)?.push(...ms)
      peaks.set(name, peak_mb)
    }
  }
  for (const { close } of contestants) close()
  return contestants.map(({ name, started }) => {
    const ms = times.get(name) as number[]
    const row = {
      median_ms: median(ms),
      min_ms: min(ms),
      max_ms: max(ms),
      steps: ms.length,
      peak_mb: peaks.get(name) as number,
    }
    return { ...which, contestant: name, ...row, ...started }
  })
}

const { stdout: measuredPeak } = await execa(process.execPath, ['--import', 'tsx', 'bench/matrix_peak.ts'], { stderr: 'ignore' })
const peak: number = JSON.parse(measuredPeak).gflops

const cell = (value: string | number, width: number) => String(value).padStart(width)
const rows: Row[] = []
const inLow = options.precision !== 'float32'
console.log(
  `${os.cpus()[0]?.model}, ${os.availableParallelism()} cores, ${options.precision}; matrix products at ${peak.toFixed(0)} GFLOP/s; medians in ms per step, ${options.rounds} rounds in turns\n`,
)
console.log(
  `| network, batch, task | ferment | Keras | PyTorch | of the faster peer | ${inLow ? 'Keras float32 | PyTorch float32 | of the faster in float32 | ' : ''}of the matrix peak | set-up s (f, K, P) | first step s (f, K, P) | peak MB (f, K, P) |\n| --- | --- | --- | --- | --- | ${inLow ? '--- | --- | --- | ' : ''}--- | --- | --- | --- |`,
)
for (const which of CASES) {
  const name = `${which.network}:${which.batch}:${which.task}`
  if (options.only && !options.only.some((wanted) => name.startsWith(wanted))) continue
  const measured = await measure(which)
  rows.push(...measured)
  const ferment = measured[0] as Row
  const [same, float32] = [measured.slice(0, 3), measured.slice(3)]
  const toFaster = (peers: readonly Row[]) => (ferment.median_ms / min(peers.map((row) => row.median_ms))).toFixed(2)
  const medians = (of: readonly Row[]) => of.map((row) => cell(row.median_ms.toFixed(1), 7)).join(' | ')
  const share = (ferment.flops ?? 0) / (ferment.median_ms * 1e6) / peak
  const all = (pick: (row: Row) => string) => same.map(pick).join(', ')
  console.log(
    `| ${which.network}, ${which.batch}, ${which.task} | ${medians(same)} | ${toFaster(same.slice(1))} | ${inLow ? `${medians(float32)} | ${toFaster(float32)} | ` : ''}${share.toFixed(2)} | ${all((row) => row.set_up_s.toFixed(1))} | ${all((row) => row.first_step_s.toFixed(1))} | ${all((row) => row.peak_mb.toFixed(0))} |`,
  )
}
if (options.json) {
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), node: process.version }
  await writeFile(options.json, `${JSON.stringify({ machine, precision: options.precision, matrix_peak_gflops: peak, rows }, null, 1)}\n`)
}
