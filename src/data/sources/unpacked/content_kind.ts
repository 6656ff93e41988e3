/** What the first bytes of a file show it to be. */
export type ContentKind = 'gzip' | 'zip' | 'tar' | 'plain' | keyof typeof FOREIGN

/** Kinds that hold no table that could be read, and what to do about each. */
export const FOREIGN = {
  bzip2: { what: 'a bzip2 archive', hint: 'Unpack it first (bunzip2), or pack it as .gz, .zip or .tar.gz.' },
  xz: { what: 'an xz archive', hint: 'Unpack it first (unxz), or pack it as .gz, .zip or .tar.gz.' },
  zstd: { what: 'a Zstandard archive', hint: 'Unpack it first (unzstd), or pack it as .gz, .zip or .tar.gz.' },
  seven_zip: { what: 'a 7-Zip archive', hint: 'Unpack it first (7z x), or pack it as .zip.' },
  rar: { what: 'a RAR archive', hint: 'Unpack it first (unrar x), or pack it as .zip.' },
  web_page: { what: 'a web page', hint: 'Most likely one that asks to sign in: download the file itself, signed in, in a browser.' },
  lfs_pointer: { what: 'a pointer of Git LFS, not the file', hint: 'Get the file: git lfs pull.' },
  utf16: { what: 'text in UTF-16', hint: 'Save it as CSV in UTF-8.' },
  pdf: { what: 'a PDF document', hint: 'Name the table itself, as CSV.' },
  image: { what: 'an image', hint: 'For a folder of images, use dataset: { kind: image_folder }.' },
  hdf5: { what: 'an HDF5 file', hint: 'Save its table as CSV.' },
  parquet: { what: 'a Parquet file', hint: 'Save it as CSV.' },
  numpy: { what: 'a NumPy array', hint: 'For arrays, use dataset: { kind: arrays }.' },
} as const

const STARTS: readonly (readonly [ContentKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['seven_zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['hdf5', [0x89, 0x48, 0x44, 0x46]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['numpy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
]

/** Where a tar archive says that it is one. */
const TAR_MAGIC = 257

/** Bytes that are enough to know the kind. */
export const HEAD_BYTES = 512

/** The kind of a content by its first bytes, whatever its file is named; Brotli has no mark of its own. */
export const contentKind = (head: Buffer): ContentKind => {
  const start = STARTS.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))
  if (start) return start[0]
  if (head.toString('latin1', TAR_MAGIC, TAR_MAGIC + 5) === 'ustar') return 'tar'
  const text = head.toString('latin1')
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|\?xml)/i.test(text)) return 'web_page'
  return text.startsWith('version https://git-lfs') ? 'lfs_pointer' : 'plain'
}
