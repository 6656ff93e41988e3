import { pipeline, Readable } from 'node:stream'
import { promisify } from 'node:util'
import { extract } from 'tar-stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { isCertain, isTable, type MemberChoice, noMember } from './members.ts'

/** A table of an archive: its name there, and its bytes. */
export type Member = { name: string; bytes: AsyncIterable<Buffer> }

/** The table of a tar archive, in the order of the stream: what comes behind it is looked through for another. @throws UserError `archive_member` */
export async function* tarMember(bytes: AsyncIterable<Buffer>, choice: MemberChoice): AsyncGenerator<Member> {
  const tar = extract()
  pipeline(Readable.from(bytes), tar, () => {})
  const tables: string[] = []
  const all: string[] = []
  for await (const entry of tar) {
    const { name, type } = entry.header
    if (type === 'file') all.push(name)
    if (type === 'file' && isTable(name, choice)) {
      tables.push(name)
      if (tables.length === 1) {
        yield { name, bytes: entry as AsyncIterable<Buffer> }
        if (isCertain(name, choice)) return
        continue
      }
    }
    entry.resume()
  }
  if (tables.length !== 1) throw noMember(tables, all, choice)
}

/** The table of a zip archive. @throws UserError `archive_member` */
export async function* zipMember(choice: MemberChoice): AsyncGenerator<Member> {
  const zip = (await promisify<string, object, ZipFile>(yauzl.open)(choice.archive, { lazyEntries: true, autoClose: false })) as ZipFile
  try {
    const entries = await entriesOf(zip)
    const files = entries.filter(({ fileName }) => !fileName.endsWith('/'))
    const tables = files.filter(({ fileName }) => isTable(fileName, choice))
    const entry = tables.find(({ fileName }) => isCertain(fileName, choice)) ?? (tables.length === 1 ? tables[0] : undefined)
    const names = (list: readonly Entry[]) => list.map(({ fileName }) => fileName)
    if (!entry) throw noMember(names(tables), names(files), choice)
    yield { name: entry.fileName, bytes: await promisify(zip.openReadStream.bind(zip) as OpenStream)(entry) }
  } finally {
    zip.close()
  }
}

type OpenStream = (entry: Entry, callback: (error: Error | null, stream: Readable) => void) => void

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
