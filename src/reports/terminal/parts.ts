import type { CheckResult } from '../../model/verdict.js'
import { DEFAULT_LENGTH, escapeTerminal as esc, TASK_LENGTH } from '../escape.js'
import { columns, cut, type Paint, wrap, wrapCommand } from '../layout.js'
import { answerWords, seconds } from '../view/checks.js'
import type { Pages } from '../view/pages.js'
import type { TableView } from '../view/table.js'
import { BESIDE, type TaskView } from '../view/tasks.js'

export interface TerminalOptions {
  readonly colour: boolean
  /** Characters per line. */
  readonly width: number
  /** Maximum width of table rows, cut with `…` if necessary; unlimited if unset. */
  readonly cuts?: boolean
  readonly pages?: Pages
  /** Also the findings that do not block, with whitelist entries to paste. */
  readonly verbose?: boolean
  /** What shows the rest, in words; unset: `--verbose`. */
  readonly rest?: string
}

/** A table in columns, without its title. @param length characters of a cell at most */
export function tableLines(
  table: TableView | null,
  { width, cuts = true }: TerminalOptions,
  length = DEFAULT_LENGTH,
): string[] {
  const rows = table?.rows.map((cells) => cells.map(({ text }) => esc(text, length))) ?? []
  return columns(rows, cuts ? width : Number.POSITIVE_INFINITY)
}

/** The same with its heads, and at most `most` rows. */
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

/** Characters of a check's line; report.html has all of its notes. */
const CHECK_WIDTH = 120

/** A line for each check, with as many of its notes as fit; verbose has the rest below it. */
export function checkLines(checks: readonly CheckResult[], { width, verbose }: TerminalOptions): string[] {
  const most = Math.min(width, CHECK_WIDTH)
  const heads = columns(
    checks.map(({ check, state, tookMs }) => [check, state, seconds(tookMs), '']),
    Number.POSITIVE_INFINITY,
  )
  const wide = Math.max(0, ...heads.map((head) => head.length))
  return checks.flatMap(({ problem, ...answer }, index) => {
    const said = problem === null ? answerWords(answer) : [problem.what]
    const words = said.filter((text) => text !== '').map((text) => esc(text, 1000))
    const head = `${(heads[index] ?? '').padEnd(wide)}  `
    const room = Math.max(0, most - head.length)
    const line = cut(`${head}${fitting(words, room)}`.trimEnd(), most)
    const isWhole = words.join(', ').length <= room
    return isWhole || verbose !== true
      ? [line]
      : [line, ...wrap(words.join(', '), most - 2).map((rest) => `  ${rest}`)]
  })
}

/** The first ones that fit, and `…` for the others; if these are few, as much of the next as fits. */
function fitting(words: readonly string[], room: number): string {
  const all = words.join(', ')
  if (all.length <= room) {
    return all
  }
  const shown = words.filter((_, index) => words.slice(0, index + 1).join(', ').length + 3 <= room)
  const text = `${shown.join(', ')}, …`
  return text.length < room / 2 ? cut(all, room) : text
}

/** The column where the tasks' places begin, counted from their titles. */
const PLACE_COLUMN = 54

/** A task: its title and place, what to copy, and why. */
export function taskLines(
  task: TaskView,
  number: number,
  paint: Paint,
  { width, pages = null }: TerminalOptions,
): string[] {
  const inner = Math.max(20, width - 4)
  const readOn = task.page === null ? '' : ` (${pages ?? ''}${task.page})`
  const [first = '', ...more] = titleLines(task, inner)
  const copy = task.command === null ? exampleLines(task) : commandLines(task, task.command, inner)
  return [
    `${String(number).padStart(2)}  ${paint(first, 'bold')}`,
    ...[...more, ...copy, ...wrap(`${esc(task.why, TASK_LENGTH)}${readOn}`, inner)].map(
      (line) => `    ${line}`,
    ),
  ]
}

/** A command that belongs into a Dockerfile is shown as a line of one, and where it goes. */
function commandLines({ beside }: TaskView, command: string, width: number): string[] {
  return beside === null
    ? wrapCommand(command, width)
    : [`${BESIDE}:`, ...wrapCommand(beside.replaceAll(/ \\\n\s*/g, ' '), width)]
}

function exampleLines({ example }: TaskView): string[] {
  return example === null ? [] : example.split('\n').map((line) => esc(line, 1000))
}

/** The place to look at, in its own column if there is room, else after the title. */
function titleLines({ title, where }: TaskView, width: number): string[] {
  const words = esc(title, TASK_LENGTH)
  if (where === '') {
    return wrap(words, width)
  }
  const place = esc(where)
  if (PLACE_COLUMN + 2 + place.length > width) {
    return wrap(`${words}  ${place}`, width)
  }
  const [first = '', ...more] = wrap(words, PLACE_COLUMN)
  return [`${first.padEnd(PLACE_COLUMN)}  ${place}`, ...more]
}
