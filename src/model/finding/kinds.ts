import { pageOfId, START_TEST } from '../bench-ids.js'
import { trackerPage } from '../cve.js'
import { listText } from '../text.js'
import { acceptsPackageName, withNeededKeys } from './accepting-entry.js'
import { type ApplicationFinding, changeText } from './application.js'
import { type BenchFinding, RESULT } from './bench.js'
import { OBSTACLES, type ObstacleFinding, type ObstacleId } from './obstacle.js'
import type { BlocksByPolicy, Description, FindingRow } from './row.js'
import { SUPPORTED, UPDATE, type UpdateFinding, type UpdateId } from './update.js'
import { VULNERABILITY, type Vulnerability } from './vulnerability.js'

/**
 * Every id that we define, and one name each for ids that others define: those of vulnerabilities and of Docker Bench.
 */
export type FindingKind =
  | 'vulnerability'
  | 'application-vulnerability'
  | UpdateId
  | ObstacleId
  | 'bench-result'
  | typeof START_TEST

export type FindingOf<Kind extends FindingKind> = Kind extends ObstacleId
  ? ObstacleFinding<Kind>
  : Kind extends UpdateId
    ? UpdateFinding
    : Kind extends 'vulnerability'
      ? Vulnerability
      : Kind extends 'application-vulnerability'
        ? ApplicationFinding
        : BenchFinding

/**
 * One statement of one check about one subject: its details depend on the check, and for the image as a whole on its
 * id.
 */
export type Finding = FindingOf<FindingKind>

/** `rulings`: the ordered rulings decide; `dictionary`: the expected Docker Bench results. */
interface KindRow<One extends Finding> extends FindingRow<BlocksByPolicy | 'rulings' | 'dictionary'> {
  /** Seaworthy's page about the kind, as a path in its repository; `null` if a page elsewhere says more. */
  readonly page: ((finding: One) => string) | string | null
  /** True if the kind has severities from outside: reports then mention the severity "unknown". */
  readonly rated?: true
  readonly describe: (finding: One) => Description
}

const RESULT_ROW = {
  ...RESULT,
  page: pageOfResult,
  describe: ({ id, ours, counts, dbsTitle }: BenchFinding): Description => ({
    name: 'DockerBenchResult',
    // How it should be, by the source of the result that counts: GitHub shows it as the alert's name.
    title:
      ours === null
        ? `Docker Bench ${id}`
        : `Docker Bench check ${id} expects: ${titleOf(ours, { counts, dbsTitle })}`,
    help:
      ours?.advice ||
      `Resolve the finding for Docker Bench check ${id}, or record the expected result in the dictionary.`,
    helpUri: null,
    subject: `Docker Bench ${id}, expected: ${ours?.title ?? 'as in the dictionary'}`,
    todo: (ours?.advice || `Resolve the finding for Docker Bench check ${id}`).replace(/\.$/, ''),
  }),
} as const

function titleOf(
  { title }: { title: string },
  { counts, dbsTitle }: Pick<BenchFinding, 'counts' | 'dbsTitle'>,
) {
  return counts === null || counts.whose === 'built-in' ? title : (dbsTitle ?? title)
}

/** Text from evidence is used as a path only if it can be the id of a check. */
export function pageOfResult({ id, ours }: Pick<BenchFinding, 'id' | 'ours'>): string {
  const isOurs = ours !== null && (id === START_TEST || /^\d{1,2}\.\d{1,2}$/.test(id))
  return isOurs ? pageOfId(id) : 'docs/docker-bench.md'
}

/** @param isAdvised whether to advise to accept it; VEX does not accept what is in KEV, and removing it is better */
function withoutFix(finding: Vulnerability | ApplicationFinding, name: string, isAdvised: boolean): string {
  const { id, kev } = finding
  return isAdvised && kev !== true && acceptsPackageName(finding)
    ? `No fix exists: remove ${name}, accept ${id}${withNeededKeys(finding)}, or add a VEX statement`
    : `Remove or replace ${name}: ${id} has no fix`
}

function todoOfVulnerability(finding: Vulnerability): string {
  const { id, package: name, fixedVersion, installable, debian, essential } = finding
  if (name === null) {
    return SUPPORTED
  }
  if (essential !== undefined && (fixedVersion === null || installable === false)) {
    const accept = acceptsPackageName(finding) ? `Accept ${id}${withNeededKeys(finding)}` : null
    const fix = fixedVersion === null ? 'there is a fix' : `${fixedVersion} can be installed`
    const todo = accept === null ? `Wait until ${fix}` : `${accept} until ${fix}, or wait`
    return `${todo}: ${listText(essential)} cannot be removed (Essential)`
  }
  if (fixedVersion === null) {
    return withoutFix(finding, name, debian !== null)
  }
  return installable === false
    ? `Remove or replace ${name}: ${fixedVersion}, which fixes ${id}, cannot be installed`
    : `Update ${name} to ${fixedVersion} or later`
}

const OSV = 'https://osv.dev/'

/** OSV's page of a record; ids are text from outside. */
export function osvPage(id: string): string {
  return /^[A-Za-z][\w.-]{0,99}$/.test(id) ? `${OSV}vulnerability/${id}` : OSV
}

function todoOfApplication(finding: ApplicationFinding): string {
  const { id, package: name, fixedVersion, settles, malware } = finding
  if (malware) {
    return `Remove ${name}, and treat everything that it could access as compromised: it is malicious according to ${id}`
  }
  if (fixedVersion === null) {
    return withoutFix(finding, name, true)
  }
  return `${changeText(finding)}: use ${name} ${settles ?? fixedVersion} or later`
}

/**
 * One row for each finding id that we define. An id without a row does not compile. A new one is thought through
 * here: whether it blocks, which line it gets, what reports say about it.
 */
export const KINDS = {
  vulnerability: {
    ...VULNERABILITY,
    describe: (finding) => ({
      name: 'KnownVulnerability',
      title: `${finding.id} in ${finding.package ?? 'the image'}`,
      help: 'Update the package if a fix can be installed; otherwise remove it, or accept it in the whitelist for a limited time.',
      helpUri: trackerPage(finding.id),
      subject: `${finding.id}: ${finding.id}`,
      todo: todoOfVulnerability(finding),
    }),
  },
  'application-vulnerability': {
    ...VULNERABILITY,
    describe: (finding) => ({
      name: finding.malware ? 'MaliciousPackage' : 'KnownVulnerability',
      title: `${finding.id} in ${finding.package}`,
      help: 'Use a version that is not affected; otherwise remove the package, or accept it in the whitelist for a limited time.',
      helpUri: osvPage(finding.own) === OSV ? null : osvPage(finding.own),
      subject: `${finding.id}: ${finding.id}`,
      todo: todoOfApplication(finding),
    }),
  },
  'security-update': { ...UPDATE, blocks: 'always' },
  'ordinary-update': { ...UPDATE, blocks: 'any-update' },
  ...OBSTACLES,
  'bench-result': RESULT_ROW,
  [START_TEST]: RESULT_ROW,
} as const satisfies {
  readonly [Kind in FindingKind]: KindRow<FindingOf<Kind>> & Pick<FindingOf<Kind>, 'check'>
}

export function kindOf(finding: Finding): FindingKind {
  if ('purl' in finding) {
    return 'application-vulnerability'
  }
  if (finding.check === RESULT.check) {
    return finding.id === START_TEST ? START_TEST : 'bench-result'
  }
  return 'details' in finding || finding.check === UPDATE.check ? finding.id : 'vulnerability'
}

function rowOf(finding: Finding): KindRow<Finding> {
  // The compiler cannot see that the row found by a finding takes that finding.
  return KINDS[kindOf(finding)] as KindRow<never> as KindRow<Finding>
}

export function describe(finding: Finding): Description {
  return rowOf(finding).describe(finding)
}

export function isRated(finding: Finding): boolean {
  return rowOf(finding).rated === true
}

/** The page about a finding, `docs/findings/docker-bench.md#check-41`; `null` if a page elsewhere says more. */
export function pageOf(finding: Finding): string | null {
  const { page } = rowOf(finding)
  return typeof page === 'function' ? page(finding) : page
}
