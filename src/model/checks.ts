import { ACCOUNT_KINDS, CREDENTIAL_KINDS, NOTED_CREDENTIAL_KINDS } from './credentials/credential.js'
import { APPLICATION_KIND_IDS, UNREAD_KINDS } from './packages/application.js'

/**
 * https://cve.mitre.org/cve/identifiers/syntaxchange.html; the ids that Debian's tracker uses before there is a CVE;
 * and the ids of Clair's other updaters (claircore, updater/osv: Go, Maven, npm, PyPI, RubyGems).
 */
export const VULNERABILITY_ID =
  /^(?:CVE-\d{4}-\d{4,}|TEMP-\d{7}-[0-9A-F]{6}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|MAL|PYSEC)-\d{4}-\d+)$/

/** Programs that are not from any package or known source (model/packages/account.ts). */
const UNOWNED_ID = 'unowned-program'
/** A program whose branch has ended (model/finding/program-rows.ts). */
const PROGRAM_END_ID = 'program-end-of-life'
const UNEXAMINED_ID = new RegExp(
  `^(?:not-examined-(?:${APPLICATION_KIND_IDS.join('|')})|${UNOWNED_ID}|${PROGRAM_END_ID})$`,
)

/** Former ids, from when some programs had kinds of their own, with the program of each. */
const FORMER_IDS: ReadonlyMap<string, string> = new Map([
  ['not-examined-nodejs', 'node'],
  ['not-examined-cpython', 'python'],
  ['not-examined-ruby', 'ruby'],
  ['not-examined-php', 'php'],
  ['not-examined-jdk', 'openjdk'],
])

/** True for a finding about what was not examined, or is no longer maintained: it has no rating. */
export function isUnexamined(check: CheckId, id: string): boolean {
  return UNEXAMINED_ID.test(id) && CHECKS[check].entries.id.test(id)
}

/** The program that a former id (`FORMER_IDS`) was about; `null` for any other id. */
export function formerProgram(check: CheckId, id: string): string | null {
  return isUnexamined(check, id) ? (FORMER_IDS.get(id) ?? null) : null
}

/** True for a finding about one program: an entry has to name the program. */
export function isAboutProgram(check: CheckId, id: string): boolean {
  return isUnexamined(check, id) && (id === PROGRAM_END_ID || id === 'not-examined-program')
}

/** How a whitelist entry may refer to a check's findings. */
export interface EntryRules {
  /** The form of its id, and an explanation for an invalid one. */
  readonly id: RegExp
  readonly idError: string
  /** Its findings are identified by their package, and by the version that fixes them: an entry needs no id. */
  readonly idOptional: boolean
  /** False if its findings are not about packages: an entry names none. */
  readonly hasPackage: boolean
  /** True if its findings are vulnerabilities, with a severity from outside: `unknown` then means unrated. */
  readonly rated: boolean
  /** How many days an entry without an id may hold at most, whatever `max-span` says; `null`: up to max-span. */
  readonly mostDays: number | null
  /** How many days before its last day it is reported to expire soon: constant warnings would be ignored. */
  readonly soonDays: number
}

/**
 * Findings that only an entry with their id accepts, which has to name its images: not an entry for a package, nor
 * the baseline (docs/decisions/0034-the-package-database.md).
 */
const BY_ID_ALONE: readonly string[] = ['package-database-doubtful']

export function isAcceptedByIdAlone(check: CheckId, id: string): boolean {
  return BY_ID_ALONE.includes(id) && CHECKS[check].entries.id.test(id)
}

/** Findings that list all of their paths, and that only entries with a path accept. */
export const BY_PATH_IDS: readonly string[] = [
  ...UNREAD_KINDS.map((kind) => `not-examined-${kind}`),
  UNOWNED_ID,
]

export function isAcceptedByPath(check: CheckId, id: string): boolean {
  return hasFingerprint(check) || (isUnexamined(check, id) && BY_PATH_IDS.includes(id))
}

/** True if a finding that is accepted by path has the fingerprint of what is at each path, if there is one. */
export function hasFingerprint(check: CheckId): boolean {
  return CHECKS[check].byFingerprint
}

/**
 * True if a finding that is accepted by path has the SHA-256 of each path. Others are about content that could not be
 * read.
 */
export function hasContent(id: string): boolean {
  return id === UNOWNED_ID
}

/** What entries name: kinds of credentials and accounts. */
const CREDENTIAL_IDS: readonly string[] = [...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS, ...ACCOUNT_KINDS]

interface CheckRow {
  /** What it asks, for somebody who has not read our pages. */
  readonly question: string
  /** What reports count of it. */
  readonly counts: 'updates' | 'vulnerabilities' | 'results' | 'secrets' | 'outcome'
  /**
   * `where-given`: only if the user names what it runs (or gate.yml requires it); its evidence always counts. `always`:
   * whatever checks run next to it.
   */
  readonly runs: 'by-default' | 'where-given' | 'always'
  /** False if nothing accepts its findings: no entry, and no baseline. */
  readonly acceptable: boolean
  /** True if its findings are accepted by path, and by the fingerprint of the content at the path. */
  readonly byFingerprint: boolean
  /** The evidence that it provides to Docker Bench's checks, by the names that a dictionary uses. */
  readonly evidence: readonly string[]
  readonly entries: EntryRules
}

/** Of entries for findings that have no rating, with an id or not. */
const UNRATED = { rated: false, mostDays: null, soonDays: 14 } as const

/** The checks, in the order of reports. */
export const CHECKS = {
  'security-updates': {
    question: 'Are all security updates installed?',
    counts: 'updates',
    runs: 'by-default',
    acceptable: true,
    byFingerprint: false,
    evidence: ['base-image'],
    entries: {
      // Findings with these ids are about a package and who maintains it, or about the database: not about an update.
      id: /^(?:no-security-support|other-release|support-ended|package-database-doubtful)$/,
      idError:
        'is not one of no-security-support, other-release, support-ended and package-database-doubtful; to accept an update, specify its package and omit the "id" key',
      idOptional: true,
      hasPackage: true,
      rated: false,
      mostDays: 30,
      soonDays: 7,
    },
  },
  clair: {
    question: 'Are there known vulnerabilities to fix?',
    counts: 'vulnerabilities',
    runs: 'by-default',
    acceptable: true,
    byFingerprint: false,
    evidence: ['vulnerability-scan'],
    entries: {
      id: new RegExp(`${VULNERABILITY_ID.source}|${UNEXAMINED_ID.source}`),
      idError:
        'is not a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, a not-examined-… id, unowned-program or program-end-of-life (see docs/application-packages.md)',
      idOptional: false,
      hasPackage: true,
      rated: true,
      mostDays: null,
      soonDays: 14,
    },
  },
  'docker-bench': {
    question: 'Is it configured as expected?',
    counts: 'results',
    runs: 'by-default',
    acceptable: true,
    byFingerprint: false,
    evidence: [],
    entries: {
      id: /^\d+(?:\.\d+)*$/,
      idError: 'is not the id of a Docker Bench check, such as 4.1',
      idOptional: false,
      hasPackage: false,
      ...UNRATED,
    },
  },
  credentials: {
    question: 'Are there secrets in the image?',
    counts: 'secrets',
    runs: 'always',
    acceptable: true,
    byFingerprint: true,
    evidence: [],
    entries: {
      id: new RegExp(`^(?:${CREDENTIAL_IDS.join('|')})$`),
      idError: `is none of ${CREDENTIAL_IDS.join(', ')} (see docs/findings/credentials.md)`,
      idOptional: false,
      hasPackage: false,
      ...UNRATED,
    },
  },
  'regression-test': {
    question: 'Does the application still work?',
    counts: 'outcome',
    runs: 'where-given',
    acceptable: false,
    byFingerprint: false,
    evidence: [],
    entries: {
      // A pattern that matches no text.
      id: /^(?!)/,
      idError: 'cannot be accepted, because no entry can accept a failing regression test',
      idOptional: false,
      hasPackage: true,
      ...UNRATED,
    },
  },
} as const satisfies Readonly<Record<string, CheckRow>>

export type CheckId = keyof typeof CHECKS
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[]

export const DEFAULT_CHECK_IDS = CHECK_IDS.filter((check) => CHECKS[check].runs === 'by-default')

export function runsIfRequested(check: CheckId): boolean {
  return CHECK_IDS.includes(check) && CHECKS[check].runs === 'where-given'
}

export function runsAlways(check: CheckId): boolean {
  return CHECK_IDS.includes(check) && CHECKS[check].runs === 'always'
}

export const CHOSEN_CHECK_IDS = CHECK_IDS.filter((check) => !runsAlways(check))
