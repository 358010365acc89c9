import type { Finding } from '../../model/finding/index.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import { globMatches, imageMatches } from '../glob.js'
import type { WhitelistEntry } from '../policy.js'
import { ANY_ID } from './rules.js'

/** What an entry's `images` and `releases` are compared with. */
export interface Subject {
  /** As the user gave it. */
  readonly reference: string
  /** Codename of its release; `null`: not known. */
  readonly codename: string | null
}

/** What of a finding an entry names. */
export type Named = Pick<Finding, 'check' | 'id' | 'package'>

/** True while the entry holds: its last day still counts. Both are YYYY-MM-DD, UTC. */
export function isLive(entry: WhitelistEntry, today: string): boolean {
  return today <= entry.expires
}

/** True if the entry's `images` and `releases` let it speak of this image. */
export function isFor(entry: WhitelistEntry, image: Subject): boolean {
  return (
    (entry.releases === null || (image.codename !== null && entry.releases.includes(image.codename))) &&
    (entry.images === null || entry.images.some((pattern) => imageMatches(pattern, image.reference)))
  )
}

/** True if the entry is about this finding of that image, whatever its date and `max-severity`. */
export function isAbout(entry: WhitelistEntry, finding: Named, image: Subject): boolean {
  return (
    entry.check === finding.check &&
    (entry.id === ANY_ID || entry.id === finding.id) &&
    (entry.package === null || (finding.package !== null && globMatches(entry.package, finding.package))) &&
    isFor(entry, image)
  )
}

/**
 * True if the entry accepts the finding in that image on that day, `max-severity` included. Whether the finding
 * is in KEV is not looked at: that is the judge's first ruling.
 */
export function covers(
  entry: WhitelistEntry,
  finding: Named & Pick<Finding, 'severity'>,
  image: Subject,
  today: string,
): boolean {
  return isLive(entry, today) && isAbout(entry, finding, image) && accepts(entry, finding.severity)
}

/**
 * What nobody has rated may be anything: only an entry that accepts everything accepts it. Only vulnerabilities
 * are rated by others; in the other checks `unknown` says nothing.
 */
function accepts(entry: WhitelistEntry, severity: Severity): boolean {
  if (severity === 'unknown') return entry.maxSeverity === 'critical' || entry.check !== 'clair'
  return compareSeverity(severity, entry.maxSeverity) <= 0
}
