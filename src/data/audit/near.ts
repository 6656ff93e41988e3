import { luma } from '../color.ts'
import type { Dataset } from '../dataset.ts'
import { resample } from '../resample.ts'

/** Two images that look the same and are not, by their rows, and in how many of 64 bits their hashes differ. */
export type NearPair = { rows: readonly [number, number]; distance: number }

/** Bits that may differ: two images of one scene differ in a few, of different scenes in some twenty. */
const MOST_BITS = 3
/** The 64 bits in four bands: where three bits differ, one band is the same. */
const BANDS = 4
/** Of images that all look alike, a band is shared by too many to compare each with each. */
const MOST_IN_BAND = 2000

/**
 * Pairs of images that look the same: by a difference hash (each of 8 × 8 bits says whether the image, in gray and 9 × 8 pixels, becomes brighter
 * to the right). Images that are the same byte for byte are left to `sameImages`; flat ones have no such hash.
 */
export const nearImages = ({ images, first, imageShape }: Pick<Dataset, 'images' | 'first' | 'imageShape'>): NearPair[] => {
  const rows = [...new Set(first)]
  const hashes = new Map(rows.map((row) => [row, differenceHash(images, row, imageShape)]))
  const pairs = new Map<string, NearPair>()
  for (let band = 0; band < BANDS; band++) {
    const buckets = new Map<number, number[]>()
    for (const row of rows) {
      const hash = hashes.get(row) as Uint16Array
      if (hash.every((bits) => bits === 0)) continue
      const key = hash[band] as number
      buckets.set(key, [...(buckets.get(key) ?? []), row])
    }
    for (const bucket of buckets.values())
      if (bucket.length <= MOST_IN_BAND) for (const pair of closeIn(bucket, hashes)) pairs.set(pair.rows.join(), pair)
  }
  return [...pairs.values()].sort((a, b) => a.distance - b.distance || a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1])
}

const closeIn = (rows: readonly number[], hashes: ReadonlyMap<number, Uint16Array>): NearPair[] => {
  const found: NearPair[] = []
  for (const [at, a] of rows.entries())
    for (const b of rows.slice(at + 1)) {
      const distance = differing(hashes.get(a) as Uint16Array, hashes.get(b) as Uint16Array)
      if (distance <= MOST_BITS) found.push({ rows: [a, b], distance })
    }
  return found
}

const differing = (a: Uint16Array, b: Uint16Array): number => {
  let count = 0
  for (let band = 0; band < BANDS; band++) for (let bits = (a[band] as number) ^ (b[band] as number); bits !== 0; bits &= bits - 1) count++
  return count
}

const differenceHash = (images: Uint8Array, row: number, [height, width, channels]: readonly [number, number, number]): Uint16Array => {
  const size = height * width * channels
  const image = images.subarray(row * size, (row + 1) * size)
  const gray = channels === 3 ? luma(image) : image
  const small = resample({ data: gray, height, width, channels: 1 }, { height: 8, width: 9, interpolation: 'bilinear', crop: false })
  const hash = new Uint16Array(BANDS)
  for (let bit = 0; bit < 64; bit++) {
    const at = Math.floor(bit / 8) * 9 + (bit % 8)
    if ((small[at + 1] as number) > (small[at] as number)) hash[bit >> 4] = (hash[bit >> 4] as number) | (1 << (bit & 15))
  }
  return hash
}
