/** Where in a row is what: numbers of columns, 0-based, −1 for one that the file has not. */
export type Columns = {
  /** The byte between fields. */
  delimiter: number
  count: number
  label: number
  pixels: number
  usage: number
  /** Of whom an image is, for splits by group. */
  group: number
}

/** What the columns are called, in small letters, by what they hold. */
const NAMES = {
  label: ['emotion', 'label', 'labels', 'class', 'expression', 'target', 'category'],
  pixels: ['pixels', 'pixel', 'image'],
  usage: ['usage', 'split', 'part', 'set', 'subset'],
} as const

const DELIMITERS = [',', ';', '\t', '|']

/**
 * The columns by their names, in any order, in capitals or not, in quotes or not, with spaces round them or not.
 * @param group name of the column that says of whom an image is, where the recipe wants it
 * @returns what is missing, in words, where there is not all that is needed; columns of other names are left aside
 */
export const readHeader = (text: string, { group }: { group: string | undefined }): Columns | { missing: string } => {
  const delimiter = DELIMITERS.toSorted((a, b) => text.split(b).length - text.split(a).length)[0] as string
  const names = text.split(delimiter).map((name) => unquoted(name).toLowerCase())
  const columnOf = (known: readonly string[]) => names.findIndex((name) => known.includes(name))
  const columns = {
    delimiter: delimiter.charCodeAt(0),
    count: names.length,
    label: columnOf(NAMES.label),
    pixels: columnOf(NAMES.pixels),
    usage: columnOf(NAMES.usage),
    group: group === undefined ? -1 : columnOf([group.toLowerCase()]),
  }
  if (columns.label < 0) return { missing: 'no column of labels ("emotion")' }
  if (columns.pixels < 0) return { missing: 'no column "pixels"' }
  return group !== undefined && columns.group < 0 ? { missing: `no column "${group}" for dataset.group_column` } : columns
}

/** A field without the spaces round it and the quotes. */
export const unquoted = (field: string): string => {
  const text = field.trim()
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"').trim() : text
}
