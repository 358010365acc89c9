/** Layout of text for a terminal. Widths are in characters; all text is escaped already. */

/** Breaks at spaces so that no line is wider than `width`, except for a single longer word. */
export function wrap(text: string, width: number): string[] {
  return filled(text.split(' '), width)
}

function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** Words of a shell command. A quoted part is one word: a line break in it would be part of the text. */
const SHELL_WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\S)+/g

/** A shell command over several lines, all but the last ending in ` \`, the later ones indented by two. */
export function wrapCommand(command: string, width: number): string[] {
  const lines = filled(command.match(SHELL_WORD) ?? [], Math.max(20, width - 4))
  return lines.map(
    (line, index) => `${index === 0 ? '' : '  '}${line}${index < lines.length - 1 ? ' \\' : ''}`,
  )
}

/** At most `width` characters, with `…` if something was cut off. */
export function cut(text: string, width: number): string {
  if (text.length <= width) {
    return text
  }
  // By code points: half of a surrogate pair is not a character.
  const points = [...text]
  return points.length <= width ? text : `${points.slice(0, Math.max(0, width - 1)).join('')}…`
}

/** At most `most` lines; the last one ends with `…` if some were left out. @param most at least 1 */
export function firstLines(lines: readonly string[], most: number, width: number): string[] {
  const shown = lines.slice(0, most)
  const last = shown.at(-1)
  return last === undefined || lines.length <= most ? shown : [...shown.slice(0, -1), cut(`${last} …`, width)]
}

/**
 * Rows in columns, two spaces apart. The last column gets the rest of `width`, and is left out if that is too narrow
 * to read; the others are never wider than `widest`, and the widest one shrinks if they do not fit.
 */
export function columns(rows: readonly (readonly string[])[], width: number, widest = 44): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count - 1 }, (_, column) =>
    Math.min(widest, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  )
  const over = widths.reduce((sum, each) => sum + each + 2, -2) - width
  const most = widths.indexOf(Math.max(...widths))
  if (over > 0) {
    widths[most] = Math.max(12, (widths[most] ?? 0) - over)
  }
  const left = width - widths.reduce((sum, each) => sum + each + 2, 0)
  return rows.map((row) => {
    const cells = widths.map((each, column) => cut(row[column] ?? '', each).padEnd(each))
    return [...cells, left < 20 ? '' : cut(row[count - 1] ?? '', left)].join('  ').trimEnd()
  })
}

/** Styles of ECMA-48 (SGR) that every terminal has. */
const STYLES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' } as const
export type Style = keyof typeof STYLES
export type Paint = (text: string, ...styles: Style[]) => string

/** Colours text, or leaves it as it is. Colours never carry meaning alone. */
export function painter(colour: boolean): Paint {
  return (text, ...styles) =>
    colour ? `\u001b[${styles.map((style) => STYLES[style]).join(';')}m${text}\u001b[0m` : text
}
