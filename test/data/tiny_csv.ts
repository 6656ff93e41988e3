/** A row of FER2013's form; pixel i of it is (value + i) mod 256, so that rows differ. */
export const tinyRow = (label: number, value: number, usage = 'Training'): string =>
  `${label},${Array.from({ length: 48 * 48 }, (_, index) => (value + index) % 256).join(' ')},${usage}`

const USAGES = ['Training', 'PublicTest', 'PrivateTest']

/** `count` rows with labels 0…6 and the three usages in turn. */
export const tinyRows = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => tinyRow(index % 7, index, USAGES[index % 3] as string))

export const csv = (rows: readonly string[], end = '\n'): string => ['emotion,pixels,Usage', ...rows, ''].join(end)
