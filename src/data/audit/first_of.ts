import { createHash } from 'node:crypto'

/**
 * For each image, the first one that has the same bytes: itself, where there is none before it.
 * @param images n × size bytes
 */
export const firstOf = (images: Uint8Array, count: number): Int32Array => {
  const size = images.length / Math.max(1, count)
  const seen = new Map<string, number>()
  return Int32Array.from({ length: count }, (_, row) => {
    const key = createHash('sha1')
      .update(images.subarray(row * size, (row + 1) * size))
      .digest('base64')
    const first = seen.get(key) ?? row
    seen.set(key, first)
    return first
  })
}
