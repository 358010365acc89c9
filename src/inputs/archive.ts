import type { ArchiveRequest } from '../checks/security-updates/collect.js'
import { hasDays } from '../policy/gate/act-within.js'
import type { Thresholds } from '../policy/gate/thresholds.js'
import { type Given, input, optional, readerOf, url } from './row.js'

export const ARCHIVE_INPUTS = {
  'debian-mirror': input(url, {
    help: "extra mirror of the Debian archive, used alongside Debian's servers and the machine's mirrors",
    description:
      "Extra mirror of the Debian archive. The gate also uses deb.debian.org, the machine's own mirrors, and any of the image's mirrors that are on Debian hosts. It uses the newest index that it finds.",
  }),
  'debian-security-mirror': input(url, {
    help: "extra mirror of the security archive, used alongside Debian's servers and the machine's mirrors",
    description:
      "Extra mirror of the security archive. The gate also uses security.debian.org, the machine's own mirrors, and any of the image's mirrors that are on Debian hosts. It uses the newest index that it finds.",
  }),
  'cache-dir': input(optional, {
    value: 'DIR',
    help: 'cache directory for archive indexes and feeds (default: ~/.cache/seaworthy)',
    description:
      "Cache directory for archive indexes, the tracker and feeds. Cached feeds are used only if nobody else can write to the directory; in a job, use a directory under RUNNER_TEMP. Default: the user's cache directory.",
  }),
}

/** The parts of the policy that decide what to read from the archive. */
export type HeldDays = Pick<Thresholds, 'actWithin'>

/** How Debian's archive is read; errors go to `faults`. */
export function readArchiveRequest(given: Given, faults: string[], held: HeldDays | null): ArchiveRequest {
  const read = readerOf(ARCHIVE_INPUTS, given, faults)
  return {
    mirror: read('debian-mirror'),
    securityMirror: read('debian-security-mirror'),
    // If everything is due at once, the days of fixes are not needed.
    fixDays: held !== null && hasDays(held.actWithin),
  }
}
