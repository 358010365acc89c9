import type { ArchiveRequest } from '../checks/security-updates/collect.js'
import { hasDays } from '../policy/gate/act-within.js'
import type { Thresholds } from '../policy/gate/thresholds.js'
import { type Given, input, optional, readerOf, url } from './row.js'

export const ARCHIVE_INPUTS = {
  'debian-mirror': input(url, {
    help: "extra mirror of the Debian archive, used alongside Debian's servers and the machine's mirrors",
    description:
      'Extra mirror of the Debian archive; the newest index of all mirrors is used. Default: none.',
  }),
  'debian-security-mirror': input(url, {
    help: "extra mirror of the security archive, used alongside Debian's servers and the machine's mirrors",
    description: 'Extra mirror of the security archive. Default: none.',
  }),
  'cache-dir': input(optional, {
    value: 'DIR',
    help: 'cache directory for archive indexes and feeds (default: ~/.cache/seaworthy)',
    description:
      "Cache directory. In a job, cached feeds count only below RUNNER_TEMP. Default: the user's cache directory.",
  }),
}

/** The parts of the policy that decide what to read from the archive. */
export type HeldDays = Pick<Thresholds, 'actWithin'>

export function readArchiveRequest(given: Given, faults: string[], held: HeldDays | null): ArchiveRequest {
  const read = readerOf(ARCHIVE_INPUTS, given, faults)
  return {
    mirror: read('debian-mirror'),
    securityMirror: read('debian-security-mirror'),
    // If everything is due at once, the days of fixes are not needed.
    fixDays: held !== null && hasDays(held.actWithin),
  }
}
