/**
 * Lines of a YAML text. They end with CR LF, CR or LF (YAML 1.2.2, 5.4); NEL, LS and PS are ordinary characters
 * there. Offsets count UTF-16 units, like those of a JavaScript string.
 */

export const BOM = '\uFEFF'

/** The offset after the break that ends the line of `from`, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const lineBreak = /\r\n?|\n/g
  lineBreak.lastIndex = from
  return lineBreak.test(text) ? lineBreak.lastIndex : text.length
}

/** The offset at which the line of `at` begins. A break belongs to the line that it ends. */
export function startOfLine(text: string, at: number): number {
  let start = text.endsWith('\r\n', at + 1) ? at - 1 : at
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) {
    start--
  }
  return start
}

/** The distance of `at` from the start of its line; a byte order mark does not count. */
export function columnOf(text: string, at: number): number {
  const start = startOfLine(text, at)
  return at - start - (text.startsWith(BOM, start) ? 1 : 0)
}

/** The line ending of this text: that of its first line, LF if it has only one line. */
export function lineBreakOf(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? '\n'
}

/** Line, from 1, of an offset. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (const end of text.matchAll(/\r\n?|\n/g)) {
    starts.push(end.index + end[0].length)
  }
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) {
        low = middle
      } else {
        high = middle
      }
    }
    return low + 1
  }
}
