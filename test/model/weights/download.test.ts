import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { downloadWeights } from '../../../src/model/weights/download.ts'
import { weightsDir } from '../../../src/model/weights/vgg16_imagenet.ts'

const CONTENT = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => index % 251))
/** What the server was asked for, and how much of it it sends before the connection breaks; then all. */
let asked: { url: string | undefined; range: string | undefined }[] = []
let breaksAfter: number[] = []
/** A connection that breaks once so much has arrived. */
let breaks: { at: number; response: ServerResponse } | undefined
let etag = '"one"'
let server: Server
let address: string

/** The part that is asked for, where the file is still the same one. */
const partOf = ({ headers: { range, 'if-range': version } }: IncomingMessage): number =>
  range && (version === undefined || version === etag) ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0

/** Before it was replaced. */
const OLD = Buffer.alloc(CONTENT.length, 7)

const answer = (request: IncomingMessage, response: ServerResponse) => {
  asked.push({ url: request.url, range: request.headers.range })
  if (request.url === '/missing') return response.writeHead(404).end()
  if (request.url === '/short') return response.end('<p>Log in first</p>')
  if (request.url === '/long') return response.end(Buffer.concat([CONTENT, CONTENT]))
  const content = etag === '"old"' ? OLD : CONTENT
  const start = request.url === '/no-ranges' ? 0 : partOf(request)
  const headers = { etag, 'content-length': CONTENT.length - start }
  const range = { 'content-range': `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}` }
  response.writeHead(start > 0 ? 206 : 200, start > 0 ? { ...headers, ...range } : headers)
  const end = breaksAfter.shift()
  if (typeof end !== 'number') return response.end(content.subarray(start))
  if (end === 0) return response.destroy()
  breaks = { at: start + end, response }
  return response.write(content.subarray(start, start + end))
}

beforeAll(async () => {
  server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-download-'))
  vi.stubEnv('FERMENT_CACHE_DIR', folder)
  asked = []
  breaksAfter = []
  etag = '"one"'
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const file = (path: string, content = CONTENT) => ({
  name: 'weights.h5',
  url: address + path,
  bytes: content.length,
  md5: createHash('md5').update(content).digest('hex'),
})

/** The content of what is downloaded. */
const download = async (path: string, onProgress = (_received: number) => {}) => {
  const breaking = (received: number) => {
    onProgress(received)
    if (received === breaks?.at) breaks.response.destroy()
  }
  return readFile(await downloadWeights({ file: file(path), onProgress: breaking }))
}

describe('downloadWeights', () => {
  test('puts the file in place and tells of its progress', async () => {
    const progress: number[] = []
    const path = await downloadWeights({ file: file('/good'), onProgress: (received, total) => progress.push(received / total) })
    expect(CONTENT.equals(await readFile(path))).toBe(true)
    expect(progress.at(-1)).toBe(1)
    expect(await readdir(weightsDir())).toEqual(['weights.h5'])
  })

  test.each([
    ['/missing', 'the server answered 404'],
    ['/short', 'what arrived is another file (19 bytes'],
    ['/long', 'what arrives is another file, of more than 300000 bytes'],
  ])('%s: nothing is left, and the message tells how to get the file by hand', async (path, why) => {
    const failure = downloadWeights({ file: file(path) })
    await expect(failure).rejects.toMatchObject({
      problems: [{ code: 'weights_download_failed', message: expect.stringContaining(why), hint: expect.stringContaining(address + path) }],
    })
    expect(await readdir(weightsDir())).toEqual([])
  })

  test('goes on where a connection broke', async () => {
    breaksAfter = [1000, 2000]
    const progress: number[] = []
    expect(CONTENT.equals(await download('/good', (received) => progress.push(received)))).toBe(true)
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=1000-', 'bytes=3000-'])
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(await readdir(weightsDir())).toEqual(['weights.h5'])
  })

  test('a connection that breaks again and again is a failure, and the next download goes on', async () => {
    breaksAfter = [1000, 1000, 1000, 1000, 1000]
    await expect(download('/good')).rejects.toThrow(/; 0\.0 MB are kept, and the next try goes on from there\.$/)
    expect((await readdir(weightsDir())).sort()).toEqual(['weights.h5.partial', 'weights.h5.partial.version'])
    expect(CONTENT.equals(await download('/good'))).toBe(true)
    expect(asked.at(-1)?.range).toBe('bytes=5000-')
    expect(await readdir(weightsDir())).toEqual(['weights.h5'])
  })

  test('begins anew where the file was replaced, or the server sends no parts', async () => {
    for (const url of ['/good', '/no-ranges']) {
      etag = '"old"'
      breaksAfter = [1000, 0]
      await expect(download(url)).rejects.toThrow(/could not be downloaded/)
      etag = '"one"'
      expect(CONTENT.equals(await download(url))).toBe(true)
      await rm(weightsDir(), { recursive: true })
    }
  })

  test('another file is refused', async () => {
    const failure = downloadWeights({ file: { ...file('/good'), md5: 'other' } })
    await expect(failure).rejects.toThrow(/what arrived is another file \(300000 bytes/)
    expect(await readdir(weightsDir())).toEqual([])
  })

  test('of several at once, one downloads', async () => {
    const both = await Promise.all([downloadWeights({ file: file('/good') }), downloadWeights({ file: file('/good') })])
    expect(both[0]).toBe(both[1])
    expect(asked).toHaveLength(1)
  })

  test('no network', async () => {
    const failure = downloadWeights({ file: { ...file('/good'), url: 'http://127.0.0.1:1/' } })
    await expect(failure).rejects.toThrow(/could not be downloaded: .*ECONNREFUSED|could not be downloaded: bad port/)
  })

  test('can be stopped: what has arrived is kept, and the file is not in place', async () => {
    const controller = new AbortController()
    const failure = downloadWeights({ file: file('/good'), signal: controller.signal, onProgress: () => controller.abort() })
    await expect(failure).rejects.toThrow('aborted')
    expect((await readdir(weightsDir())).sort()).toEqual(['weights.h5.partial', 'weights.h5.partial.version'])
    expect(CONTENT.equals(await download('/good'))).toBe(true)
    expect(asked.at(-1)?.range).toMatch(/^bytes=\d+-$/)
  })
})
