import { basename } from 'node:path'
import { type UserError, userError } from '../../../problem.ts'

/** Which file of an archive is meant. */
export type MemberChoice = {
  /** As the user named the archive. */
  archive: string
  /** Its path in the archive, or the end of it, as the recipe names it. */
  member: string | undefined
}

/** Of several tables in an archive, this is the one that is meant where the recipe does not say. */
const FER2013 = 'fer2013.csv'

/** Whether a file of an archive is a table that could be meant. */
export const isTable = (name: string, { member }: MemberChoice): boolean =>
  member === undefined ? /\.csv(\.gz|\.br)?$/i.test(name) && !isHidden(name) : name === member || name.endsWith(`/${member}`)

const isHidden = (name: string) => name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')

/** Whether a file needs no other to be compared with. */
export const isCertain = (name: string, { member }: MemberChoice): boolean =>
  member !== undefined || basename(name).toLowerCase() === FER2013

/** @param tables those of the archive that could be meant: none, or several */
export const noMember = (tables: readonly string[], all: readonly string[], { archive, member }: MemberChoice): UserError => {
  const list = (names: readonly string[]) => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`
  if (tables.length > 1)
    return userError({
      code: 'archive_member',
      message: `The archive ${archive} has ${tables.length} tables: ${list(tables)}.`,
      hint: `Name the one that is meant: dataset.member: ${tables[0]}`,
    })
  const workbook = all.some((name) => name.startsWith('xl/'))
  if (workbook)
    return userError({
      code: 'data_kind',
      message: `${archive} is a workbook of a spreadsheet program, not a CSV file.`,
      hint: 'Save the sheet as CSV (UTF-8).',
    })
  const what = member === undefined ? 'no CSV file' : `no file ${member}`
  return userError({
    code: 'archive_member',
    message: `The archive ${archive} has ${what} in it, ${all.length === 0 ? 'and nothing else' : `only ${list(all)}`}.`,
    hint: member === undefined ? 'Name an archive that has one.' : 'Name a file that it has in dataset.member, or leave that out.',
  })
}
