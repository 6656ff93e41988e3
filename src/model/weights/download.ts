import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { userError } from '../../problem.ts'
import { VGG16_FILE, weightsDir } from './vgg16_imagenet.ts'

export type DownloadOptions = {
  /** Called with what has arrived and what is to come, in bytes. */
  onProgress?: (received: number, total: number) => void
  signal?: AbortSignal
  file?: typeof VGG16_FILE
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

/** Writes what arrives and says its MD5 and size. */
const receive = async (body: AsyncIterable<Uint8Array>, path: string, onChunk: (received: number) => void, signal?: AbortSignal) => {
  const target = await open(path, 'w')
  const hash = createHash('md5')
  let bytes = 0
  try {
    for await (const chunk of body) {
      await target.writeFile(chunk)
      hash.update(chunk)
      bytes += chunk.length
      onChunk(bytes)
      signal?.throwIfAborted()
    }
    await target.sync()
  } finally {
    await target.close()
  }
  return { bytes, md5: hash.digest('hex') }
}

/**
 * Downloads the weights from where Keras publishes them, checks size and MD5, and puts the file in place.
 * @returns its path
 * @throws UserError `weights_download_failed` with what to do by hand
 */
export const downloadWeights = async ({ onProgress, signal, file = VGG16_FILE }: DownloadOptions = {}): Promise<string> => {
  const path = join(weightsDir(), file.name)
  const partial = `${path}.${process.pid}.partial`
  await mkdir(weightsDir(), { recursive: true })
  try {
    const failed = (error: unknown) => {
      signal?.throwIfAborted()
      throw refused(file, path, reasonOf(error))
    }
    const response = await fetch(file.url, signal ? { signal } : {}).catch(failed)
    if (!response.ok || !response.body) throw refused(file, path, `the server answered ${response.status} ${response.statusText}`)
    const body = response.body as unknown as AsyncIterable<Uint8Array>
    const { bytes, md5 } = await receive(body, partial, (received) => onProgress?.(received, file.bytes), signal).catch(failed)
    if (bytes !== file.bytes || md5 !== file.md5) {
      throw refused(file, path, `what arrived is another file (${bytes} bytes, MD5 ${md5}; expected ${file.bytes}, ${file.md5})`)
    }
    await rename(partial, path)
    return path
  } finally {
    await rm(partial, { force: true })
  }
}
