import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { downloadWeights } from '../../../src/model/weights/download.ts'
import { weightsDir } from '../../../src/model/weights/vgg16_imagenet.ts'

const CONTENT = Buffer.alloc(300_000, 7)
let server: Server
let address: string
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/missing') response.writeHead(404).end()
    else if (url === '/cut') {
      response.writeHead(200, { 'content-length': CONTENT.length })
      response.write(CONTENT.subarray(0, 1000), () => response.destroy())
    } else response.end(CONTENT)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(os.tmpdir(), 'ferment-download-'))
  vi.stubEnv('FERMENT_CACHE_DIR', folder)
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

describe('downloadWeights', () => {
  test('puts the file in place and tells of its progress', async () => {
    const progress: number[] = []
    const path = await downloadWeights({ file: file('/good'), onProgress: (received, total) => progress.push(received / total) })
    expect(await readFile(path)).toEqual(CONTENT)
    expect(progress.at(-1)).toBe(1)
    expect(await readdir(weightsDir())).toEqual(['weights.h5'])
  })

  test.each([
    ['/missing', 'the server answered 404'],
    ['/cut', ''],
  ])('%s: nothing is left, and the message tells how to get the file by hand', async (path, why) => {
    const failure = downloadWeights({ file: file(path) })
    await expect(failure).rejects.toMatchObject({
      problems: [{ code: 'weights_download_failed', message: expect.stringContaining(why), hint: expect.stringContaining(address + path) }],
    })
    expect(await readdir(weightsDir())).toEqual([])
  })

  test('another file is refused', async () => {
    const failure = downloadWeights({ file: { ...file('/good'), md5: 'other' } })
    await expect(failure).rejects.toThrow(/what arrived is another file \(300000 bytes/)
    expect(await readdir(weightsDir())).toEqual([])
  })

  test('no network', async () => {
    const failure = downloadWeights({ file: { ...file('/good'), url: 'http://127.0.0.1:1/' } })
    await expect(failure).rejects.toThrow(/could not be downloaded: .*ECONNREFUSED|could not be downloaded: bad port/)
  })

  test('can be stopped', async () => {
    const controller = new AbortController()
    const failure = downloadWeights({ file: file('/good'), signal: controller.signal, onProgress: () => controller.abort() })
    await expect(failure).rejects.toThrow('aborted')
    expect(await readdir(weightsDir())).toEqual([])
  })
})
