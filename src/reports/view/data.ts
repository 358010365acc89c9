import { ELSEWHERE_SOURCE, plural, type Source, type Verdict } from '../../model/index.js'
import { type Column, type TableView, tableOf, textCell } from './table.js'

/** The data behind the verdict: its origin, date and hash. */

interface Dated {
  readonly source: Source
  /** The judged day. */
  readonly today: string
}

const COLUMNS = {
  source: { head: 'source', cell: ({ source }) => textCell(source.name) },
  of: { head: 'date', cell: ({ source, today }) => textCell(ageOf(source, today)) },
  read: { head: 'read', cell: ({ source }) => textCell(readAt(source)) },
  rows: { head: 'rows', cell: ({ source }) => textCell(String(source.rows ?? '')) },
  from: {
    head: 'from',
    cell: ({ source: { url, attestedBy } }) =>
      textCell(attestedBy === undefined ? url : `${url}, attested by ${attestedBy}`),
  },
  sha256: { head: 'SHA-256', cell: ({ source }) => ({ kind: 'code', text: source.sha256 ?? '' }) },
} as const satisfies Record<string, Column<Dated>>

const { source, of, read, rows, from, sha256 } = COLUMNS

/** In a terminal the rest is below each row: see `sourceFacts`. */
const DATA_COLUMNS = {
  summary: [source, of, read, rows, sha256, from],
  page: [{ ...source, head: 'data' }, { ...of, head: 'age' }, read, rows, from, sha256],
  terminal: [
    source,
    of,
    { ...rows, cell: ({ source }) => textCell(source.rows === null ? '' : plural(source.rows, 'row')) },
    from,
  ],
} as const satisfies Record<string, readonly Column<Dated>[]>

export function dataTable(verdict: Verdict, columns: keyof typeof DATA_COLUMNS): TableView | null {
  const sources = sourcesOf(verdict).map((source) => ({ source, today: verdict.today }))
  return tableOf('Data', DATA_COLUMNS[columns], sources)
}

/** Sources of all images, each once, in the order of their first use. */
export function sourcesOf(verdict: Verdict): Source[] {
  const all = verdict.images.flatMap(({ sources }) => sources)
  return [...new Map(all.map((source) => [JSON.stringify(source), source])).values()]
}

/** One line for each source that was not read from its first address: what replaced it, and why. Text from outside. */
export function replacedSources(verdict: Verdict): string[] {
  const all = sourcesOf(verdict).flatMap(({ name, instead }) => (instead ? [`${name}: ${instead}`] : []))
  return [...new Set(all)]
}

export function sourceFacts(source: Source): string[] {
  const { sha256 } = source
  const read = readAt(source)
  return [...(read === '' ? [] : [`read ${read}`]), ...(sha256 === null ? [] : [`sha256 ${sha256}`])]
}

/**
 * The data's age in one line: for an archive its suites, whose Release file names all of their indexes, without those
 * that were only read to find out where packages are from.
 */
export function agesOf(verdict: Verdict): (readonly [name: string, age: string])[] {
  const all = sourcesOf(verdict)
  const indexed = new Set(all.map(({ name }) => name))
  return (
    all
      // Images that ran next to the gate are not data, and have no age.
      .filter(({ name }) => !name.endsWith('-image') && !name.startsWith(`${ELSEWHERE_SOURCE} `))
      .filter(({ name }) => !/ .* /.test(name) || !indexed.has(name.split(' ', 2).join(' ')))
      .map((source) => [source.name, ageOf(source, verdict.today)])
  )
}

/** "2026-11-24, today", "2026-11-20, 4 days old", or that the data has no date of its own. */
function ageOf({ date, fetchedAt }: Source, today: string): string {
  if (date === null) {
    return fetchedAt === null ? 'date not known' : `date not known, read ${fetchedAt.slice(0, 10)}`
  }
  const day = date.slice(0, 10)
  const days = daysOld({ date }, today)
  if (days === null) {
    return day
  }
  return days === 0 ? `${day}, today` : `${day}, ${plural(days, 'day')} old`
}

/** Age of a source's data in days; `null` if it has no date, or one after that day. */
export function daysOld({ date }: Pick<Source, 'date'>, today: string): number | null {
  const days = Math.round((Date.parse(today) - Date.parse((date ?? '').slice(0, 10))) / 86_400_000)
  return Number.isNaN(days) || days < 0 ? null : days
}

/** "2026-11-24 06:12 UTC"; empty if it is not known. */
function readAt({ fetchedAt }: Source): string {
  return fetchedAt === null ? '' : `${fetchedAt.slice(0, 16).replace('T', ' ')} UTC`
}
