import { cveId, FEEDS, type FeedName, isRecord, jsonIn, malformed, parseCve } from '../../model/index.js'

export const TABLE_FORMAT = 'seaworthy-feed-1'

/**
 * A feed as it is cached and published: CVE -> value, in small JSON that is quick to read. Each year has its
 * CVE numbers in rising order, each as the distance from the one before, and for each the index of its value
 * in `values`.
 */
export interface Table {
  readonly format: typeof TABLE_FORMAT
  readonly feed: FeedName
  /** The data's own date, ISO 8601 UTC. */
  readonly date: string | null
  /** How many CVEs have a value. */
  readonly rows: number
  /** What it was made from: part name -> SHA-256. */
  readonly parts: Readonly<Record<string, string>>
  readonly values: readonly string[]
  readonly years: Readonly<
    Record<string, { readonly cve: readonly number[]; readonly value: readonly number[] }>
  >
}

/** Values and years are sorted, so equal rows give an equal table. */
export function makeTable(
  about: Pick<Table, 'feed' | 'date' | 'parts'>,
  rows: ReadonlyMap<string, string>,
): Table {
  const values = [...new Set(rows.values())].sort()
  const places = new Map(values.map((value, index) => [value, index]))
  const years = new Map<number, { number: number; place: number }[]>()
  for (const [id, value] of rows) {
    const cve = parseCve(id)
    if (cve === null) {
      continue // the readers let none through
    }
    const list = years.get(cve.year) ?? []
    years.set(cve.year, list)
    list.push({ number: cve.number, place: places.get(value) ?? 0 })
  }
  const packed = [...years]
    .sort(([a], [b]) => a - b)
    .map(([year, list]) => {
      list.sort((a, b) => a.number - b.number)
      const cve = list.map(({ number }, at) => number - (list[at - 1]?.number ?? 0))
      return [String(year), { cve, value: list.map(({ place }) => place) }] as const
    })
  const { feed, date, parts } = about
  const packedYears = Object.fromEntries(packed)
  return { format: TABLE_FORMAT, feed, date, rows: rows.size, parts, values, years: packedYears }
}

/** Proves that the text is a table of this feed. @throws SeaworthyError `feed-malformed` */
export function parseTable(text: string, feed: FeedName): Table {
  const table = jsonIn(text) as Table | null | undefined
  if (table === undefined) {
    throw malformed(feed, 'the cached copy is not JSON')
  }
  if (typeof table !== 'object' || table === null || table.format !== TABLE_FORMAT || table.feed !== feed) {
    const other = FEEDS.find((name) => name === table?.feed)
    const what = other ? `the table for ${other}` : 'not a table made by Seaworthy'
    throw malformed(feed, `the cached copy is ${what}`)
  }
  const { date, rows, parts, values, years } = table
  const isDateOrNull = date === null || (typeof date === 'string' && !Number.isNaN(Date.parse(date)))
  const areRecords = isRecord(years) && isRecord(parts)
  if (!isDateOrNull || !areRecords || !isTexts(values) || !isTexts(Object.values(parts))) {
    throw malformed(feed, 'the cached copy is damaged')
  }
  let counted = 0
  for (const [year, list] of Object.entries(years)) {
    if (!/^\d{4}$/.test(year) || !isYear(list, values.length)) {
      throw malformed(feed, `its data for ${year.slice(0, 10)} is damaged`)
    }
    counted += list.cve.length
  }
  if (rows !== counted) {
    throw malformed(feed, `it declares ${String(rows)} rows, but contains ${counted}`)
  }
  return table
}

/** The values of these CVEs. */
export function pick(table: Table, wanted: Iterable<string>): ReadonlyMap<string, string> {
  const wantedCves = [...wanted].flatMap((id) => parseCve(id) ?? [])
  const byYear = Map.groupBy(wantedCves, ({ year }) => year)
  const found = new Map<string, string>()
  for (const [year, cves] of byYear) {
    const list = Object.hasOwn(table.years, year) ? table.years[year] : undefined
    if (!list) {
      continue
    }
    const numbers = new Set(cves.map(({ number }) => number))
    let number = 0
    for (let at = 0; at < list.cve.length; at++) {
      number += list.cve[at] as number
      if (numbers.has(number)) {
        found.set(cveId({ year, number }), table.values[list.value[at] as number] as string)
      }
    }
  }
  return found
}

/** All rows, as a map that the caller may change. */
export function rowsOf(table: Table): Map<string, string> {
  const rows = new Map<string, string>()
  for (const [year, list] of Object.entries(table.years)) {
    let number = 0
    for (let at = 0; at < list.cve.length; at++) {
      number += list.cve[at] as number
      rows.set(cveId({ year: Number(year), number }), table.values[list.value[at] as number] as string)
    }
  }
  return rows
}

function isYear(list: unknown, values: number): list is Table['years'][string] {
  if (!isRecord(list) || !Array.isArray(list.cve) || !Array.isArray(list.value)) {
    return false
  }
  if (list.cve.length !== list.value.length) {
    return false
  }
  // Distances are at least 1, so no CVE occurs twice; the very first may be CVE-…-0000.
  const rising = list.cve.every(
    (step, at) => Number.isInteger(step) && step >= (at === 0 ? 0 : 1) && step < 1e15,
  )
  return rising && list.value.every((place) => Number.isInteger(place) && place >= 0 && place < values)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
