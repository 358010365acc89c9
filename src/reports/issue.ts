import type { Verdict } from '../model/verdict.js'
import { visible } from './escape.js'
import { renderMarkdown } from './markdown/markdown.js'
import type { Pages } from './pages.js'
import { headline } from './words.js'

/** GitHub takes 65,536 characters; characters are never more than bytes. */
const LIMIT = 64_000

/** Characters; GitHub takes 256. */
const TITLE_LENGTH = 200

/** First line of the issue, by which it is found again. @param key stands for workflow, images and line */
export function issueMark(key: string): string {
  return `<!-- seaworthy-issue ${key} -->`
}

/**
 * The issue of a line of releases: what its newest image has to wait for, or that nothing is left to do.
 * @param line `4.1`; `null` where the images belong to none
 */
export function renderIssue(
  verdict: Verdict,
  {
    key,
    line,
    url,
    pages = null,
  }: { readonly key: string; readonly line: string | null; readonly url: string; readonly pages?: Pages },
): { readonly title: string; readonly body: string } {
  const words = headline(verdict, (name) => visible(name, 100))
  const title = visible(line === null ? words : `Line ${line}: ${words}`, TITLE_LENGTH)
  const pointer = `the run's summary: ${url}`
  const body = renderMarkdown(verdict, { limit: LIMIT, pointer, pages, notes: [`Last looked at by ${url}`] })
  return { title, body: `${issueMark(key)}\n${body}` }
}
