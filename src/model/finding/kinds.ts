import { START_TEST } from '../bench-ids.js'
import type { CheckId } from '../checks.js'
import type { BenchFinding } from './bench.js'
import type { ObstacleFinding, ObstacleId } from './obstacle.js'
import type { UpdateFinding, UpdateId } from './update.js'
import type { Vulnerability } from './vulnerability.js'

/** Every id that we make, and one name each for the ids that others make: those of vulnerabilities and of Docker Bench. */
export type FindingKind = 'vulnerability' | UpdateId | ObstacleId | 'bench-result' | typeof START_TEST

export type FindingOf<Kind extends FindingKind> = Kind extends ObstacleId
  ? ObstacleFinding<Kind>
  : Kind extends UpdateId
    ? UpdateFinding
    : Kind extends 'vulnerability'
      ? Vulnerability
      : BenchFinding

/** One statement of one check about one subject: what it knows goes by the check, and of the release by its id. */
export type Finding = FindingOf<FindingKind>

/**
 * When it keeps an image from release, unless an entry accepts it.
 * - `any-update`: where the kind of the release waits for any update (`releases`).
 * - `stable`: where `require-release` is `stable`; `unless-supported`: there, and where Debian has left the release.
 * - `allowed-bases`: where the policy names the bases.
 * - `rulings`: the ordered rulings decide; `dictionary`: what is expected of Docker Bench.
 */
type BlocksByPolicy = 'always' | 'never' | 'any-update' | 'stable' | 'unless-supported' | 'allowed-bases'
type Blocks = BlocksByPolicy | 'rulings' | 'dictionary'

/** What it is about, which says where a person has to look: what brought a package, FROM, a source of apt, … */
type About = 'package' | 'release' | 'sources' | 'dpkg' | 'base' | 'result'

/** What programs and people are told of a kind, whatever the one finding says. Not escaped. */
export interface Description {
  /** Name of its rule in SARIF. */
  readonly name: string
  /** What is wrong, or of a result how it should be. */
  readonly title: string
  readonly help: string
  /** Where others write about it. */
  readonly helpUri: string
  /** Its subject, where it is about no package. */
  readonly subject: string
  /** What to do, as an order. */
  readonly todo: string
}

interface KindRow<One extends Finding> {
  readonly check: CheckId
  readonly blocks: Blocks
  readonly about: About
  /** Our page about it, by its path in our repository; `null` where there is more to be read elsewhere. */
  readonly page: ((finding: One) => string) | string | null
  /** True where that page is about nothing else. */
  readonly ownPage?: true
  /** True where others rate it: then "unknown" is worth a word. */
  readonly rated?: true
  readonly describe: (finding: One) => Description
}

const UPDATES_PAGE = 'docs/findings/security-updates.md'
const SECURITY_PAGE = 'https://www.debian.org/security/'
const SUPPORTED = 'Build on a release that Debian supports'

const UPDATE = {
  check: 'security-updates',
  about: 'package',
  page: UPDATES_PAGE,
  describe: ({ id }: UpdateFinding): Description => ({
    name: 'MissingUpdate',
    title: 'A package is older than the one in Debian’s archive',
    help: 'Update the package, or build anew on a current base image.',
    helpUri: SECURITY_PAGE,
    subject: `${id}: ${id}`,
    todo: SUPPORTED,
  }),
} as const

/** @param todo what to do about it, in words that need nothing of the finding */
function release(about: About, blocks: BlocksByPolicy, todo = SUPPORTED) {
  const row = { check: 'security-updates', about, blocks, page: UPDATES_PAGE } as const
  return { ...row, describe: (finding: ObstacleFinding) => ofImage(finding, todo) }
}

function ofImage({ id, why }: ObstacleFinding, todo: string): Description {
  return {
    name: 'DebianRelease',
    title: why,
    help: 'Build on the current stable release of Debian, with its security suite among the sources of apt.',
    helpUri: SECURITY_PAGE,
    subject: `${why}: ${id}`,
    todo,
  }
}

const RESULT = {
  check: 'docker-bench',
  blocks: 'dictionary',
  about: 'result',
  page: pageOfResult,
  ownPage: true,
  describe: ({ id, ours, ...finding }: BenchFinding): Description => ({
    name: 'DockerBenchResult',
    // How it should be, by whose result counts: GitHub shows it as the name of the alert.
    title: ours === null ? `Docker Bench ${id}` : `Expected by Docker Bench ${id}: ${titleOf(ours, finding)}`,
    help: ours?.advice || `Settle ${id} of Docker Bench, or say in the dictionary what is expected.`,
    helpUri: 'https://github.com/docker/docker-bench-security',
    subject: `Docker Bench ${id}, expected: ${ours?.title ?? 'as in the dictionary'}`,
    todo: (ours?.advice || `Settle ${id} of Docker Bench`).replace(/\.$/, ''),
  }),
} as const

function titleOf(
  { title }: { title: string },
  { counts, dbsTitle }: Pick<BenchFinding, 'counts' | 'dbsTitle'>,
) {
  return counts?.whose === 'docker-bench' ? (dbsTitle ?? title) : title
}

/** What evidence names is taken for a path only where it can be the id of a check. */
function pageOfResult({ id, ours }: BenchFinding): string {
  const isOurs = ours !== null && (id === START_TEST || /^\d{1,2}\.\d{1,2}$/.test(id))
  return `docs/findings/${isOurs ? `bench-${id.replace('.', '-')}` : 'docker-bench'}.md`
}

/**
 * One row for each finding id that we make. An id without a row does not compile; a new one is thought through here:
 * whether it blocks, where it is laid, what is said of it.
 */
export const KINDS = {
  vulnerability: {
    check: 'clair',
    blocks: 'rulings',
    about: 'package',
    page: null,
    rated: true,
    describe: ({ id, package: name }) => ({
      name: 'KnownVulnerability',
      title: `${id} in ${name ?? 'the image'}`,
      help: 'Update the package if a fix can be installed; else remove it, or accept it for a time in the whitelist.',
      helpUri: /^CVE-\d{4}-\d{4,19}$/.test(id)
        ? `https://security-tracker.debian.org/tracker/${id}`
        : 'https://security-tracker.debian.org/tracker/',
      subject: `${id}: ${id}`,
      todo: name === null ? SUPPORTED : `Remove or replace ${name}: ${id} has no fix`,
    }),
  },
  'security-update': { ...UPDATE, blocks: 'always' },
  'ordinary-update': { ...UPDATE, blocks: 'any-update' },
  // What is odd about the sources is noted: what they hide is found all the same.
  'no-security-source': release('sources', 'never'),
  'hidden-security-updates': release('sources', 'never'),
  'updates-main-component': release('sources', 'never'),
  'expired-source': release('sources', 'never'),
  'snapshot-source': release('sources', 'never'),
  'mixed-releases': release('sources', 'never'),
  // What a release is to Debian blocks whatever the packages are.
  'end-of-life': release('release', 'always'),
  'archived-release': release('release', 'always'),
  'unknown-release': release('release', 'always'),
  'testing-or-unstable': release('release', 'always'),
  'not-current-stable': {
    ...release('release', 'unless-supported'),
    describe: (finding) => ofImage(finding, `Build on ${finding.details.stable}, the current stable`),
  },
  'stable-not-known': release('release', 'stable', 'Find out which release is the current stable'),
  'dpkg-broken': release('dpkg', 'never'),
  // docs/decisions/0012-base-image.md
  'unofficial-base': release('base', 'allowed-bases', 'Build on a base that allowed-bases names'),
  'base-label-contradicted': release('base', 'allowed-bases', 'Correct the label that names the base'),
  'base-not-known': release('base', 'allowed-bases', 'Prove what the image is built on'),
  'base-moved-on': release('base', 'never'),
  'bench-result': RESULT,
  [START_TEST]: RESULT,
} as const satisfies { readonly [Kind in FindingKind]: KindRow<FindingOf<Kind>> }

export function kindOf(finding: Finding): FindingKind {
  switch (finding.check) {
    case 'clair':
      return 'vulnerability'
    case 'docker-bench':
      return finding.id === START_TEST ? START_TEST : 'bench-result'
    case 'security-updates':
      return finding.id
  }
}

function rowOf(finding: Finding): KindRow<Finding> {
  // The compiler cannot see that the row found by a finding takes that finding.
  return KINDS[kindOf(finding)] as KindRow<never> as KindRow<Finding>
}

/** What programs and people are told of it beside its ruling. */
export function describe(finding: Finding): Description {
  return rowOf(finding).describe(finding)
}

/** True of vulnerabilities, which others rate; nobody rates a missing USER. */
export function isRated(finding: Finding): boolean {
  return rowOf(finding).rated === true
}

/** `docs/findings/bench-4-1.md`; `null` where there is more to be read elsewhere. */
export function pageOf(finding: Finding): string | null {
  const { page } = rowOf(finding)
  return typeof page === 'function' ? page(finding) : page
}

/** The page that is about nothing else than this kind; `null` where there is none. */
export function ownPageOf(finding: Finding): string | null {
  return rowOf(finding).ownPage === true ? pageOf(finding) : null
}
