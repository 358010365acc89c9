import * as z from 'zod'
import { compareVersions, isValidVersion } from '../../debian/version.js'
import {
  compareText,
  documentIn,
  type Evidence,
  type Finding,
  type FixDays,
  type InstalledPackage,
  isVulnerability,
} from '../../model/index.js'

/** A source package whose changelog may show since when a fix can be installed. */
export interface WantedChangelog {
  readonly source: string
  /** The version of the source package in the security archive. */
  readonly version: string
  /** The lowest installed version: older entries are not needed. */
  readonly installed: string
}

type SourceVersion = Pick<InstalledPackage, 'source' | 'sourceVersion'>

/** Source packages with a newer version in the security archive than the installed one, each once, sorted. */
export function wantedChangelogs(
  installed: readonly SourceVersion[],
  offered: readonly SourceVersion[],
): readonly WantedChangelog[] {
  const lowest = firstOfEach(installed, compareVersions)
  const newest = firstOfEach(offered, (a, b) => compareVersions(b, a))
  return [...newest]
    .flatMap(([source, version]): WantedChangelog[] => {
      const from = lowest.get(source)
      return from === undefined || compareVersions(version, from) <= 0
        ? []
        : [{ source, version, installed: from }]
    })
    .sort((a, b) => compareText(a.source, b.source))
}

/** For each source package, the version that comes first in this order. */
function firstOfEach(
  all: readonly SourceVersion[],
  compare: (a: string, b: string) => number,
): ReadonlyMap<string, string> {
  const ordered = all.toSorted((a, b) => compare(b.sourceVersion, a.sourceVersion))
  return new Map(ordered.map(({ source, sourceVersion }) => [source, sourceVersion]))
}

const HEADING = /^[a-z0-9][a-z0-9+.-]*\s+\(([^\s()]+)\)\s/i

/**
 * The entries of versions above `version`, as they stand in the file (newest first, deb-changelog(5)). Reading stops at
 * the first entry that is not above it, or whose version is invalid.
 */
export function entriesAbove(changelog: string, version: string) {
  const entries: { version: string; lines: string[] }[] = []
  for (const line of changelog.split('\n')) {
    const heading = HEADING.exec(line)?.[1]
    if (heading !== undefined) {
      if (!isValidVersion(heading) || compareVersions(heading, version) <= 0) {
        break
      }
      entries.push({ version: heading, lines: [] })
    }
    entries.at(-1)?.lines.push(line)
  }
  return entries.map((entry) => ({ version: entry.version, text: `${entry.lines.join('\n').trimEnd()}\n` }))
}

/**
 * debian/changelog in a diff of a source package of format 1.0 (dpkg-source(1)), which adds the whole file;
 * `null` if it does not add it.
 */
export function changelogInDiff(diff: string): string | null {
  const lines = diff.split('\n')
  const start = lines.findIndex((line) => /^\+\+\+ \S+\/debian\/changelog(?:\s|$)/.test(line))
  if (start === -1 || !lines[start + 1]?.startsWith('@@ -0,0 ')) {
    return null
  }
  const added: string[] = []
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('+') || line.startsWith('+++ ')) {
      break
    }
    added.push(line.slice(1))
  }
  return added.length === 0 ? null : `${added.join('\n')}\n`
}

const CHANGELOGS = z.array(z.object({ source: z.string(), text: z.string().nullable() }))

/** The last line of an entry (deb-changelog(5)): its maintainer, two blanks, and a date in the form of RFC 2822. */
const TRAILER =
  /^ -- .* {2}((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4})\s*$/m

/**
 * By source package and version, the earliest day on which a fix in that version could be installed: the date
 * of its changelog entry, which is earlier than the archive. Never later than those of newer versions: if
 * entries are out of order, the earlier day counts, which is stricter. A version without a date has none. Empty if no
 * changelogs were requested.
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
  const earlierDay = days.get(source)
  if (earlierDay?.get(to) === undefined) {
    return null
  }
  const between = [...earlierDay].filter(
    ([version]) => compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
  )
  return between.map(([, day]) => day).sort()[0] ?? null
}

/**
 * Vulnerabilities with the day on which their fix could first be installed, from Debian's changelog of exactly the
 * fixed version. None for packages judged by the rows of another release, or in another package database.
 */
export function withFixDays(findings: readonly Finding[], days: FixDays): Finding[] {
  return findings.map((finding) => {
    if (!isVulnerability(finding) || finding.release !== null || finding.packageDb !== null) {
      return finding
    }
    const { package: source, fixedVersion, installable } = finding
    const day =
      source === null || fixedVersion === null || installable === false
        ? undefined
        : days.get(source)?.get(fixedVersion)
    return day === undefined ? finding : { ...finding, fixDay: day }
  })
}
