import { createReadStream } from 'node:fs'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { type Place, UserError, userError } from '../../../problem.ts'
import { tarMember, zipMember } from './archives.ts'
import { type ContentKind, contentKind, FOREIGN, HEAD_BYTES } from './content_kind.ts'
import { unreadable } from './find_file.ts'
import type { MemberChoice } from './members.ts'
import { peek } from './peek.ts'

/** Large pieces: fewer turns of the event loop for 300 MB. */
const PIECE_BYTES = 1 << 20

export type UnpackOptions = {
  /** The file of an archive that is meant. */
  member?: string | undefined
  /** Hears how many of the file's own bytes are read so far. */
  onRead: (bytes: number) => void
  /** Where in the unpacked text the reader is, for what goes wrong. */
  place: () => Place
}

/**
 * The bytes of a file, unpacked as they are read, by what it is and not by its name: gzip, Brotli (which only the ending `.br` shows), the
 * table in a zip or tar archive, and these in each other.
 * @throws UserError `data_unreadable`; `data_compression` where the packed bytes are damaged or cut off; `data_kind` where the file is
 * something else (a web page, another kind of archive); `archive_member` where an archive has no table, or several
 */
export async function* unpacked(path: string, { member, onRead, place }: UnpackOptions): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES })
  // In a variable that TypeScript does not narrow: it is set while the stream is read.
  const state: { kind: ContentKind | 'brotli' } = { kind: 'plain' }
  const opened = openContent(
    file as AsyncIterable<Buffer>,
    { archive: path, member },
    { name: path, onKind: (kind) => (state.kind = kind) },
  )
  try {
    for await (const piece of opened) {
      onRead(file.bytesRead)
      yield piece
    }
    onRead(file.bytesRead)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code.startsWith('E') && !code.startsWith('ERR_')) throw unreadable(path, error as NodeJS.ErrnoException)
    if (state.kind === 'plain') throw error
    throw userError({
      code: 'data_compression',
      message: `${path} cannot be unpacked (${message}): it is damaged, cut off, or not a ${state.kind} file.`,
      place: place(),
      hint: 'Download or copy the file again.',
    })
  } finally {
    file.destroy()
  }
}

type Opening = { name: string; onKind: (kind: ContentKind | 'brotli') => void }

/** A content, unpacked by its kind, and what is in it likewise. */
async function* openContent(bytes: AsyncIterable<Buffer>, choice: MemberChoice, { name, onKind }: Opening): AsyncGenerator<Buffer> {
  const { head, all } = await peek(bytes, HEAD_BYTES)
  const kind = name.endsWith('.br') ? 'brotli' : contentKind(head)
  if (kind !== 'plain') onKind(kind)
  const inner = { name: name.replace(/\.(gz|br)$/, ''), onKind }
  if (kind === 'gzip') yield* openContent(through(all, createGunzip({ chunkSize: PIECE_BYTES })), choice, inner)
  else if (kind === 'brotli') yield* openContent(through(all, createBrotliDecompress({ chunkSize: PIECE_BYTES })), choice, inner)
  else if (kind === 'tar')
    for await (const member of tarMember(all, choice)) yield* openContent(member.bytes, choice, { ...member, onKind })
  else if (kind === 'zip') {
    await all.return(undefined)
    if (name !== choice.archive) throw foreign({ what: 'a zip archive in another archive', hint: 'Unpack the outer one first.' }, choice)
    for await (const member of zipMember(choice)) yield* openContent(member.bytes, choice, { ...member, onKind })
  } else if (kind === 'plain') yield* all
  else throw foreign(FOREIGN[kind], choice)
}

// The callback is there because pipeline wants one: what goes wrong is thrown where the result is read.
const through = (bytes: AsyncIterable<Buffer>, unpacker: Transform): AsyncIterable<Buffer> =>
  pipeline(Readable.from(bytes), unpacker, () => {})

const foreign = ({ what, hint }: { what: string; hint: string }, { archive }: MemberChoice) =>
  userError({ code: 'data_kind', message: `${archive} is ${what}; expected a CSV file, plain or packed.`, hint })
