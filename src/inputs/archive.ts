import type { ArchiveRequest } from '../checks/security-updates/collect.js'
import { boolean, type Given, input, inSeconds, optional, readerOf, url } from './row.js'

export const ARCHIVE_INPUTS = {
  'debian-mirror': input(url, {
    help: "mirror of the Debian archive, alongside the machine's and Debian's own",
    description:
      "Mirror of the Debian archive. The machine's own mirrors, deb.debian.org, and those on Debian's hosts that the image names are asked too: the newest counts.",
  }),
  'debian-security-mirror': input(url, {
    help: "mirror of the security archive, alongside the machine's and Debian's own",
    description:
      "Mirror of the security archive. The machine's own mirrors, security.debian.org, and those on Debian's hosts that the image names are asked too: the newest counts.",
  }),
  'cache-dir': input(optional, {
    value: 'DIR',
    help: 'where archive indexes and feeds are kept between runs (default: ~/.cache/seaworthy)',
    description:
      "Where archive indexes, the tracker and feeds are kept between runs. Feeds count only where nobody else could have written them, which in a job is below RUNNER_TEMP. Empty means the user's cache folder.",
  }),
  changelogs: input(boolean, {
    default: 'false',
    help: "where the tracker can't be had, read the CVEs of updates from changelogs",
    description:
      'true: where the tracker cannot be had, the CVEs of updates are read from the changelogs of source packages.',
  }),
  'download-timeout': input(inSeconds(), {
    default: '120',
    help: "limit of each download from Debian: the archive's indexes, the security tracker",
    description:
      "Seconds that each download from Debian may take, of the archive's indexes and of the security tracker.",
  }),
}

/** How Debian's archive is read; what is wrong goes to `faults`. */
export function readArchiveRequest(given: Given, faults: string[]): ArchiveRequest {
  const read = readerOf(ARCHIVE_INPUTS, given, faults)
  return {
    mirror: read('debian-mirror'),
    securityMirror: read('debian-security-mirror'),
    changelogs: read('changelogs'),
  }
}
