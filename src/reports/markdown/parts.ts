import { escapeMarkdown as esc } from '../escape.js'
import { plural } from '../view/counts.js'
import type { Pages } from '../view/pages.js'
import { type Section, whole } from './fit.js'

/** Pieces that sections of Markdown are made of. */

export function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** A CVE as a link to Debian's tracker. Anything that is not exactly a CVE id is text. */
export function link(id: string): string {
  return /^CVE-\d{4}-\d{4,19}$/.test(id)
    ? `[${id}](https://security-tracker.debian.org/tracker/${id})`
    : esc(id)
}

export function folded(title: string, text: string): string {
  return `${opened(title)}${text}\n${closed}`
}

/** The blank line after the tag makes what follows Markdown again (CommonMark 0.31, 4.6). */
export function opened(title: string): string {
  return `<details><summary>${title}</summary>\n\n`
}

export const closed = '\n</details>\n\n'

/**
 * Lines for a Dockerfile that settle a thing to do.
 * @param lines without a backtick, so that nothing closes the fence
 * @param number of the thing to do
 */
export function exampleOf(lines: string, number: number): Section {
  return whole(folded(`${number}. Lines for the Dockerfile`, `\`\`\`dockerfile\n${lines}\n\`\`\``))
}

/** After a reason: our page about it, as a link where its address is known. */
export function readOn(page: string | null, pages: Pages): string {
  if (page === null) return ''
  return pages === null ? ` (${esc(page)})` : ` ([more](${pages}${page}))`
}

/** A fence longer than any row of backticks in it: no line can close it (CommonMark 0.31, 4.5). */
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
