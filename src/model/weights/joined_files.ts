import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Files read as if they were one after another in a single one. Positions in bytes. */
export type JoinedFiles = { size: number; read: (start: number, end: number) => Uint8Array; close: () => void }

/** Opens files of which only parts are wanted, e.g. the shards of a model. `read` throws where they end before `end`. */
export const openJoined = (paths: readonly string[]): JoinedFiles => {
  const files = paths.map((path) => openSync(path, 'r'))
  const sizes = files.map((file) => fstatSync(file).size)
  const size = sizes.reduce((sum, one) => sum + one, 0)
  const read = (start: number, end: number) => {
    if (end > size) throw new Error(`ends at byte ${size}, before byte ${end}`)
    const bytes = new Uint8Array(end - start)
    let begin = 0
    for (const [index, length] of sizes.entries()) {
      const [from, to] = [Math.max(start, begin), Math.min(end, begin + length)]
      if (from < to) fill(files[index] as number, bytes.subarray(from - start, to - start), from - begin)
      begin += length
    }
    return bytes
  }
  return { size, read, close: () => files.forEach(closeSync) }
}

/** One call may give less than was asked for. */
const fill = (file: number, bytes: Uint8Array, position: number): void => {
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(file, bytes, done, bytes.length - done, position + done)
    if (count === 0) throw new Error('became shorter while it was read')
    done += count
  }
}
