import type { ArchiveRequest } from '../checks/security-updates/collect.js'
import { isUrl } from '../feeds/document.js'
import { OSV_BUCKET, type OsvLocation } from '../feeds/osv/get.js'
import { isReleases } from '../feeds/published/released.js'
import type { FeedsRequest } from '../feeds/rate.js'
import { exists, readText } from '../io/files/files.js'
import { MAX_OSV_DAYS } from '../model/index.js'
import { hasDays } from '../policy/gate/act-within.js'
import type { ApplicationMode } from '../policy/gate/base-rows.js'
import { refuse } from '../policy/gate/threshold.js'
import { DEFAULT_GATE, type Thresholds, treatedPrograms } from '../policy/gate/thresholds.js'
import { boolean, input, optional, type ReadInput, readerOf, type Type, text, url } from './row.js'

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
export type DaysPolicy = Pick<Thresholds, 'actWithin'>

export function readArchiveRequest(
  inputs: ReadInput,
  errors: string[],
  policy: DaysPolicy | null,
): ArchiveRequest {
  const read = readerOf(ARCHIVE_INPUTS, inputs, errors)
  return {
    mirror: read('debian-mirror'),
    securityMirror: read('debian-security-mirror'),
    offline: readerOf(FEED_INPUTS, inputs, errors)('offline'),
    // If everything is due at once, the days of fixes are not needed.
    fixDays: policy !== null && hasDays(policy.actWithin),
  }
}

/** `null`: do without it. */
const source: Type<string | null> = {
  value: 'URL|FILE',
  read: (inputs) => {
    if (inputs === '') {
      return refuse('set it to a URL or a file, or to "none" to do without it')
    }
    return inputs === 'none' ? null : inputs
  },
  instead: null,
}

/** A URL only if its data is attested; empty if unset. */
const published: Type<string> = {
  value: 'URL|DIR',
  read: (inputs) =>
    isUrl(inputs) && !isReleases(inputs)
      ? refuse(
          `${JSON.stringify(inputs.slice(0, 200))} is not the releases page of a repository (https://github.com/acme/seaworthy/releases), so nothing attests its data`,
        )
      : inputs,
  instead: '',
}

/** A folder, or a keyword in place of one; empty if unset. */
const folder: Type<string> = {
  value: 'URL|DIR',
  read: (inputs) =>
    /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(inputs)
      ? refuse(`${JSON.stringify(inputs.slice(0, 200))} is not an http(s) URL, a folder or "none"`)
      : inputs,
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
  cvss: input(source, {
    default: 'https://nvd.nist.gov/feeds/json/cve/2.0/',
    help: 'source of CVSS ratings: the URL of a folder of NVD feeds, a single feed (URL or file), or none (no ratings)',
    description:
      'Source of CVSS ratings: the URL of the folder that contains the NVD 2.0 feeds, a single NVD 2.0 feed (URL or file), a map of ratings made from them, or none.',
  }),
  epss: input(source, {
    default: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    help: 'source of EPSS scores, or none',
    description: 'Source of EPSS scores: a URL, a file, or none.',
  }),
  kev: input(source, {
    default: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    help: "source of CISA's list of exploited vulnerabilities, or none",
    description: "Source of CISA's Known Exploited Vulnerabilities list (KEV): a URL, a file, or none.",
  }),
  osv: input(folder, {
    default: OSV_BUCKET,
    help: "source of OSV advisories for application packages: OSV's bucket, a URL or folder with the same layout, or none",
    description:
      "OSV advisories for application packages: OSV's bucket, a URL or folder with the same layout (npm/all.zip, …), or none (like application: off in gate.yml).",
  }),
  data: input(published, {
    help: 'the published data file: a repository\'s releases, a folder of "seaworthy feeds export", or none (default: the releases of the action)',
    description:
      'Published data: the releases page of a repository, whose attestation is verified, a folder of "seaworthy feeds export", or none. First source of CVSS and OSV, unless these are set, and second of the tracker, EPSS and KEV. Default: the releases of this action.',
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
 * @param policy the policy's settings for OSV; `null` if OSV is not used
 * @param env GITHUB_ACTION_REPOSITORY names the repository of the running action, at GITHUB_SERVER_URL: its releases
 * have the data
 */
export function readFeeds(
  inputs: ReadInput,
  errors: string[],
  env: Environment = process.env,
  policy: OsvPolicy | null = null,
): FeedsRequest {
  const read = readerOf(FEED_INPUTS, inputs, errors)
  const offline = read('offline')
  const [cvss, epss, kev, osv] = [read('cvss'), read('epss'), read('kev'), read('osv')]
  const data = dataOf(read('data'), env, errors)
  const second = addresses(data)
  return {
    tracker: read('tracker'),
    published: data,
    publishedHours: policy?.maxDataAge ?? DEFAULT_GATE.maxDataAge,
    // The published data (`data`) were made from the NVD's feeds, so they come before those. Sources of scores and of
    // KEV come before the data.
    cvss: cvss === null ? [] : cvss === FEED_INPUTS.cvss.default ? [...second, cvss] : [cvss],
    epss: epss === null ? [] : [epss, ...second],
    kev: kev === null ? [] : [kev, ...(kev === FEED_INPUTS.kev.default ? [KEV_COPY] : []), ...second],
    ...osvIn(policy, osvAddresses(osv, data)),
    osvDays: Math.max(MAX_OSV_DAYS, (policy?.maxDataAge ?? 0) / 24),
    offline,
    trustedRoot: trustedRootIn(read('data-trusted-root'), errors),
  }
}

/** `null` if it is not wanted, or not known. */
function dataOf(path: string, env: Environment, errors: string[]): string | null {
  if (path === '' || path === 'none') {
    return path === '' ? releasesOf(env) : null
  }
  if (!isUrl(path) && !exists(path)) {
    errors.push(`data: there is no folder ${JSON.stringify(path)}`)
  }
  return path
}

/** The text of the file; `null` if none is named. */
function trustedRootIn(path: string, errors: string[]): string | null {
  const content = path === '' ? null : readText(path)
  if (path !== '' && content === null) {
    errors.push(`data-trusted-root: there is no file ${path}`)
  }
  return content
}

/** The parts of the policy that decide about advisories. */
export type OsvPolicy = Pick<Thresholds, 'application' | 'programs' | 'maxDataAge'>

/** Advisories are read for what the policy wants to be judged. */
function osvIn(policy: OsvPolicy | null, all: readonly OsvLocation[]): Pick<FeedsRequest, 'osv' | 'osvFor'> {
  const withoutPackages = policy?.application === 'off'
  const withoutPrograms = policy !== null && treatedPrograms(policy) === 'off'
  if (withoutPackages === withoutPrograms) {
    return { osv: withoutPackages ? [] : all }
  }
  return { osv: all, osvFor: withoutPackages ? 'programs' : 'packages' }
}

/** `none` counts as `application: off`; if the policy does not allow that, the bucket is used anyway. */
function osvAddresses(osv: string, data: string | null): readonly OsvLocation[] {
  const base = osv === '' || osv === 'none' ? OSV_BUCKET : osv
  const first = base === OSV_BUCKET ? addresses(data) : []
  return [...first.map((one) => ({ base: one, form: 'parts' as const })), { base, form: 'bucket' }]
}

/** What the input `osv` means for applications: without a source, they are not checked. */
export function applicationByOsv(inputs: ReadInput): ApplicationMode | undefined {
  return inputs('osv').trim() === 'none' ? 'off' : undefined
}

function addresses(one: string | null): readonly string[] {
  return one === null ? [] : [one]
}

/**
 * From the server that the runner belongs to: the name of an enterprise server's repository may be a stranger's at
 * github.com.
 */
function releasesOf(env: Environment): string | null {
  const repository = env.GITHUB_ACTION_REPOSITORY ?? ''
  const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com'
  const isKnown = /^[\w-]+\/[\w.-]+$/.test(repository) && /^https:\/\/[\w.:-]+$/.test(serverUrl)
  return isKnown ? `${serverUrl}/${repository}/releases` : null
}
