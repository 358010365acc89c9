import { plural } from '../../model/text.js'
import { escapeMarkdown as esc } from '../escape.js'
import { wrapCommand } from '../layout.js'
import { type Pages, withLinks } from '../view/pages.js'
import type { Cell, TableView } from '../view/table.js'
import { IN_DOCKERFILE, type TaskView } from '../view/tasks.js'
import { type Section, whole } from './fit.js'

export function tableRow(...cells: string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** The heads of a table, and what makes it one (GFM 0.29, 4.10). */
export function headRows(heads: readonly string[]): string {
  const names = heads.map((head) => (head === '' ? '| ' : `| ${head} `)).join('')
  return `${names}|\n|${heads.map(() => '---|').join('')}\n`
}

/** A row that says that there are more, below those heads. */
export function moreRow(text: string, heads: readonly string[]): string {
  return tableRow(text, ...heads.slice(1).map(() => ''))
}

/** A table, folded. @param counted whether its title has a count */
export function foldedTable(table: TableView | null, counted = true): Section | null {
  if (table === null) {
    return null
  }
  const { title, intro, heads, rows, count = rows.length } = table
  const introText = intro === null ? '' : `${esc(intro)}\n\n`
  return {
    head: `${opened(counted ? `${title} (${count})` : title)}${introText}${headRows(heads)}`,
    rows: rows.map((cells) => tableRow(...cells.map(cellOf))),
    tail: closed,
    cut: (left) => moreRow(`and ${left} more`, heads),
  }
}

/** A vulnerability as a link to what Debian's tracker or OSV says about it; everything else is text. */
function cellOf(cell: Cell): string {
  const address = cell.kind === 'finding' ? cell.address : null
  return address === null ? esc(cell.text) : `[${esc(cell.text)}](${address})`
}

export function folded(title: string, text: string): string {
  return `${opened(title)}${text}\n${closed}`
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

/** What a table of tasks shows of each. */
type TaskRow = Pick<TaskView, 'title' | 'why' | 'where' | 'page'>

/**
 * Tasks in a table.
 * @param pages the address prefix of a page
 * @param total how many there are, of which `tasks` may be fewer
 * @param elsewhere where the others are, such as " in the summary"
 */
export function taskTable(
  tasks: readonly TaskRow[],
  pages: Pages,
  total = tasks.length,
  elsewhere = '',
): Section | null {
  if (total === 0) {
    return null
  }
  const placed = tasks.some(({ where }) => where !== '')
  const cells = (...all: string[]) => tableRow(...all.slice(0, placed ? 4 : 3))
  const more = (count: number) => cells('', `and ${count} more${elsewhere}`, '', '')
  const left = total - tasks.length
  return {
    head: cells('', 'do', 'why', 'where') + cells('---', '---', '---', '---'),
    rows: [
      ...tasks.map(({ title, why, where, page }, index) =>
        cells(String(index + 1), linked(title, pages), linked(why, pages) + readOn(page, pages), esc(where)),
      ),
      ...(left > 0 ? [more(left)] : []),
    ],
    tail: '\n',
    cut: more,
  }
}

function linked(text: string, pages: Pages): string {
  return withLinks(text, pages, esc, (page, address) => `[${page}](${address})`)
}

/** After a reason: our page about it, as a link if its address is known. */
function readOn(page: string | null, pages: Pages): string {
  if (page === null) {
    return ''
  }
  return pages === null ? ` (${esc(page)})` : ` ([more](${pages}${page}))`
}

const LINES_FOR = {
  dockerfile: { title: 'Lines for the Dockerfile', language: 'dockerfile' },
  compose: { title: 'Lines for the compose file', language: 'yaml' },
  'docker-run': { title: 'Run options', language: 'sh' },
} as const satisfies Record<TaskView['exampleFor'], object>

interface Copied {
  readonly command: string | null
  /** They run the command in a Dockerfile, or settle the task without one. Without a backtick. */
  readonly lines: string | null
  readonly linesFor: TaskView['exampleFor']
}

/**
 * What to copy for a task, folded: lines for a Dockerfile; if there are none, the command alone. They contain only checked
 * names, so they need no escaping, and nothing closes the fence.
 * @param number of the task
 */
export function copySection({ command, lines, linesFor }: Copied, number: number): Section | null {
  if (lines !== null) {
    const { title, language } = LINES_FOR[linesFor]
    return whole(
      folded(`${number}. ${command === null ? title : IN_DOCKERFILE}`, `\`\`\`${language}\n${lines}\n\`\`\``),
    )
  }
  if (command === null) {
    return null
  }
  const sh = wrapCommand(command, 100).join('\n')
  return whole(folded(`${number}. Command to copy`, `\`\`\`sh\n${sh}\n\`\`\``))
}
