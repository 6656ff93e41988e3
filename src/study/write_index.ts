import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { factsIn, indexPage, isReportIndex, type ListedReport } from '../report/report_index.ts'
import { writeWhole } from '../write_whole.ts'

const NAME = 'index.html'

/** Writes `index.html` beside a report: what reports lie in its folder. A page of that name that is something else stays as it is. */
export const writeIndex = async (report: string): Promise<void> => {
  const dir = dirname(report)
  const file = join(dir, NAME)
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''))
  if (basename(report) === NAME || (before !== null && !isReportIndex(before))) return
  const reports: ListedReport[] = []
  for (const name of (await readdir(dir)).sort()) if (/\.html?$/i.test(name) && name !== NAME) reports.push(...(await listed(dir, name)))
  if (reports.length > 0) await writeWhole(file, await indexPage(reports))
}

const listed = async (dir: string, file: string): Promise<ListedReport[]> => {
  const facts = factsIn(await readFile(join(dir, file), 'utf8').catch(() => ''))
  return facts === null ? [] : [{ file, facts }]
}
