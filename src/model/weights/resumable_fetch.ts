import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'

type Options = {
  url: string
  /** Where what arrives is kept; a call goes on from what an earlier one left there. */
  partial: string
  /** Called with what has arrived in bytes, earlier calls included. */
  onProgress: (received: number) => void
  signal?: AbortSignal | undefined
}

/** A server's answer that is no file. */
export class HttpError extends Error {}

/** Forgets what has arrived. */
export const forgetPartial = async (partial: string): Promise<void> => {
  await Promise.all([partial, versionFile(partial)].map((file) => rm(file, { force: true })))
}

/** Which version of the file the bytes are of: the server sends the rest of no other. Kept beside them. */
const versionFile = (partial: string): string => `${partial}.version`

/**
 * Downloads a file into `partial`, or the rest of it where an earlier call was broken off.
 * @throws HttpError where the server answers with no file, Error of the network or the disk; what has arrived stays
 */
export const resumableFetch = async ({ url, partial, onProgress, signal }: Options): Promise<void> => {
  const left = await leftOf(partial)
  // As it is: a range of a compressed file is no range of the file.
  const headers = { 'accept-encoding': 'identity', ...(left ? { range: `bytes=${left.bytes}-`, 'if-range': left.version } : {}) }
  const response = await fetch(url, { headers, ...(signal ? { signal } : {}) })
  const goesOn = left !== null && response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${left.bytes}-`)
  if (left && !goesOn && (response.status === 206 || response.status === 416)) {
    await response.body?.cancel()
    await forgetPartial(partial)
    return resumableFetch({ url, partial, onProgress, ...(signal ? { signal } : {}) })
  }
  if (!response.ok || !response.body) throw new HttpError(`the server answered ${response.status} ${response.statusText}`)
  if (!goesOn) {
    await forgetPartial(partial)
    await writeFile(versionFile(partial), versionIn(response) ?? '')
  }
  const target = await open(partial, 'a')
  try {
    await receive(response.body as unknown as AsyncIterable<Uint8Array>, target, (received) =>
      onProgress((goesOn ? left.bytes : 0) + received),
    )
  } finally {
    await target.close()
  }
}

/** What an earlier call left; nothing where it is not known of which version it is. */
const leftOf = async (partial: string): Promise<{ bytes: number; version: string } | null> => {
  const version = await readFile(versionFile(partial), 'utf8').catch(() => '')
  const bytes = (await stat(partial).catch(() => null))?.size ?? 0
  return version !== '' && bytes > 0 ? { bytes, version } : null
}

/** Source: RFC 9110, 13.1.5: a weak ETag does not say that two files are the same byte for byte. */
const versionIn = ({ headers }: Response): string | null => {
  const etag = headers.get('etag')
  return etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified')
}

const receive = async (body: AsyncIterable<Uint8Array>, target: FileHandle, onChunk: (received: number) => void): Promise<void> => {
  let received = 0
  for await (const chunk of body) {
    await target.writeFile(chunk)
    received += chunk.length
    onChunk(received)
  }
  await target.sync()
}
