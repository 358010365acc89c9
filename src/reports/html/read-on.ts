import { escapeHtml as esc } from '../escape.js'
import type { Pages } from '../view/pages.js'

/** After a reason: our page about it, as a link where its address is known. */
export function readOn(page: string | null, pages: Pages): string {
  if (page === null) return ''
  return pages === null
    ? ` <span class="dim">(${esc(page)})</span>`
    : ` (<a href="${esc(pages + page, 1000)}" rel="noreferrer">more</a>)`
}
