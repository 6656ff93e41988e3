import type { Dataset } from '../../src/data/dataset.ts'

const shared = (values: readonly number[]) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length))
  bytes.set(values)
  return bytes
}

/** `count` images of 4×3 pixels; pixel p of image i is 20·i + p, its class i mod 3. */
export const tinyDataset = (count: number): Dataset => ({
  kind: 'fer2013_csv',
  name: 'tiny',
  synthetic: false,
  path: null,
  md5: null,
  sha256: '',
  imageShape: [4, 3, 1],
  classes: ['a', 'b', 'c'],
  images: shared(Array.from({ length: count * 12 }, (_, at) => (20 * Math.floor(at / 12) + (at % 12)) % 256)),
  labels: shared(Array.from({ length: count }, (_, row) => row % 3)),
  usage: null,
  usageNames: [],
  targets: null,
  groups: null,
  first: Int32Array.from({ length: count }, (_, row) => row),
  leftOut: [],
})
