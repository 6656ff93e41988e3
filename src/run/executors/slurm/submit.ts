import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { userError } from '../../../problem.ts'
import type { Job } from '../../job.ts'

const CHILD = fileURLToPath(new URL('../../child.mjs', import.meta.url))
/** Runs that begin within this time go into one array. */
const GATHER_MS = 300
/** Slurm's own limit for the indices of an array is 1001, as it comes. */
const LARGEST_ARRAY = 1000

/** Folder of a store for what Slurm was handed. */
export const SUBMITTED = '.slurm'

/** What a site asks for; names are those of sbatch. */
export type SlurmOptions = {
  partition?: string
  time?: string
  mem?: string
  cpus_per_task?: number
  /** GPUs of each run. */
  gpus?: number
  /** More arguments of sbatch. */
  options?: readonly string[]
}

/** One run as it was handed to Slurm. `attempt` names the submission, so that one of an earlier ferment knows that it is over. */
export type Task = {
  id: string
  attempt: string /** To be called once it is over: what the array needs is gone with its last task. */
  release: () => Promise<void>
}
type Waiting = { job: Job; attempt: string; done: (task: Task) => void; failed: (error: unknown) => void }

/** Hands runs to Slurm: those that come together as one array. @throws UserError `slurm_refused` */
export const submitter = (options: SlurmOptions): ((job: Job, attempt: string) => Promise<Task>) => {
  let waiting: Waiting[] = []
  const flush = async () => {
    const all = waiting
    waiting = []
    const stores = new Set(all.map(({ job }) => resolve(job.store)))
    for (const store of stores) {
      const own = all.filter(({ job }) => resolve(job.store) === store)
      for (let from = 0; from < own.length; from += LARGEST_ARRAY) {
        const part = own.slice(from, from + LARGEST_ARRAY)
        try {
          const { array, dir } = await submitArray(store, part, options)
          const release = afterLast(part.length, () => rm(dir, { recursive: true, force: true }))
          part.forEach(({ attempt, done }, index) => {
            done({ id: `${array}_${index}`, attempt, release })
          })
        } catch (error) {
          for (const { failed } of part) failed(error)
        }
      }
    }
  }
  return (job, attempt) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setTimeout(flush, GATHER_MS)
      waiting.push({ job, attempt, done, failed })
    })
}

/** Hands runs of one store to Slurm as one array. @returns its number, and its folder: a task that is begun again reads it again */
const submitArray = async (store: string, waiting: readonly Waiting[], options: SlurmOptions): Promise<{ array: string; dir: string }> => {
  const dir = join(store, SUBMITTED, randomUUID())
  await mkdir(dir, { recursive: true })
  const [tasks, batch] = [join(dir, 'tasks'), join(dir, 'batch.sh')]
  await writeFile(tasks, waiting.map(({ job, attempt }) => `${job.id} ${attempt}\n`).join(''))
  await writeFile(batch, script(store, tasks))
  const args = [
    ...['--parsable', '--job-name=ferment', '--requeue', '--open-mode=append', '--signal=B:TERM@60'],
    ...[`--array=0-${waiting.length - 1}`, `--chdir=${process.cwd()}`, `--output=${join(dir, '%a.out')}`],
    ...argumentsOf(options),
  ]
  const done = await execa('sbatch', [...args, batch], { reject: false, stdin: 'ignore', timeout: 60_000 })
  if (!done.failed) return { array: done.stdout.trim().split(';')[0] as string, dir }
  await rm(dir, { recursive: true, force: true })
  const reason = done.stderr?.trim().split('\n').at(-1) || done.shortMessage
  throw userError({
    code: 'slurm_refused',
    message: `Slurm did not take the runs: ${reason}`,
    hint: 'Put right what the machine file asks for; sinfo shows what there is.',
  })
}

/**
 * What a node runs: the same child as a local run. The child's own folder gets a file that says how it ended, as its last act: the queue forgets jobs, and
 * says nothing of the status of some.
 */
const script = (store: string, tasks: string): string => `#!/bin/sh
set -- $(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${quoted(tasks)})
dir=${quoted(store)}/$1
exec >>"$dir/run.log" 2>&1
${quoted(process.execPath)} ${quoted(CHILD)} "$dir/job.json" "$2" &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM INT HUP
wait $child
status=$?
# A signal ends the waiting, not the child.
while kill -0 $child 2>/dev/null; do wait $child; status=$?; done
printf '{"attempt":"%s","status":%d}' "$2" "$status" >"$dir/exit.json.$$.tmp" && mv "$dir/exit.json.$$.tmp" "$dir/exit.json"
exit $status
`

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

const argumentsOf = ({ partition, time, mem, cpus_per_task, gpus, options = [] }: SlurmOptions): string[] => [
  ...(partition === undefined ? [] : [`--partition=${partition}`]),
  ...(time === undefined ? [] : [`--time=${time}`]),
  ...(mem === undefined ? [] : [`--mem=${mem}`]),
  ...(cpus_per_task === undefined ? [] : [`--cpus-per-task=${cpus_per_task}`]),
  ...(gpus === undefined || gpus === 0 ? [] : [`--gres=gpu:${gpus}`]),
  ...options,
]

/** Does something once it was called so often. */
const afterLast = (count: number, work: () => Promise<void>): (() => Promise<void>) => {
  let left = count
  return async () => {
    left -= 1
    if (left === 0) await work()
  }
}
