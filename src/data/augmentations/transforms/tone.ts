import { equalized } from '../../preprocessing/bytes.ts'
import type { ImageShape } from '../affine.ts'

/**
 * torchvision's functions of these names, of float images from 0 to 1. `amount` is their factor, number of bits or threshold.
 * Source: torchvision.transforms.v2.functional of torchvision 0.29.
 */
type Tone = (image: Float32Array, shape: ImageShape, amount: number) => Float32Array

export const adjustBrightness: Tone = (image, _shape, factor) => image.map((value) => clamped(value * factor))

const clamped = (value: number): number => Math.max(0, Math.min(1, value))

export const adjustContrast: Tone = (image, shape, factor) => {
  const gray = grayOf(image, shape)
  const mean = gray.reduce((sum, value) => sum + value, 0) / gray.length
  return image.map((value) => blend(value, mean, factor))
}

/** Gray of each pixel. torchvision's weights sum to 0.9999. */
const grayOf = (image: Float32Array, [, , channels]: ImageShape): Float32Array => {
  if (channels === 1) return image
  const gray = new Float32Array(image.length / 3)
  for (let at = 0, from = 0; at < gray.length; at++, from += 3)
    gray[at] = 0.2989 * (image[from] as number) + 0.587 * (image[from + 1] as number) + 0.114 * (image[from + 2] as number)
  return gray
}

/** ratio·value + (1 − ratio)·other, from black to white. */
const blend = (value: number, other: number, ratio: number): number => clamped(value * ratio + other * (1 - ratio))

/** Gray images stay as they are. */
export const adjustSaturation: Tone = (image, shape, factor) => {
  if (shape[2] === 1) return image
  const gray = grayOf(image, shape)
  return image.map((value, at) => blend(value, gray[Math.floor(at / 3)] as number, factor))
}

/** Towards or away from a mean of 3×3 pixels in which the middle one counts five times; the rim stays. */
export const adjustSharpness: Tone = (image, [height, width, channels], factor) => {
  const result = image.slice()
  const stride = width * channels
  for (let row = 1; row < height - 1; row++)
    for (let at = row * stride + channels; at < (row + 1) * stride - channels; at++) {
      let sum = 4 * (image[at] as number)
      for (const line of [at - stride, at, at + stride])
        for (const place of [line - channels, line, line + channels]) sum += image[place] as number
      result[at] = blend(image[at] as number, sum / 13, factor)
    }
  return result
}

export const posterize: Tone = (image, _shape, bits) => {
  const levels = 2 ** bits
  return image.map((value) => Math.max(0, Math.min(levels - 1, Math.floor(value * levels))) / levels)
}

/** What is at least as bright as the threshold is inverted. */
export const solarize: Tone = (image, _shape, threshold) => image.map((value) => (value >= threshold ? 1 - value : value))

/** Each channel stretched from black to white; one of a single value stays. */
export const autocontrast: Tone = (image, [, , channels]) => {
  const ranges = Array.from({ length: channels }, (_, channel) => {
    const values = image.filter((_value, at) => at % channels === channel)
    return values.reduce(({ least, most }, value) => ({ least: Math.min(least, value), most: Math.max(most, value) }), {
      least: 1,
      most: 0,
    })
  })
  return image.map((value, at) => {
    const { least, most } = ranges[at % channels] as (typeof ranges)[number]
    return most === least ? value : clamped((value - least) / (most - least))
  })
}

/** Each channel's histogram made even, in bytes. */
export const equalize: Tone = (image, [height, width, channels]) => {
  const bytes = Uint8Array.from(image, (value) => Math.floor(value * 255.999))
  return Float32Array.from(equalized({ data: bytes, height, width, channels }).data, (byte) => byte / 255)
}
