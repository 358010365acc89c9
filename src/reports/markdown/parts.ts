import { plural } from '../../model/index.js'
import { escapeMarkdown as esc } from '../escape.js'
import { wrapCommand } from '../layout.js'
import { type Pages, withLinks } from '../view/pages.js'
import type { Cell, TableView } from '../view/table.js'
import { IN_DOCKERFILE, type TaskView } from '../view/tasks.js'
import type { Section } from './fit.js'

export function tableRow(...cells: string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

interface Table {
  /** Text before the table. */
  readonly head: string
  readonly heads: readonly string[]
  /** Cells are Markdown already. */
  readonly rows: readonly (readonly string[])[]
  readonly tail: string
  /** How many rows there are, of which `rows` may be fewer. */
  readonly total?: number
  /** Where the others are, such as " in the summary". */
  readonly elsewhere?: string
}

/** A table (GFM 0.29, 4.10). If it has not all rows, its last one says so, below the first column that has a head. */
export function sectionOfTable(table: Table): Section {
  const { head, heads, rows, tail, total = rows.length, elsewhere = '' } = table
  const named = heads.findIndex((name) => name !== '')
  const more = (count: number) =>
    tableRow(...heads.map((_, index) => (index === named ? `and ${count} more${elsewhere}` : '')))
  const left = total - rows.length
  const names = heads.map((name) => (name === '' ? '| ' : `| ${name} `)).join('')
  return {
    head: `${head}${names}|\n|${heads.map(() => '---|').join('')}\n`,
    rows: [...rows.map((cells) => tableRow(...cells)), ...(left > 0 ? [more(left)] : [])],
    tail,
    cut: (cut) => more(left > 0 ? cut - 1 + left : cut),
  }
}

/** A table, folded. @param counted whether its title has a count */
export function foldedTable(table: TableView | null, counted = true): Section | null {
  if (table === null) {
    return null
  }
  const { title, intro, heads, rows, count = rows.length } = table
  const introText = intro === null ? '' : `${esc(intro)}\n\n`
  const head = `${opened(counted ? `${title} (${count})` : title)}${introText}`
  return sectionOfTable({ head, heads, rows: rows.map((cells) => cells.map(cellOf)), tail: closed })
}

/** A list, folded below its title and its count; `null` if it is empty. @param items escaped */
export function foldedList(title: string, items: readonly string[]): Section | null {
  if (items.length === 0) {
    return null
  }
  return {
    head: opened(`${title} (${items.length})`),
    rows: items.map((item) => `- ${item}\n`),
    tail: closed,
    cut: (left) => `- and ${left} more\n`,
  }
}

/** A vulnerability as a link to what Debian's tracker or OSV says about it; everything else is text. */
function cellOf(cell: Cell): string {
  const address = cell.kind === 'finding' ? cell.address : null
  return address === null ? esc(cell.text) : `[${esc(cell.text)}](${address})`
}

/** What limits the verdict, folded below how much there is: whatever has to be cut, these are shown. @param lines escaped */
export function limitList(lines: readonly string[]): Section | null {
  const section = foldedList('What limits this verdict', lines)
  return section && { ...section, kept: true }
}

/** The blank line after the tag makes what follows Markdown again (CommonMark 0.31, 4.6). */
export function opened(title: string): string {
  return `<details><summary>${title}</summary>\n\n`
}

export const closed = '\n</details>\n\n'

/** A fence longer than any run of backticks in it: no line can close it (CommonMark 0.31, 4.5). */
export function fenced(head: string, language: string, lines: readonly string[], tail: string): Section {
  const longest = Math.max(0, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((one) => one.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return {
    head: `${head}${fence}${language}\n`,
    rows: lines.map((line) => `${line}\n`),
    tail: `${fence}\n${tail}\n`,
    cut: (left) => `and ${plural(left, 'more line')}\n`,
  }
}

type ShownTask = Pick<TaskView, 'title' | 'why' | 'where' | 'page' | 'command'> & {
  /** They run the command in a Dockerfile, or settle the task without one. Without a backtick. */
  readonly lines: string | null
  readonly linesFor: TaskView['exampleFor']
}

/**
 * Tasks in a table, and below it, folded, what to copy for each.
 * @param pages the address prefix of a page
 * @param rest how many there are, of which `tasks` may be fewer, and where the others are
 */
export function taskSections(
  tasks: readonly ShownTask[],
  pages: Pages,
  rest: Pick<Table, 'total' | 'elsewhere'> = {},
): Section[] {
  const columns = tasks.some(({ where }) => where !== '') ? 4 : 3
  const rows = tasks.map(({ title, why, where, page }, index) => {
    const reason = linked(why, pages) + readOn(page, pages)
    return [String(index + 1), linked(title, pages), reason, esc(where)].slice(0, columns)
  })
  const heads = ['', 'do', 'why', 'where'].slice(0, columns)
  const table = sectionOfTable({ head: '', heads, rows, tail: '\n', ...rest })
  const copied = tasks.flatMap((task, index) => copyText(task, index + 1) ?? [])
  const cut = (left: number) => `and ${left} more\n\n`
  return [
    ...((rest.total ?? tasks.length) === 0 ? [] : [table]),
    ...(copied.length === 0 ? [] : [{ head: opened('What to copy'), rows: copied, tail: closed, cut }]),
  ]
}

function linked(text: string, pages: Pages): string {
  return withLinks(text, pages, esc, (page, address) => `[${page}](${address})`)
}

/** After a reason: our page about it, as a link if its address is known. */
function readOn(page: string | null, pages: Pages): string {
  if (page === null) {
    return ''
  }
  const isAddress = pages !== null && `${pages}${page}`.includes('://')
  return isAddress ? ` ([more](${pages}${page}))` : ` (${esc(page)})`
}

const LINES_FOR = {
  dockerfile: { title: 'Lines for the Dockerfile', language: 'dockerfile' },
  compose: { title: 'Lines for the compose file', language: 'yaml' },
  'docker-run': { title: 'Run options', language: 'sh' },
} as const satisfies Record<TaskView['exampleFor'], object>

/**
 * What to copy for a task: lines for a Dockerfile; if there are none, the command alone. They contain only checked
 * names, so they need no escaping, and nothing closes the fence.
 * @param number of the task
 */
function copyText({ command, lines, linesFor }: ShownTask, number: number): string | null {
  if (lines !== null) {
    const { title, language } = LINES_FOR[linesFor]
    const name = command === null ? title : IN_DOCKERFILE
    return copied(`${number}. ${name}`, language, lines)
  }
  if (command === null) {
    return null
  }
  const sh = wrapCommand(command, 100).join('\n')
  return copied(`${number}. Command to copy`, 'sh', sh)
}

const copied = (title: string, language: string, lines: string) =>
  `${title}:\n\n\`\`\`${language}\n${lines}\n\`\`\`\n\n`
