/** Looks at the first bytes of a stream without taking them away. @returns as many as asked for, or all where there are fewer */
export const peek = async (bytes: AsyncIterable<Buffer>, count: number): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> => {
  const iterator = bytes[Symbol.asyncIterator]()
  const pieces: Buffer[] = []
  let size = 0
  while (size < count) {
    const { done, value } = await iterator.next()
    if (done) break
    pieces.push(value)
    size += value.length
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* pieces
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(pieces).subarray(0, count), all: all() }
}
