import { MAX_OSV_DAYS } from '../feeds/formats/names.js'
import { OSV_BUCKET, type OsvAddress } from '../feeds/osv/get.js'
import type { FeedsRequest } from '../feeds/rate.js'
import { readText } from '../io/files/files.js'
import type { ApplicationWord } from '../policy/gate/application-rows.js'
import { refuse } from '../policy/gate/threshold.js'
import type { Thresholds } from '../policy/gate/thresholds.js'
import { boolean, type Given, input, readerOf, type Type, text } from './row.js'

/** `null`: do without it. */
const source: Type<string | null> = {
  value: 'URL|FILE',
  read: (given) => {
    if (given === '') {
      return refuse('set it to a URL or a file, or to "none" to do without it')
    }
    return given === 'none' ? null : given
  },
  instead: null,
}

/** A second address; empty if none is known, `none` if the known one is not wanted. */
const fallback: Type<string> = { value: 'URL|FILE', read: (given) => given, instead: '' }

/** A folder, or a value that stands for one; empty if unset. */
const folder: Type<string> = {
  value: 'URL|DIR',
  read: (given) =>
    /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(given)
      ? refuse(`${JSON.stringify(given.slice(0, 200))} is not an http(s) URL, a folder or "none"`)
      : given,
  instead: '',
}

/** CISA's own copy, which follows its list within minutes (README of github.com/cisagov/kev-data). */
const KEV_COPY =
  'https://raw.githubusercontent.com/cisagov/kev-data/develop/known_exploited_vulnerabilities.json'

export const FEED_INPUTS = {
  tracker: input(text, {
    value: 'URL|FILE',
    default: 'https://security-tracker.debian.org/tracker/data/json',
    help: "Debian's security tracker data",
    description: "Debian's security tracker data, as a URL or a file.",
  }),
  'tracker-fallback': input(fallback, {
    help: 'second source of the tracker data, used if the first fails',
    description:
      'Second source of the tracker data (URL or file), used if the first fails. Default: none, because Debian offers no second address.',
  }),
  cvss: input(source, {
    default: 'https://nvd.nist.gov/feeds/json/cve/2.0/',
    help: 'source of CVSS ratings: the URL of a folder of NVD feeds, a single feed (URL or file), or none (no ratings)',
    description:
      'Source of CVSS ratings: the URL of the folder that contains the NVD 2.0 feeds, a single NVD 2.0 feed (URL or file), a prebuilt map of CVSS ratings (URL or file; see cvss-map), or none.',
  }),
  'cvss-map': input(text, {
    value: 'URL|FILE',
    help: 'prebuilt map of CVSS ratings, tried before the source in "cvss"; or none (default: the data that the action publishes)',
    description:
      "Prebuilt map of CVE numbers to CVSS ratings, made from the NVD feeds. It is tried first, to avoid downloading the feeds. Set it to a URL, a file, the releases page of a repository that publishes such a map (https://github.com/acme/seaworthy/releases), or none. A map from a releases page is used only if the repository's workflow feeds.yml has attested it. Default: the releases of the action's own repository.",
  }),
  'cvss-fallback': input(fallback, {
    help: 'another source of CVSS ratings, used if both "cvss-map" and "cvss" fail',
    description:
      'Another source of CVSS ratings (URL or file), in any form that "cvss" accepts, used if both "cvss-map" and "cvss" fail. Default: none.',
  }),
  epss: input(source, {
    default: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    help: 'source of EPSS scores, or none',
    description: 'Source of EPSS scores: a URL, a file, or none.',
  }),
  'epss-fallback': input(fallback, {
    help: 'second source of EPSS scores, used if the first fails',
    description: 'Second source of EPSS scores (URL or file), used if the first fails. Default: none.',
  }),
  kev: input(source, {
    default: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    help: "source of CISA's list of exploited vulnerabilities, or none",
    description: "Source of CISA's Known Exploited Vulnerabilities list (KEV): a URL, a file, or none.",
  }),
  'kev-fallback': input(fallback, {
    help: "second source of the KEV list, used if the first fails; or none (default: CISA's copy on GitHub)",
    description:
      'Second source of the KEV list (URL, file, or none), used if the first fails. Default: the copy that CISA keeps on GitHub, unless "kev" is set.',
  }),
  osv: input(folder, {
    default: OSV_BUCKET,
    help: "source of OSV advisories for application packages: OSV's bucket, a URL or folder with the same layout, or none",
    description:
      "OSV advisories for application packages: OSV's bucket, a URL or folder with the same layout (npm/all.zip, …), or none (like application: off in gate.yml).",
  }),
  'osv-map': input(folder, {
    help: 'prebuilt OSV advisory files (URL or folder), tried before the source in "osv"; or none (default: the data that the action publishes)',
    description:
      'Prebuilt OSV advisory files (osv-npm.part.gz, …), tried before the source in "osv". Set it to a URL, a folder, the releases page of a repository that publishes such files (as for cvss-map), or none. Default: the releases of the repository of the action, unless "osv" is changed.',
  }),
  'data-trusted-root': input(text, {
    value: 'FILE',
    help: "file with the trusted root for verifying attestations of published data (default: sigstore's public instance)",
    description:
      "File with the trusted root (gh attestation trusted-root) for attestations of published data. Default: sigstore's public instance.",
  }),
  offline: input(boolean, {
    default: 'false',
    help: 'use cached feeds only',
    description: 'If true, data is read only from cache-dir.',
  }),
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads where the feeds come from.
 * @param held what the policy says about OSV; `null` if it is not used
 * @param env GITHUB_ACTION_REPOSITORY names the repository of the running action, at GITHUB_SERVER_URL: its releases
 * have the data
 */
export function readFeeds(
  given: Given,
  faults: string[],
  env: Environment = process.env,
  held: HeldOsv | null = null,
): FeedsRequest {
  const read = readerOf(FEED_INPUTS, given, faults)
  const [offline, cvss, map, kev] = [read('offline'), read('cvss'), read('cvss-map'), read('kev')]
  const releases = releasesOf(env)
  // It is made from the folder's feeds, and replaces nothing else.
  const before = cvss?.endsWith('/') ? [map || releases] : []
  const kevCopy = kev === FEED_INPUTS.kev.default ? KEV_COPY : ''
  return {
    tracker: read('tracker'),
    trackerFallback: addresses(read('tracker-fallback'))[0] ?? null,
    cvss: cvss === null ? [] : addresses(...before, cvss, read('cvss-fallback')),
    epss: addressesOf(read('epss'), read('epss-fallback')),
    kev: addressesOf(kev, read('kev-fallback') || kevCopy),
    osv: held?.application === 'off' ? [] : osvAddresses(read('osv'), read('osv-map'), releases),
    osvDays: Math.max(MAX_OSV_DAYS, (held?.maxDataAge ?? 0) / 24),
    offline,
    trustedRoot: trustedRootIn(read('data-trusted-root'), faults),
  }
}

/** The text of the file; `null` if none is named. */
function trustedRootIn(path: string, faults: string[]): string | null {
  const content = path === '' ? null : readText(path)
  if (path !== '' && content === null) {
    faults.push(`data-trusted-root: there is no file ${path}`)
  }
  return content
}

/** The parts of the policy that decide about advisories. */
export type HeldOsv = Pick<Thresholds, 'application' | 'maxDataAge'>

/** `none` counts as `application: off`; if the policy does not allow that, the bucket is used anyway. */
function osvAddresses(osv: string, map: string, releases: string | null): readonly OsvAddress[] {
  const base = osv === '' || osv === 'none' ? OSV_BUCKET : osv
  // The published data was made from the bucket's, and replaces nothing else.
  const parts = addresses(map || (base === OSV_BUCKET ? releases : null)).map(
    (one): OsvAddress => ({ base: one, form: 'parts' }),
  )
  return [...parts, { base, form: 'bucket' }]
}

/** What the input `osv` means for applications: without a source, they are not checked. */
export function applicationByOsv(given: Given): ApplicationWord | undefined {
  return given('osv').trim() === 'none' ? 'off' : undefined
}

/** Nothing for a feed that is not wanted, whatever else is set for it. */
function addressesOf(first: string | null, second: string): readonly string[] {
  return first === null ? [] : addresses(first, second)
}

function addresses(...all: readonly (string | null)[]): readonly string[] {
  return all.flatMap((one) => (one === null || one === '' || one === 'none' ? [] : [one]))
}

/**
 * From the server that the runner belongs to: the name of an enterprise server's repository may be a stranger's at
 * github.com.
 */
function releasesOf({
  GITHUB_ACTION_REPOSITORY: repository = '',
  GITHUB_SERVER_URL: server,
}: Environment): string | null {
  const at = server || 'https://github.com'
  if (!/^[\w-]+\/[\w.-]+$/.test(repository) || !/^https:\/\/[\w.:-]+$/.test(at)) {
    return null
  }
  return `${at}/${repository}/releases`
}
