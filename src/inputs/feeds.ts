import { MAX_OSV_DAYS } from '../feeds/formats/names.js'
import { OSV_BUCKET, type OsvAddress } from '../feeds/osv/get.js'
import type { FeedsRequest } from '../feeds/rate.js'
import type { ApplicationWord } from '../policy/gate/application-rows.js'
import { refuse } from '../policy/gate/threshold.js'
import type { Thresholds } from '../policy/gate/thresholds.js'
import { boolean, type Given, input, readerOf, type Type, text } from './row.js'

/** `null`: it is done without. */
const source: Type<string | null> = {
  value: 'URL|FILE',
  read: (given) => {
    if (given === '') {
      return refuse('name a URL or a file, or none to do without it')
    }
    return given === 'none' ? null : given
  },
  instead: null,
}

/** A second address; empty where nobody knows one, `none` where the one that we know is not wanted. */
const fallback: Type<string> = { value: 'URL|FILE', read: (given) => given, instead: '' }

/** A folder, or what stands for one; empty where nothing was said. */
const folder: Type<string> = {
  value: 'URL|DIR',
  read: (given) =>
    /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(given)
      ? refuse(`${JSON.stringify(given.slice(0, 200))} is neither an http(s) URL nor a folder, nor none`)
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
    help: "data of Debian's security tracker",
    description: "Data of Debian's security tracker, as a URL or a file.",
  }),
  'tracker-fallback': input(fallback, {
    help: 'where it is asked for if that fails',
    description:
      "Another URL or file of the tracker's data, for when the first one fails. Empty means there is none: Debian has no second address.",
  }),
  cvss: input(source, {
    default: 'https://nvd.nist.gov/feeds/json/cve/2.0/',
    help: 'ratings of the NVD: its folder of feeds, one feed, or none',
    description:
      'Ratings by CVSS of the NVD, as the address of its folder of feeds in form 2.0, one such feed or a map made of them (URL or file). Or none.',
  }),
  'cvss-map': input(text, {
    value: 'URL|FILE',
    help: 'map made of those feeds, asked first, or none (default: the action publishes it)',
    description:
      "A map made of those feeds (URL or file), which is asked first so that they need not be read. Empty means the one that the action's own repository publishes. Or none.",
  }),
  'cvss-fallback': input(fallback, {
    help: 'where ratings are asked for if both fail',
    description:
      'Another URL or file of ratings, in any form that cvss takes, for when cvss-map and cvss fail. Empty means there is none.',
  }),
  epss: input(source, {
    default: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    help: 'scores of EPSS, or none',
    description: 'Scores of EPSS, as a URL or a file. Or none.',
  }),
  'epss-fallback': input(fallback, {
    help: 'where scores are asked for if that fails',
    description:
      'Another URL or file of scores of EPSS, for when the first one fails. Empty means there is none.',
  }),
  kev: input(source, {
    default: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    help: "CISA's list of exploited vulnerabilities, or none",
    description: "CISA's list of Known Exploited Vulnerabilities, as a URL or a file. Or none.",
  }),
  'kev-fallback': input(fallback, {
    help: "where the list is asked for if that fails, or none (default: CISA's copy at GitHub)",
    description:
      "Another URL or file of the list, for when the first one fails. Empty means CISA's own copy at GitHub where kev is left as it is. Or none.",
  }),
  osv: input(folder, {
    default: OSV_BUCKET,
    help: 'advisories about application packages: OSV’s bucket, a URL or folder in its layout, or none',
    description:
      "Advisories about packages of npm, PyPI, Maven, RubyGems, Go and Composer, as the address of OSV's bucket, or a URL or folder in its layout (npm/all.zip, …). Only what the image has is asked for. Or none, which counts as application: off.",
  }),
  'osv-map': input(folder, {
    help: 'parts made of them, asked first (URL or folder), or none',
    description:
      'URL or folder of parts that were made of these advisories (osv-npm.part.gz, …), which is asked first. Empty means there is none.',
  }),
  offline: input(boolean, {
    default: 'false',
    help: 'ask no server for feeds, use what the cache has',
    description:
      'If true, no server is asked for the tracker and the feeds above. What cache-dir has is used, if nobody else could have written it, and its age is told.',
  }),
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads where the feeds come from.
 * @param held what the policy says of OSV; `null` where nobody asks it
 * @param env GITHUB_ACTION_REPOSITORY names the repository of the action that runs, at GITHUB_SERVER_URL: its release
 * `feeds` has the map
 */
export function readFeeds(
  given: Given,
  faults: string[],
  env: Environment = process.env,
  held: HeldOsv | null = null,
): FeedsRequest {
  const read = readerOf(FEED_INPUTS, given, faults)
  const [offline, cvss, map, kev] = [read('offline'), read('cvss'), read('cvss-map'), read('kev')]
  // It is made of the folder's feeds, and stands in for nothing else.
  const before = cvss?.endsWith('/') ? [map || publishedMap(env)] : []
  const kevCopy = kev === FEED_INPUTS.kev.default ? KEV_COPY : ''
  return {
    tracker: read('tracker'),
    trackerFallback: addresses(read('tracker-fallback'))[0] ?? null,
    cvss: cvss === null ? [] : addresses(...before, cvss, read('cvss-fallback')),
    epss: addressesOf(read('epss'), read('epss-fallback')),
    kev: addressesOf(kev, read('kev-fallback') || kevCopy),
    osv: held?.application === 'off' ? [] : osvAddresses(read('osv'), read('osv-map')),
    osvDays: Math.max(MAX_OSV_DAYS, (held?.maxDataAge ?? 0) / 24),
    offline,
  }
}

/** What of the policy advisories depend on. */
export type HeldOsv = Pick<Thresholds, 'application' | 'maxDataAge'>

/** `none` counts as `application: off`; where the policy does not allow that, the bucket is asked all the same. */
function osvAddresses(osv: string, map: string): readonly OsvAddress[] {
  const base = osv === '' || osv === 'none' ? OSV_BUCKET : osv
  const parts = addresses(map).map((one): OsvAddress => ({ base: one, form: 'parts' }))
  return [...parts, { base, form: 'bucket' }]
}

/** What the input `osv` says of applications: where nobody may be asked, nobody looks. */
export function applicationByOsv(given: Given): ApplicationWord | undefined {
  return given('osv').trim() === 'none' ? 'off' : undefined
}

/** None of a feed that nobody wants, whatever is named beside it. */
function addressesOf(first: string | null, second: string): readonly string[] {
  return first === null ? [] : addresses(first, second)
}

function addresses(...all: readonly (string | null)[]): readonly string[] {
  return all.flatMap((one) => (one === null || one === '' || one === 'none' ? [] : [one]))
}

/** From the server that the runner belongs to: a name of an enterprise server may be a stranger's at github.com. */
function publishedMap({
  GITHUB_ACTION_REPOSITORY: repository = '',
  GITHUB_SERVER_URL: server,
}: Environment): string | null {
  const at = server || 'https://github.com'
  if (!/^[\w-]+\/[\w.-]+$/.test(repository) || !/^https:\/\/[\w.:-]+$/.test(at)) {
    return null
  }
  return `${at}/${repository}/releases/download/feeds/cvss-map.json.gz`
}
