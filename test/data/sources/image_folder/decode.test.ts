import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openDecoder } from '../../../../src/data/sources/image_folder/decode.ts'

type Golden = { decoded: { name: string; file: string; rgb: string; grayscale: string }[] }

/** Keras' load_img of Pillow 12, images of 12×17; made by load_img.py. */
const golden = JSON.parse(readFileSync(new URL('../../../golden/load_img.json', import.meta.url), 'utf8')) as Golden
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const fileOf = (name: string) => bytesOf(golden.decoded.find((one) => one.name === name)?.file ?? '')
const decode = await openDecoder()

describe.each(golden.decoded)('$name', ({ file, rgb, grayscale }) => {
  test.each([
    { mode: 'rgb', channels: 3, bytes: rgb },
    { mode: 'grayscale', channels: 1, bytes: grayscale },
  ] as const)('as $mode, to the byte as Keras', async ({ mode, channels, bytes }) => {
    const { data, ...shape } = await decode(bytesOf(file), mode)
    expect(shape).toEqual({ height: 12, width: 17, channels })
    expect(new Uint8Array(data)).toEqual(bytesOf(bytes))
  })
})

test('half a step of gray is rounded up', async () => {
  const file = await sharp(Uint8Array.of(0, 52, 184), { raw: { width: 1, height: 1, channels: 3 } })
    .png()
    .toBuffer()
  expect([...(await decode(file, 'grayscale')).data]).toEqual([52]) // 51.5
})

const two = { raw: { width: 2, height: 1, channels: 4 } } as const
const pixelsOf = async (file: Buffer) => {
  const { data, height, width } = await decode(file, 'rgb')
  return { height, width, pixels: Array.from({ length: height * width }, (_, at) => [...data.subarray(at * 3, at * 3 + 3)]) }
}

describe('an image is taken as a viewer shows it', () => {
  test('over white where it is transparent', async () => {
    const file = await sharp(Uint8Array.of(0, 0, 0, 0, 9, 8, 7, 255), two)
      .png()
      .toBuffer()
    expect((await pixelsOf(file)).pixels).toEqual([
      [255, 255, 255],
      [9, 8, 7],
    ])
  })

  test('turned as the camera noted', async () => {
    const plain = sharp(Uint8Array.of(1, 1, 1, 255, 9, 9, 9, 255), two)
      .removeAlpha()
      .png()
    const turned = await plain.withMetadata({ orientation: 6 }).toBuffer()
    expect(await pixelsOf(turned)).toEqual({
      height: 2,
      width: 1,
      pixels: [
        [1, 1, 1],
        [9, 9, 9],
      ],
    })
  })

  test('the first of several pictures', async () => {
    const frames = Uint8Array.from({ length: 2 * 4 * 4 * 3 }, (_, at) => (at < 48 ? 0 : 255))
    const file = await sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } })
      .gif()
      .toBuffer()
    expect(await pixelsOf(file)).toEqual({ height: 4, width: 4, pixels: Array(16).fill([0, 0, 0]) })
  })

  test('its high bytes where it has 16 bits a channel', async () => {
    const deep = { raw: { width: 2, height: 1, channels: 3 } } as const
    const file = await sharp(Uint16Array.of(0, 256, 65535, 0x1234, 0x80ff, 255), deep)
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    expect((await pixelsOf(file)).pixels).toEqual([
      [0, 1, 255],
      [0x12, 0x80, 0],
    ])
  })
})

describe('what is no whole image is refused', () => {
  test.each(['png', 'jpeg', 'webp', 'gif'])('a %s that is cut off', async (name) => {
    const whole = fileOf(name)
    await expect(decode(whole, 'rgb')).resolves.toBeDefined()
    await expect(decode(whole.subarray(0, Math.floor(whole.length * 0.7)), 'rgb')).rejects.toThrow()
  })

  test.each([
    { what: 'nothing', bytes: Buffer.alloc(0) },
    { what: 'text', bytes: Buffer.from('not an image at all') },
    { what: 'a damaged PNG', bytes: Buffer.from(fileOf('png').map((byte, at) => (at === 90 ? byte ^ 0xff : byte))) },
  ])('$what', async ({ bytes }) => {
    await expect(decode(bytes, 'rgb')).rejects.toThrow()
  })
})
