import { createHash } from 'node:crypto'

/** SHA-256, hexadecimal, of row numbers as little-endian int32: the same rows in the same order have the same. */
export const fingerprint = (rows: Int32Array): string => {
  const bytes = Buffer.alloc(rows.length * 4)
  for (const [place, row] of rows.entries()) bytes.writeInt32LE(row, place * 4)
  return createHash('sha256').update(bytes).digest('hex')
}
