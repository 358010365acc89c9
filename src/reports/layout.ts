import { QUOTED_COMMANDS } from '../model/index.js'

/** Layout of text for a terminal. Widths are in characters; all text is escaped already. */

/** Stands for a space that is no place for a line break. Escaped text has no such character. */
const UNBROKEN_SPACE = '\0'

/**
 * Breaks at spaces so that no line is wider than `width`, except for a single longer word, and for a quoted command: if
 * it were broken, a shell would run each of its lines as a command of its own. A terminal that is narrower breaks it
 * without a line break.
 */
export function wrap(text: string, width: number): string[] {
  const unbroken = text.replace(QUOTED_COMMANDS, (command) => command.replaceAll(' ', UNBROKEN_SPACE))
  return filled(unbroken.split(' '), width).map((line) => line.replaceAll(UNBROKEN_SPACE, ' '))
}

/** As many parts on each line as fit. */
export function filled(parts: readonly string[], width: number, between = ' '): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of parts) {
    if (line !== '' && line.length + between.length + part.length > width) {
      lines.push(line)
      line = part
    } else {
      line = line === '' ? part : `${line}${between}${part}`
    }
  }
  return [...lines, line]
}

/** Words of a shell command. A quoted part is one word: a line break in it would be part of the text. */
const SHELL_ARGUMENT = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\S)+/g

/** A shell command over several lines, all but the last ending in ` \`, the later ones indented by two. */
export function wrapCommand(command: string, width: number): string[] {
  const lines = filled(command.match(SHELL_ARGUMENT) ?? [], Math.max(20, width - 4))
  return lines.map(
    (line, index) => `${index === 0 ? '' : '  '}${line}${index < lines.length - 1 ? ' \\' : ''}`,
  )
}

/** At most `width` characters, with `…` if something was cut off. */
export function truncate(text: string, width: number): string {
  if (text.length <= width) {
    return text
  }
  // By code points: half of a surrogate pair is not a character.
  const points = [...text]
  return points.length <= width ? text : `${points.slice(0, Math.max(0, width - 1)).join('')}…`
}

/**
 * Rows in columns, two spaces apart. The last cell goes on below itself, or below the row if the rest of `width` is
 * too narrow to read; the others are never wider than `MAX_CELL_WIDTH`, and the widest one shrinks if they do not
 * fit. Without a width nothing is cut.
 */
export function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widest = Number.isFinite(width) ? MAX_CELL_WIDTH : width
  const widths = Array.from({ length: count - 1 }, (_, column) =>
    Math.min(widest, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  )
  const over = widths.reduce((sum, each) => sum + each + 2, -2) - width
  const widestColumn = widths.indexOf(Math.max(...widths))
  if (over > 0) {
    widths[widestColumn] = Math.max(12, (widths[widestColumn] ?? 0) - over)
  }
  return rows.map((row) => {
    const cells = widths.map((each, column) => `${truncate(row[column] ?? '', each).padEnd(each)}  `)
    return wrapUnder(cells.join(''), row[count - 1] ?? '', width).join('\n')
  })
}

const MAX_CELL_WIDTH = 44
/** A column that is narrower than this cannot be read. */
const MIN_TEXT_WIDTH = 20

/** A text after its lead, its other lines below its first, or below the lead if there is not enough room next to it. */
export function wrapUnder(lead: string, text: string, width: number): string[] {
  if (width - lead.length < MIN_TEXT_WIDTH) {
    const below = text === '' ? [] : wrap(text, width - 4).map((line) => `    ${line}`)
    return lead.trim() === '' ? below : [lead.trimEnd(), ...below]
  }
  return wrap(text, width - lead.length).map((line, index) =>
    `${index === 0 ? lead : ' '.repeat(lead.length)}${line}`.trimEnd(),
  )
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
