import type { ArchiveRequest } from '../checks/security-updates/collect.js'
import { hasDays } from '../policy/gate/act-within.js'
import type { Thresholds } from '../policy/gate/thresholds.js'
import { boolean, type Given, input, inSeconds, optional, readerOf, url } from './row.js'

export const ARCHIVE_INPUTS = {
  'debian-mirror': input(url, {
    help: "mirror of the Debian archive, in addition to the machine's and Debian's own",
    description:
      "Mirror of the Debian archive. The gate also uses deb.debian.org, the machine's own mirrors, and those of the image's mirrors that are on Debian hosts. The newest index counts.",
  }),
  'debian-security-mirror': input(url, {
    help: "mirror of the security archive, in addition to the machine's and Debian's own",
    description:
      "Mirror of the security archive. The gate also uses security.debian.org, the machine's own mirrors, and those of the image's mirrors that are on Debian hosts. The newest index counts.",
  }),
  'cache-dir': input(optional, {
    value: 'DIR',
    help: 'cache for archive indexes and feeds (default: ~/.cache/seaworthy)',
    description:
      "Cache for archive indexes, the tracker and feeds. Cached feeds are used only from a directory that nobody else can write to; in a job, use one below RUNNER_TEMP. Default: the user's cache directory.",
  }),
  changelogs: input(boolean, {
    default: 'false',
    help: 'if the tracker is unavailable, read from changelogs which CVEs an update fixes',
    description:
      'If true and the tracker is unavailable, the gate reads the changelogs of source packages to find out which CVEs an update fixes.',
  }),
  'download-timeout': input(inSeconds(), {
    default: '120',
    help: 'time limit for each download of an archive index or the security tracker',
    description: 'Time limit in seconds for each download of an archive index or the security tracker.',
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
    changelogs: read('changelogs'),
    // If everything is due at once, the days of fixes are not needed.
    fixDays: held !== null && hasDays(held.actWithin),
  }
}
