import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { userError } from '../../problem.ts'
import { fetchedPackage, TFJS_NODE, tfjsNode } from '../native/tfjs_node.ts'
import { STAGE } from './builds.ts'
import { enginesDir } from './cache.ts'
import { takeLock } from './lock.ts'

type FetchOptions = { say: (text: string) => void; signal: AbortSignal }

/**
 * Sees to it that tfjs-node's package is there, for a ferment that was installed from npm. None of its scripts is run.
 * @throws UserError `download_failed`
 */
export const fetchTfjsNode = async (options: FetchOptions): Promise<void> => {
  const { say, signal } = options
  const lost = new AbortController()
  const lock = await takeLock(enginesDir(), {
    onWait: () => say('another ferment setup is at work; waiting for it'),
    onLost: () => lost.abort(new Error('the set-up was asleep for too long, and another one went on in its place')),
    signal,
  })
  try {
    await fetchInto(fetchedPackage(), { say, signal: AbortSignal.any([signal, lost.signal]) })
  } finally {
    await lock.release().catch(() => {})
  }
}

/** Under the lock of the engines: a build clears the stages that it finds. */
const fetchInto = async (dir: string, options: FetchOptions): Promise<void> => {
  if (tfjsNode() !== null) return
  options.say(`downloading ${TFJS_NODE.name} ${TFJS_NODE.version} with npm: 1 MB`)
  const stage = await mkdtemp(join(enginesDir(), STAGE))
  try {
    await download(stage, options)
    await rename(join(stage, 'package'), dir)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** Downloads the package with npm, which honours the user's registry, proxy and certificates, and unpacks it where its hash is the known one. */
const download = async (dir: string, options: FetchOptions): Promise<void> => {
  const { name, version, integrity } = TFJS_NODE
  const packed = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', dir]
  const why = await run('npm', packed, options)
  if (why !== null)
    throw failed(`npm could not download ${name} ${version}: ${why}`, 'npm config get registry shows which registry it asks.')
  const archive = join(dir, (await readdir(dir)).find((file) => file.endsWith('.tgz')) ?? '')
  const hash = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`
  if (hash !== integrity)
    throw failed(
      `What npm downloaded as ${name} ${version} is another file: its hash is ${hash}.`,
      `It should be ${integrity}. Try another registry.`,
    )
  const broken = await run('tar', ['-xzf', archive, '-C', dir], options)
  if (broken !== null) throw failed(`${archive} could not be unpacked: ${broken}`, 'Run npx ferment setup again.')
}

const run = async (command: string, args: readonly string[], { signal }: FetchOptions): Promise<string | null> => {
  const done = await execa(command, args, { reject: false, cancelSignal: signal, stdin: 'ignore', all: true })
  signal.throwIfAborted()
  return done.failed ? lastLine(done.all) || done.shortMessage || '' : null
}

/** npm's own last words. */
const lastLine = (output: string | undefined): string => (output ?? '').trim().split('\n').at(-1) ?? ''

const failed = (message: string, hint: string) => userError({ code: 'download_failed', message, hint })
