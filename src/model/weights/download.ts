import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from '../../engine/setup/lock.ts'
import { UserError, userError } from '../../problem.ts'
import { forgetPartial, HttpError, resumableFetch } from './resumable_fetch.ts'
import { VGG16_FILE, weightsDir } from './vgg16_imagenet.ts'

export type DownloadOptions = {
  /** Called with what has arrived and what is to come, in bytes. */
  onProgress?: (received: number, total: number) => void
  /** Called where another process downloads them just now. */
  onWait?: () => void
  signal?: AbortSignal
  file?: typeof VGG16_FILE
}

/** Connections that break one after another, each of which brought something. */
const MOST_TRIES = 5

/**
 * Downloads the weights from where Keras publishes them, checks size and MD5, and puts the file in place: whole or not at all. What has arrived of a
 * download that is broken off is kept, and the next one goes on from there. Of several processes one downloads.
 * @returns its path
 * @throws UserError `weights_download_failed` with what to do by hand
 */
export const downloadWeights = async (options: DownloadOptions = {}): Promise<string> => {
  const { file = VGG16_FILE, onWait = () => {}, signal = new AbortController().signal } = options
  const path = join(weightsDir(), file.name)
  const partial = `${path}.partial`
  // Where the lock is lost, two may write at once: what comes of it has another MD5.
  const lock = await takeLock(weightsDir(), { onWait, onLost: () => {}, signal })
  try {
    if ((await sizeOf(path)) === file.bytes && (await md5Of(path)) === file.md5) return path
    await fetchChecked({ file, path, partial }, options)
    await rename(partial, path)
    await forgetPartial(partial)
    return path
  } finally {
    await lock.release()
  }
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0

const md5Of = async (path: string): Promise<string> => {
  const hash = createHash('md5')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

const fetchChecked = async (target: Target, options: DownloadOptions): Promise<void> => {
  const { file, path, partial } = target
  if ((await sizeOf(partial)) !== file.bytes) {
    await fetchAll(target, options).catch(async (error: unknown) => {
      if ((await sizeOf(partial)) > file.bytes) await forgetPartial(partial)
      throw error
    })
  }
  const [bytes, md5] = [await sizeOf(partial), await md5Of(partial)]
  if (bytes === file.bytes && md5 === file.md5) return
  await forgetPartial(partial)
  throw refused(file, path, `what arrived is another file (${bytes} bytes, MD5 ${md5}; expected ${file.bytes}, ${file.md5})`)
}

type Target = { file: typeof VGG16_FILE; path: string; partial: string }

/** All bytes of the file, whatever they are. */
const fetchAll = async ({ file, path, partial }: Target, { onProgress, signal }: DownloadOptions): Promise<void> => {
  const progress = (received: number) => {
    signal?.throwIfAborted()
    if (received > file.bytes) throw refused(file, path, `what arrives is another file, of more than ${file.bytes} bytes`)
    onProgress?.(received, file.bytes)
  }
  for (let tries = 1; ; tries++) {
    const before = await sizeOf(partial)
    try {
      return await resumableFetch({ url: file.url, partial, onProgress: progress, signal })
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof UserError) throw error
      if (error instanceof HttpError) throw refused(file, path, error.message)
      const arrived = await sizeOf(partial)
      if (arrived <= before || tries === MOST_TRIES) throw refused(file, path, reasonOf(error) + kept(arrived))
    }
  }
}

const refused = (file: typeof VGG16_FILE, path: string, why: string) =>
  userError({
    code: 'weights_download_failed',
    message: `The ImageNet weights of VGG16 could not be downloaded: ${why}.`,
    hint: `Download ${file.url} by other means, then move it to ${path} or name its path in FERMENT_VGG16.`,
  })

/** Why fetch failed: its own message is "fetch failed". */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } }
  return cause?.message || cause?.code || message
}

const kept = (bytes: number): string => (bytes > 0 ? `; ${(bytes / 1e6).toFixed(1)} MB are kept, and the next try goes on from there` : '')
