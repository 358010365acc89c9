import * as z from 'zod'
import { judgedAs } from '../../../debian/signed.js'
import type { Tracker } from '../../../debian/tracker.js'
import { compareVersions } from '../../../debian/version.js'
import type { Evidence } from '../../../model/evidence.js'
import type { Pending } from '../apt/pending.js'
import { incomplete } from '../archive/document.js'
import { cvesNamed } from './changelog.js'

/**
 * CVEs that an update fixes, according to Debian's security tracker: those of its source package whose fixed
 * version in this release is above the installed one and not above the candidate's (deb-version(7)). Sorted.
 * @param tracker rows of the release; `null` if the tracker could not be read
 * @returns `null` if it is not known: no tracker, or the candidate is built from another source package
 */
export function cvesOf(
  { known, candidate }: Pending,
  tracker: Tracker | null,
  codename: string,
): readonly string[] | null {
  if (tracker === null) {
    return null
  }
  const { package: installed } = known.installed
  const { version, source, sourceVersion } = candidate.version
  const after = new Map(
    judgedAs({ ...installed, version, source, sourceVersion }).map((one) => [one.source, one.sourceVersion]),
  )
  const both = judgedAs(installed).flatMap((one) => {
    const to = after.get(one.source)
    return to === undefined ? [] : [{ source: one.source, from: one.sourceVersion, to }]
  })
  if (both.length === 0) {
    return null
  }
  const ids = both.flatMap((one) =>
    [...(tracker.get(one.source) ?? [])].flatMap(([id, { releases }]) =>
      isCve(id) && isBetween(releases.get(codename)?.fixedVersion ?? null, one.from, one.to) ? [id] : [],
    ),
  )
  return [...new Set(ids)].sort()
}

const CHANGELOGS = z.array(z.object({ source: z.string(), version: z.string(), text: z.string().nullable() }))

/** A changelog as in the evidence; `version` is that of the source package that it was taken from. */
export type KnownChangelog = Readonly<z.infer<typeof CHANGELOGS>[number]>

/** None if they were not requested. @throws SeaworthyError `evidence-incomplete` */
export function readChangelogs({ documents }: Evidence): readonly KnownChangelog[] {
  const text = Object.hasOwn(documents, 'changelogs.json') ? documents['changelogs.json'] : undefined
  if (text === undefined) {
    return []
  }
  try {
    return CHANGELOGS.parse(JSON.parse(text))
  } catch {
    throw incomplete('changelogs.json is not in the expected format', 'changelogs.json')
  }
}

/**
 * The same from the changelog of the candidate's source package: the CVEs in its entries above the installed
 * version.
 * @returns `null` if no changelog of exactly that version was read
 */
export function cvesInChangelogs(
  { known, candidate }: Pending,
  changelogs: readonly KnownChangelog[],
): readonly string[] | null {
  const { source, sourceVersion: from } = known.installed.package
  const { sourceVersion: to } = candidate.version
  if (candidate.version.source !== source) {
    return null
  }
  const text = changelogs.find((one) => one.source === source && one.version === to)?.text ?? null
  return text === null ? null : cvesNamed(text, from, to)
}

/** The tracker also has its own names (`TEMP-…`) for vulnerabilities without a CVE yet. */
function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,19}$/.test(id)
}

/** `0` means "never affected" in the tracker. */
function isBetween(fixed: string | null, from: string, to: string): boolean {
  if (fixed === null || fixed === '0') {
    return false
  }
  return compareVersions(fixed, from) > 0 && compareVersions(fixed, to) <= 0
}
