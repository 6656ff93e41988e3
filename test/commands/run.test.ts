import { existsSync } from 'node:fs'
import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../schema/record.ts'
import { readCheckpoint } from '../../src/train/checkpoint.ts'
import { unpacked } from '../../src/train/fit_state.ts'
import type { ferment } from '../ferment.ts'
import { slowStepFile, slowSteps } from '../run/slow_steps.ts'
import { tinyStudy } from './tiny_study.ts'

type Started = ReturnType<typeof ferment>

/** Records of a store, in the order of their runs' names. */
const recordsOf = async (store: string): Promise<RunRecord[]> => {
  const ids = (await readdir(store)).sort()
  const texts = ids.map((id) => readFile(join(store, id, 'record.json'), 'utf8').catch(() => null))
  return (await Promise.all(texts)).flatMap((text) => (text === null ? [] : [JSON.parse(text) as RunRecord]))
}

/** What a run must give again, whatever happens to it on the way. */
const resultOf = ({ history, evaluation, events }: RunRecord) => ({
  history: history?.map(({ seconds: _seconds, images_per_second: _speed, ...rest }) => rest),
  evaluation,
  events,
})

/** Waits until a text is said; fails where it ends without. */
const saying = (started: Started, text: string) =>
  new Promise<void>((resolve, reject) => {
    let said = ''
    started.stderr.on('data', (chunk) => {
      said += chunk
      if (said.includes(text)) resolve()
    })
    started.then(({ all }) => reject(new Error(`it never said "${text}":\n${all}`)))
  })

const count = (text: string, part: string): number => text.split(part).length - 1

/** Children of ferment that work in a folder, as Linux tells them. */
const childrenIn = async (folder: string): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = pids.map(async (pid) => {
    const [cwd, command] = await Promise.all([readlink(`/proc/${pid}/cwd`), readFile(`/proc/${pid}/cmdline`, 'utf8')]).catch(() => ['', ''])
    return cwd === folder && command?.includes('child.mjs') ? [pid] : []
  })
  return (await Promise.all(found)).flat()
}

/** Waits until no child works in a folder any more; the test's own time is its limit. */
const left = async (folder: string): Promise<void> => {
  while ((await childrenIn(folder)).length > 0) await setTimeout(50)
}

/** Waits until a child is in a slow step; fails where it ends without. */
const inSlowStep = async (started: Started, folder: string): Promise<void> => {
  let ended: string | undefined
  started.then(({ all }) => {
    ended = all
  })
  while (!existsSync(slowStepFile(folder))) {
    if (ended !== undefined) throw new Error(`it ended before a step:\n${ended}`)
    await setTimeout(50)
  }
}

describe('ferment run', () => {
  test('two at once on one store share its runs, and both report; a third finds nothing to do', async () => {
    const { cwd, start } = await tinyStudy()
    const both = await Promise.all([start(['--report']), start(['--report'])])
    for (const { exitCode, stdout, all } of both) {
      expect(exitCode, all).toBe(0)
      expect(stdout).toBe('reports/tiny recipe.html')
      expect(all).not.toContain('failed')
    }
    expect(count(both.map(({ stderr }) => stderr).join('\n'), ': starts\n')).toBe(4)
    const records = await recordsOf(join(cwd, 'runs'))
    expect(records.map(({ status, cell, seed }) => `${status} ${cell.pace} ${seed}`).sort()).toEqual(
      ["it's slow", 'fast'].flatMap((pace) => [0, 1].map((seed) => `done ${pace} ${seed}`)).sort(),
    )
    for (const { id, evaluation } of records) expect(existsSync(join(cwd, 'runs', id, evaluation?.best?.predictions ?? 'none'))).toBe(true)
    const page = await readFile(join(cwd, 'reports', 'tiny recipe.html'), 'utf8')
    expect(page).toContain('<title>Tiny</title>')

    const made = await Promise.all(records.map(({ id }) => stat(join(cwd, 'runs', id, 'record.json'))))
    const { exitCode, stdout, stderr } = await start(['--report'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe('reports/tiny recipe.html')
    expect(stderr).toContain('4 runs, 4 done; nothing left to run')
    expect(stderr).not.toContain('starts')
    const unchanged = await Promise.all(records.map(({ id }) => stat(join(cwd, 'runs', id, 'record.json'))))
    expect(unchanged.map(({ mtimeMs }) => mtimeMs)).toEqual(made.map(({ mtimeMs }) => mtimeMs))
  })

  test.runIf(process.platform === 'linux')('stopped in every way, it ends as if it had never been', async () => {
    const { cwd, start } = await tinyStudy()
    const chosen = ['--only', 'pace=fast', '--seed', '1', '--set', 'training.epochs=200']
    const whole = await start([...chosen, '--store', 'whole'])
    const store = join(cwd, 'runs')

    // Ctrl-C to ferment alone, as `kill -INT` does.
    const told = start(chosen)
    await saying(told, 'epoch   3/200')
    told.kill('SIGINT')
    expect((await told).exitCode).toBe(130)
    expect((await told).stderr).toContain('Interrupted. The same command goes on from here.')
    await left(cwd)
    expect(await recordsOf(store)).toEqual([])

    // Ctrl-C at a terminal, which tells the whole process group.
    const group = start(chosen, { detached: true })
    await saying(group, '/200')
    process.kill(-(group.pid as number), 'SIGINT')
    expect((await group).exitCode).toBe(130)
    await left(cwd)

    // Nothing can be said any more; the lock opens after ten seconds.
    const killed = start(chosen)
    await saying(killed, '/200')
    killed.kill('SIGKILL')
    await killed
    await left(cwd)

    const last = await start(chosen)
    expect(last.exitCode, last.all).toBe(0)
    expect(last.stderr).toContain('waits for another ferment that is making this run (one that was killed lets go of it within 10 s)')
    const [record] = await recordsOf(store)
    expect(record?.provenance.resumed).toBe(3)
    expect(whole.exitCode).toBe(0)
    const [expected] = await recordsOf(join(cwd, 'whole'))
    expect(expected?.history).toHaveLength(200)
    expect(resultOf(record as RunRecord)).toEqual(resultOf(expected as RunRecord))
    expect(await readdir(join(store, record?.id ?? ''))).toEqual(
      [
        'job.json',
        ...['best', 'last'].flatMap((which) => [`predictions-${which}.csv`, `weights-${which}.safetensors`]),
        'record.json',
        'run.log',
      ].sort(),
    )
  })

  test.runIf(process.platform === 'linux')('a second Ctrl-C ends its runs at once, though they are in a step of minutes', async () => {
    const { cwd, start } = await tinyStudy()
    const started = start(['--seed', '0'], { env: slowSteps(600_000, cwd) })
    await inSlowStep(started, cwd)
    const stopping = saying(started, 'Stopping once a checkpoint is written.')
    started.kill('SIGINT')
    await stopping
    started.kill('SIGINT')
    expect((await started).exitCode).toBe(130)
    await left(cwd)
  })

  test.runIf(process.platform === 'linux')('a run whose parent was killed ends with its step, with a checkpoint', async () => {
    const { cwd, start } = await tinyStudy()
    const recipe = join(cwd, 'tiny recipe.yaml')
    await writeFile(recipe, (await readFile(recipe, 'utf8')).replace('batch_size: 16', 'batch_size: 1'))
    const started = start(['--only', "pace=it's slow", '--seed', '0'], { env: slowSteps(1000, cwd) })
    await inSlowStep(started, cwd)
    started.kill('SIGKILL')
    await started
    await left(cwd)
    const [id] = await readdir(join(cwd, 'runs'))
    const checkpoint = await readCheckpoint(join(cwd, 'runs', id as string, 'checkpoint.safetensors'))
    if (checkpoint === null) return expect.unreachable()
    const { epoch, sums } = unpacked(checkpoint).state
    expect([epoch, sums.steps < 30]).toEqual([0, true])
  })

  test.runIf(process.platform === 'linux')(
    'a run that another ends with SIGTERM is named with its cause; the others are made',
    async () => {
      const { cwd, start } = await tinyStudy()
      const chosen = ['--seed', '0', '--set', 'training.epochs=200', '--report']
      const started = start(chosen)
      await saying(started, "[1/2] it's slow · seed 0: epoch   3/200")
      for (const pid of await childrenIn(cwd)) process.kill(Number(pid), 'SIGTERM')
      const { exitCode, stdout, stderr } = await started
      expect(exitCode, stderr).toBe(3)
      expect(stdout).toBe('reports/tiny recipe.html')
      expect(stderr).toContain("[1/2] it's slow · seed 0: failed: The child process was ended by SIGTERM, which ferment did not send")
      expect(stderr).toContain('The same command goes on from its checkpoint.')
      expect(stderr).toMatch(/\[2\/2\] fast · seed 0: done in /)
      expect(stderr).toContain('1 of 2 runs failed, for the reasons above.')
      expect(await readFile(join(cwd, 'reports', 'tiny recipe.html'), 'utf8')).toContain('was ended by SIGTERM')
      const again = await start(chosen)
      expect(again.exitCode, again.all).toBe(0)
      const records = await recordsOf(join(cwd, 'runs'))
      expect(records.map(({ status, cell, provenance }) => `${cell.pace} ${status} ${provenance.resumed}`).sort()).toEqual([
        'fast done 0',
        "it's slow done 1",
      ])
    },
  )

  test('a run that fails is said and reported; the others are made', async () => {
    const { cwd, start } = await tinyStudy()
    const recipe = join(cwd, 'tiny recipe.yaml')
    const text = await readFile(recipe, 'utf8')
    await writeFile(recipe, text.replace('{ batch_size: 32 }', '{ optimizer: { learning_rate: 1.0e+38 } }'))
    const { exitCode, stdout, stderr } = await start(['--seed', '0', '--parallel', '2', '--report'])
    expect(exitCode).toBe(3)
    expect(stdout).toBe('reports/tiny recipe.html')
    expect(stderr).toMatch(/\[2\/2\] fast · seed 0: failed: The loss became NaN in epoch \d, step \d+\./)
    expect(stderr).toMatch(/\[1\/2\] it's slow · seed 0: done in /)
    expect(stderr).toContain('1 of 2 runs failed, for the reasons above.')
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(await readFile(join(cwd, 'reports', 'tiny recipe.html'), 'utf8')).toContain('The loss became NaN')
  })

  test('broken data stop it before anything is trained', async () => {
    const { cwd, start } = await tinyStudy({ data: `emotion,pixels,Usage\n3,300 1 2,Training\n` })
    const { exitCode, stderr } = await start([])
    expect(stderr).toContain('it\'s data.csv:2:3 csv_pixel  Pixel 1 is "300"; expected an integer from 0 to 255.')
    expect(exitCode).toBe(1)
    expect(existsSync(join(cwd, 'runs'))).toBe(false)
  })

  test('a store that cannot be written stops it before anything is trained', async () => {
    const { start } = await tinyStudy()
    const { exitCode, stderr } = await start(['--store', "it's data.csv/runs"])
    expect(stderr).toContain("unwritable  it's data.csv/runs cannot be written: not a directory.")
    expect(stderr).not.toContain('starts')
    expect(exitCode).toBe(2)
  })
})
