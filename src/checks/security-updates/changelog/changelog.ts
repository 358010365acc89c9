import { compareVersions, isValidVersion } from '../../../debian/version.js'

/** One entry of a Debian changelog (deb-changelog(5)). */
export interface ChangelogEntry {
  readonly version: string
  readonly text: string
}

/** A source package whose changelog may show since when a fix can be installed. */
export interface WantedChangelog {
  readonly source: string
  /** The version of the source package in the security archive. */
  readonly version: string
  /** The lowest installed version: older entries are not needed. */
  readonly installed: string
}

interface Built {
  readonly source: string
  readonly sourceVersion: string
}

/** Source packages with a newer version in the security archive than the installed one, each once, sorted. */
export function wantedChangelogs(
  installed: readonly Built[],
  offered: readonly Built[],
): readonly WantedChangelog[] {
  const lowest = new Map<string, string>()
  for (const { source, sourceVersion } of installed) {
    const known = lowest.get(source)
    if (known === undefined || compareVersions(sourceVersion, known) < 0) {
      lowest.set(source, sourceVersion)
    }
  }
  const wanted = new Map<string, WantedChangelog>()
  for (const { source, sourceVersion: version } of offered) {
    const own = lowest.get(source)
    if (own === undefined || compareVersions(version, own) <= 0) {
      continue
    }
    const known = wanted.get(source)
    if (known === undefined || compareVersions(version, known.version) > 0) {
      wanted.set(source, { source, version, installed: own })
    }
  }
  return [...wanted.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
}

const HEADING = /^[a-z0-9][a-z0-9+.-]*\s+\(([^\s()]+)\)\s/i

/** The entries above a version, newest first, as they stand in the file; what is below the first other one is left. */
export function entriesAbove(changelog: string, version: string): readonly ChangelogEntry[] {
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
