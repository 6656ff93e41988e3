import { EventEmitter } from 'node:events'
import xterm from '@xterm/headless'

/** A stream for tests: keeps what is written to it. */
export const pipe = () => {
  const written: string[] = []
  const stream = { isTTY: false, write: (text: string) => void written.push(text) }
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => written.join('') }
}

/** A terminal for tests: what is written shows as on a real one. */
export const terminal = ({ columns, rows = 24 }: { columns: number; rows?: number }) => {
  const screen = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true })
  let writes = 0
  const write = (text: string) => {
    writes++
    screen.write(text)
    return true
  }
  const stream = Object.assign(new EventEmitter(), { isTTY: true, columns, rows, write })
  /** The lines as they stand, without the empty ones below; `wrapped` are those that go on the line above. */
  const lines = async (): Promise<{ text: string; wrapped: boolean }[]> => {
    await new Promise<void>((resolve) => screen.write('', resolve))
    const { active } = screen.buffer
    const all = Array.from({ length: active.length }, (_, index) => active.getLine(index)).map((line) => ({
      text: line?.translateToString(true) ?? '',
      wrapped: line?.isWrapped ?? false,
    }))
    return all.slice(0, all.findLastIndex(({ text }) => text !== '') + 1)
  }
  return { stream: stream as unknown as NodeJS.WriteStream, lines, writes: () => writes }
}
