import wrapAnsi from 'wrap-ansi'

/** Text broken between words where a terminal would break it anywhere; as it is for everything else, such as a file. */
export const wrapped = (text: string, { isTTY, columns = 80 }: Pick<NodeJS.WriteStream, 'isTTY'> & { columns?: number }): string =>
  isTTY ? wrapAnsi(text, columns, { trim: false }) : text
