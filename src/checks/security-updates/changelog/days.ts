import * as z from 'zod'
import { compareVersions } from '../../../debian/version.js'
import { documentIn } from '../../../model/documents.js'
import type { Evidence } from '../../../model/evidence.js'
import type { FixDays } from '../../../model/finding/index.js'
import { entriesAbove } from './changelog.js'

const CHANGELOGS = z.array(z.object({ source: z.string(), text: z.string().nullable() }))

/**
 * The last line of an entry (deb-changelog(5)): its maintainer, two blanks, and a date in the form of RFC
 * 2822.
 */
const TRAILER =
  /^ -- .* {2}((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4})\s*$/m

/**
 * By source package and version, the earliest day on which a fix in that version could be installed: the date
 * of its changelog entry, which is earlier than the archive. Never later than those of newer versions: if
 * entries are out of order, the earlier day counts, which is stricter. A version without a date has none. Empty if no changelogs were requested.
 * @throws SeaworthyError `evidence-incomplete`
 */
export function fixDaysOf({ documents }: Evidence): FixDays {
  const changelogs = documentIn(documents, 'changelogs.json', CHANGELOGS) ?? []
  return new Map(changelogs.map(({ source, text }) => [source, text === null ? new Map() : daysIn(text)]))
}

function daysIn(text: string): ReadonlyMap<string, string> {
  const days = new Map<string, string>()
  let earliest = '9999'
  for (const { version, text: entry } of entriesAbove(text, '0~~')) {
    const day = dayOf(entry)
    if (day === null) {
      continue
    }
    earliest = day < earliest ? day : earliest
    days.set(version, earliest)
  }
  return days
}

function dayOf(entry: string): string | null {
  const time = Date.parse(TRAILER.exec(entry)?.[1] ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/**
 * The day of the oldest version above the installed one and not above the candidate's: from then on an update
 * was available. `null` if the candidate's own version has no date.
 */
export function firstDay(days: FixDays, source: string, from: string, to: string): string | null {
  const known = days.get(source)
  if (known?.get(to) === undefined) {
    return null
  }
  const between = [...known].filter(
    ([version]) => compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
  )
  return between.map(([, day]) => day).sort()[0] ?? null
}
