import { crc32 } from 'node:zlib'

const number = (value: number, bytes: 2 | 4): Buffer => {
  const buffer = Buffer.alloc(bytes)
  if (bytes === 2) buffer.writeUInt16LE(value)
  else buffer.writeUInt32LE(value)
  return buffer
}

/** A zip archive whose files are not compressed. */
export const storedZip = (files: Readonly<Record<string, string | Buffer>>): Buffer => {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const [bytes, path] = [Buffer.from(content as string), Buffer.from(name)]
    const common = [
      number(20, 2),
      number(0, 2),
      number(0, 2),
      number(0, 4),
      number(crc32(bytes), 4),
      number(bytes.length, 4),
      number(bytes.length, 4),
      number(path.length, 2),
      number(0, 2),
    ]
    const body = Buffer.concat([number(0x04034b50, 4), ...common, path, bytes])
    directory.push(
      Buffer.concat([
        number(0x02014b50, 4),
        number(20, 2),
        ...common,
        number(0, 2),
        number(0, 2),
        number(0, 2),
        number(0, 4),
        number(at, 4),
        path,
      ]),
    )
    bodies.push(body)
    at += body.length
  }
  const entries = Buffer.concat(directory)
  const count = number(directory.length, 2)
  const end = Buffer.concat([number(0x06054b50, 4), number(0, 4), count, count, number(entries.length, 4), number(at, 4), number(0, 2)])
  return Buffer.concat([...bodies, entries, end])
}
