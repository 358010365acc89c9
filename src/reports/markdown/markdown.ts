import type { Verdict } from '../../model/index.js'
import { blocksOf, type Painters, paintBlock } from '../blocks.js'
import { diffLines } from '../diff.js'
import { escapeMarkdown as esc } from '../escape.js'
import { benchTable } from '../view/bench.js'
import { tilesOf, tileText } from '../view/checks.js'
import { dataTable } from '../view/data.js'
import { findingTables } from '../view/findings.js'
import { headline, imageHeadline, verdictIcon } from '../view/headline.js'
import { imageFacts } from '../view/image.js'
import type { Pages } from '../view/pages.js'
import { cutToFit, type Section, whole } from './fit.js'
import { closed, fenced, foldedList, foldedTable, limitList, opened, taskSections } from './parts.js'

interface MarkdownOptions {
  /** Bytes of UTF-8, at least 4096. A comment may have 65,536 characters, a job summary 1 MiB. */
  readonly limit: number
  /** Where the reader finds what was cut off. */
  readonly pointer?: string
  readonly pages?: Pages
  /** Additional lines at the end: what could not be published, or is not shown elsewhere. */
  readonly notes?: readonly string[]
}

/** The text of a job summary or a comment: verdict, tasks, and the rest folded. */
export function renderMarkdown(verdict: Verdict, options: MarkdownOptions): string {
  const painters = paintersOf(verdict, options.pages ?? null)
  const sections = blocksOf(verdict).flatMap((block) => paintBlock(block, painters))
  const pointer = `Not everything is shown here; the rest is in ${esc(options.pointer ?? 'report.json')}.\n\n`
  const notes = (options.notes ?? []).map((note) => `${esc(note)}\n\n`).join('')
  const shown = sections.filter((section) => section !== null)
  return cutToFit(shown, notes + footer(verdict), pointer, options.limit)
}

/** Short enough for the heading to fit, whatever it contains. */
const name = (reference: string) => esc(reference, 120)
const paragraph = (text: string) => whole(`${esc(text)}\n\n`)
const inFull = (texts: readonly string[]) => texts.map((text) => esc(text, Number.POSITIVE_INFINITY))

function paintersOf(verdict: Verdict, pages: Pages): Painters<Section | null | readonly (Section | null)[]> {
  const several = verdict.images.length > 1
  return {
    heading: ({ mode }) => [
      whole(`### ${verdictIcon(verdict.verdict)} ${headline(verdict, name)}\n\n`),
      mode === null ? null : paragraph(`${mode}.`),
    ],
    image: ({ image }) =>
      several ? whole(`#### ${verdictIcon(image.verdict)} ${imageHeadline(image, name)}\n\n`) : null,
    limits: ({ limits }) => limitList(inFull(limits)),
    counts: ({ lines }) => (lines.length === 0 ? null : paragraph(lines.join(' '))),
    changes: ({ change: { line, table } }) => [
      whole(`${line.replace(/^[^:]*:/, '**$&**')}\n\n`),
      foldedTable(table),
    ],
    tasks: ({ tasks }) => {
      const shown = tasks.map(({ dockerfileLines, example, exampleFor: linesFor, ...task }) => {
        return { ...task, lines: dockerfileLines ?? example, linesFor }
      })
      return taskSections(shown, pages)
    },
    diff: ({ change: { file, before, after } }) =>
      fenced(opened(`Change to ${esc(file, 200)}`), 'diff', diffLines(file, before, after), closed),
    checks: ({ image }) => paragraph(tilesOf(image).map(tileText).join(' · ')),
    note: ({ text }) => paragraph(text),
    findings: ({ image }) => findingTables(image).map((table) => foldedTable(table)),
    bench: ({ bench }) => foldedTable(benchTable(bench), false),
    // They are on the page: in a comment there is no room for thousands.
    programs: () => null,
    // No line of an entry can close the fence: each begins with a space and a keyword of ours.
    entries: ({ entries }) => ({
      head: `${opened(`Entries to accept findings (${entries.length})`)}Add these entries under \`entries:\` in policies/whitelist.yml; fill in the reason and the owner.\n\n\`\`\`yaml\n`,
      rows: entries.map((text) => `${text}\n`),
      tail: `\`\`\`\n${closed}`,
      cut: (left) => `  # and ${left} more\n`,
    }),
    details: ({ details }) => foldedList('Details', inFull(details)),
    notices: ({ notices }) => {
      const items = notices.map(({ place, text }) => `${place === null ? '' : `${esc(place)}: `}${esc(text)}`)
      return foldedList('Policy', items)
    },
    data: () => foldedTable(dataTable(verdict, 'summary')),
  }
}

/** What was judged, and for which day. */
function footer(verdict: Verdict): string {
  const [only] = verdict.images.length === 1 ? verdict.images : []
  const { base, platform, packages, shortDigest } = only === undefined ? NO_IMAGE_FACTS : imageFacts(only)
  const facts = [
    `judged as of ${verdict.today}`,
    ...(base === null ? [] : [esc(base, 100)]),
    ...(platform === null ? [] : [esc(platform, 20)]),
    ...(packages === null || !only?.foreignCount ? [] : [packages]),
    ...(shortDigest === null ? [] : [esc(shortDigest)]),
  ]
  return `<sub>${facts.join(' · ')}</sub>\n`
}

const NO_IMAGE_FACTS = { base: null, platform: null, packages: null, shortDigest: null }
