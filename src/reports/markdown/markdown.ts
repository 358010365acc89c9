import type { ImageVerdict, Verdict } from '../../model/verdict.js'
import type { SpanLimit } from '../../policy/whitelist/read.js'
import { diffLines } from '../diff.js'
import { escapeMarkdown as esc } from '../escape.js'
import { benchOf, benchTable } from '../view/bench.js'
import { imageCaveats, verdictCaveats } from '../view/caveats.js'
import { changesOf } from '../view/changes.js'
import { checkTable } from '../view/checks.js'
import { deferredLine, dueLine } from '../view/counts.js'
import { dataTable } from '../view/data.js'
import { findingTables } from '../view/findings.js'
import { headline, imageHeadline, modeLine, verdictIcon } from '../view/headline.js'
import { imageFacts } from '../view/image.js'
import { auditEndOf, noticesOf } from '../view/notices.js'
import { ownersAndKev } from '../view/owners.js'
import type { Pages } from '../view/pages.js'
import { tasksOf } from '../view/tasks.js'
import { entriesOf } from '../view/whitelist-entry.js'
import { caveatList, cutToFit, type Section, whole } from './fit.js'
import { closed, copySection, fenced, foldedTable, opened, taskTable } from './parts.js'

export interface MarkdownOptions {
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
  const several = verdict.images.length > 1
  const ending = auditEndOf(verdict)
  const mode = modeLine(verdict, ending && esc(ending, 200))
  const sections = [
    whole(`### ${verdictIcon(verdict.verdict)} ${headline(verdict, name)}\n\n`),
    ...(mode === null ? [] : [whole(`${mode}.\n\n`)]),
    several ? caveats(verdictCaveats(verdict)) : null,
    ...verdict.images.flatMap((image) => [
      ...(several ? [whole(`#### ${verdictIcon(image.verdict)} ${imageHeadline(image, name)}\n\n`)] : []),
      ...imageSections(image, verdict, options.pages ?? null, several ? [] : verdictCaveats(verdict)),
    ]),
    notices(verdict),
    foldedTable(dataTable(verdict, 'summary')),
  ]
  const pointer = `Not everything is shown here; the rest is in ${esc(options.pointer ?? 'report.json')}.\n\n`
  const notes = (options.notes ?? []).map((note) => `${esc(note)}\n\n`).join('')
  return cutToFit(
    sections.filter((section) => section !== null),
    notes + footer(verdict),
    pointer,
    options.limit,
  )
}

function caveats(texts: readonly string[]): Section | null {
  return caveatList(texts.map((text) => esc(text, Number.POSITIVE_INFINITY)))
}

/** Short enough for the heading to fit, whatever it contains. */
function name(reference: string): string {
  return esc(reference, 120)
}

/** @param more caveats about all images, if this is the only one */
function imageSections(
  image: ImageVerdict,
  limit: SpanLimit,
  pages: Pages,
  more: readonly string[],
): (Section | null)[] {
  const tasks = tasksOf(image)
  const { note } = image.dockerfile
  const bench = benchOf(image)
  const own = [ownersAndKev(image), dueLine(image), deferredLine(image)]
  return [
    ...own.map((line) => (line === null ? null : whole(`${line}\n\n`))),
    taskTable(tasks, pages),
    caveats([...imageCaveats(image), ...more]),
    ...tasks.map(({ command, dockerfileLines, example, exampleFor }, index) =>
      copySection({ command, lines: dockerfileLines ?? example, linesFor: exampleFor }, index + 1),
    ),
    dockerfileDiff(image),
    changes(image),
    ...findingTables(image).map((table) => foldedTable(table)),
    bench === null ? null : foldedTable(benchTable(bench), false),
    note === null ? null : whole(`Lines: ${esc(note)}\n\n`),
    whitelistEntries(entriesOf(image, limit)),
    foldedTable(checkTable(image), false),
  ]
}

function dockerfileDiff({ dockerfileChange }: ImageVerdict): Section | null {
  if (dockerfileChange === null) {
    return null
  }
  const { file, before, after } = dockerfileChange
  return fenced(opened(`Change to ${esc(file, 200)}`), 'diff', diffLines(file, before, after), closed)
}

/** The comparison with the baseline: the count, and a folded list of what is new and what is gone. */
function changes(image: ImageVerdict): Section | null {
  const change = changesOf(image)
  if (change === null) {
    return null
  }
  const text = `${change.line.replace(/^[^:]*:/, '**$&**')}\n\n`
  const table = foldedTable(change.table)
  return table === null ? whole(text) : { ...table, head: text + table.head }
}

/** In a fence that no line of an entry can close: each begins with a space and a keyword of ours. */
function whitelistEntries(texts: readonly string[]): Section | null {
  if (texts.length === 0) {
    return null
  }
  return {
    head: `${opened(`Entries to accept findings (${texts.length})`)}Add these entries under \`entries:\` in policies/whitelist.yml; fill in the reason and the owner.\n\n\`\`\`yaml\n`,
    rows: texts.map((text) => `${text}\n`),
    tail: `\`\`\`\n${closed}`,
    cut: (left) => `  # and ${left} more\n`,
  }
}

function notices(verdict: Verdict): Section | null {
  const all = noticesOf(verdict)
  if (all.length === 0) {
    return null
  }
  return {
    head: opened(`Policy (${all.length})`),
    rows: all.map(({ place, text }) => `- ${place === null ? '' : `${esc(place)}: `}${esc(text)}\n`),
    tail: closed,
    cut: (left) => `- and ${left} more\n`,
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
