import { DEFAULT_LENGTH, escapeTerminal as esc, TASK_LENGTH } from '../escape.js'
import { columns, type Paint, wrap, wrapCommand } from '../layout.js'
import type { Tile } from '../view/checks.js'
import { type Pages, withLinks } from '../view/pages.js'
import type { TableView } from '../view/table.js'
import { IN_DOCKERFILE, type TaskView } from '../view/tasks.js'

export interface TerminalOptions {
  readonly colour: boolean
  /** Characters per line; infinite for a file or a log, whose reader wraps lines. */
  readonly width: number
  readonly pages?: Pages
  /** Also the findings that do not block, with whitelist entries to paste. */
  readonly verbose?: boolean
  /** What shows the rest, in words; unset: `--verbose`. */
  readonly rest?: string
}

/** A table in columns, without its title. @param length characters of a cell at most */
export function tableLines(
  table: TableView | null,
  { width }: TerminalOptions,
  length = DEFAULT_LENGTH,
): string[] {
  const rows = table?.rows.map((cells) => cells.map(({ text }) => esc(text, length))) ?? []
  return columns(rows, width)
}

/** As `tableLines`, with the heads of the columns, and at most `most` rows. */
export function headedLines(
  table: TableView,
  paint: Paint,
  options: TerminalOptions,
  most: number,
): string[] {
  const heads = table.heads.map((head) => ({ kind: 'text', text: head }) as const)
  const [head = '', ...lines] = tableLines({ ...table, rows: [heads, ...table.rows.slice(0, most)] }, options)
  const more = table.rows.length - lines.length
  return [paint(head, 'dim'), ...lines, ...(more === 0 ? [] : [`and ${more} more in report.html`])]
}

/** A whole table, below its title and its count. */
export function titledLines(table: TableView, paint: Paint, options: TerminalOptions): string[] {
  const { title, intro, rows, count = rows.length } = table
  return [
    paint(`${title} (${count})`, 'bold'),
    ...(intro === null ? [] : wrap(esc(intro, 1000), options.width)),
    ...headedLines(table, paint, options, Number.POSITIVE_INFINITY),
  ]
}

/** A line for each check: how it went, in a word and a number. */
export function checkLines(tiles: readonly Tile[], paint: Paint): string[] {
  const lines = columns(
    tiles.map(({ check, label, number, took }) => [label, check, took ?? '', number]),
    Number.POSITIVE_INFINITY,
  )
  return lines.map((line, index) => {
    const { state = 'open', label = '' } = tiles[index] ?? {}
    return `${paint(label, ...TILE_STYLES[state])}${line.slice(label.length)}`.trimEnd()
  })
}

const TILE_STYLES = { good: ['green'], bad: ['bold', 'red'], open: ['yellow'] } as const

/** A text with the addresses of our own pages, if they are known. @param length characters of it at most */
export function withAddresses(text: string, pages: Pages, length: number): string {
  return withLinks(
    text,
    pages,
    (part) => esc(part, length),
    (_, address) => address,
  )
}

/** The columns where the tasks' places begin at least and at most, counted from their titles. */
const PLACE_COLUMNS = [54, 84] as const
/** Characters of most places; a longer one follows its title. */
const PLACE_WIDTH = 24

/** A task: its title and place, what to copy, and why. */
export function taskLines(
  task: TaskView,
  number: number,
  paint: Paint,
  { width, pages = null, verbose = false }: TerminalOptions,
): string[] {
  const inner = Math.max(20, width - 4)
  const isShown = verbose || task.isProblem || pages?.includes('://') === true
  const readOn = task.page === null || !isShown ? '' : ` (${pages ?? ''}${task.page})`
  const text = (of: string) => withAddresses(of, pages, TASK_LENGTH)
  const [first = '', ...more] = titleLines({ ...task, title: text(task.title) }, inner)
  const example = (task.example?.split('\n') ?? []).map((line) => esc(line, 1000))
  const copy = task.command === null ? example : commandLines(task, task.command, inner)
  return [
    `${String(number).padStart(2)}  ${paint(first, 'bold')}`,
    ...[...more, ...copy, ...wrap(`${text(task.why)}${readOn}`, inner)].map((line) => `    ${line}`),
  ]
}

/** A command that belongs into a Dockerfile is shown as a line of one, and where it goes. */
function commandLines({ dockerfileLines }: TaskView, command: string, width: number): string[] {
  return dockerfileLines === null
    ? wrapCommand(command, width)
    : [`${IN_DOCKERFILE}:`, ...wrapCommand(dockerfileLines.replaceAll(/ \\\n\s*/g, ' '), width)]
}

/**
 * The place to look at, in its own column if there is room, else after the title.
 * @param task with its title escaped
 */
function titleLines({ title: titleText, where }: TaskView, width: number): string[] {
  if (where === '') {
    return wrap(titleText, width)
  }
  const place = esc(where)
  const [least, most] = PLACE_COLUMNS
  const column = Math.max(least, Math.min(most, Number.isFinite(width) ? width - PLACE_WIDTH - 2 : least))
  if (column + 2 + place.length > width) {
    return wrap(`${titleText}  ${place}`, width)
  }
  const [first = '', ...more] = wrap(titleText, column)
  return [`${first.padEnd(column)}  ${place}`, ...more]
}
