import { APPLICATION_KIND_IDS } from './application.js'

/**
 * https://cve.mitre.org/cve/identifiers/syntaxchange.html; what Debian's tracker uses before there is a CVE; and what
 * the other updaters of a Clair call theirs (claircore, updater/osv: Go, Maven, npm, PyPI, RubyGems).
 */
export const VULNERABILITY_ID =
  /^(?:CVE-\d{4}-\d{4,}|TEMP-\d{7}-[0-9A-F]{6}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|MAL|PYSEC)-\d{4}-\d+)$/

const UNEXAMINED_ID = new RegExp(`^not-examined-(?:${APPLICATION_KIND_IDS.join('|')})$`)

/** What was not examined: nobody rates it, and it is about no one package. */
export function isUnexamined(check: CheckId, id: string): boolean {
  return check === 'clair' && UNEXAMINED_ID.test(id)
}

/** How an entry of the whitelist may be about the findings of a check. */
interface EntryRules {
  /** What its id must be, and in words why another one is not. */
  readonly id: RegExp
  readonly idWords: string
  /** Its findings go by their package: an entry needs no id. */
  readonly idOptional: boolean
  /** Others rate what it finds: `unknown` then says that nobody has. */
  readonly rated: boolean
  /** For how many days an entry without an id may hold at most, whatever `max-span` says; `null`: as long as that. */
  readonly mostDays: number | null
  /** So many days before its last day it is said to expire soon: to warn all the time would be to warn of nothing. */
  readonly soonDays: number
}

/**
 * Findings that nothing accepts but an entry with their id, which has to name its images: not one for a package, nor
 * that they were there before (docs/decisions/0034-the-package-database.md).
 */
const BY_ID_ALONE: Readonly<Record<string, CheckId>> = { 'package-database-doubtful': 'security-updates' }

export function isAcceptedByIdAlone(check: CheckId, id: string): boolean {
  return Object.hasOwn(BY_ID_ALONE, id) && BY_ID_ALONE[id] === check
}

/** What is said of a check for all who go by it. */
interface CheckRow {
  /** `where-given`: only where the user names what it runs (or gate.yml asks for it), and its evidence counts always. */
  readonly runs: 'by-default' | 'where-given'
  /** False where nothing accepts what it finds: no entry, and not that it was there before. */
  readonly acceptable: boolean
  readonly entries: EntryRules
}

/** The checks, in the order in which they are told. */
export const CHECKS = {
  'security-updates': {
    runs: 'by-default',
    acceptable: true,
    entries: {
      // What these say is about a package and who looks after it, or about the database: not about an update.
      id: /^(?:no-security-support|support-ended|package-database-doubtful)$/,
      idWords:
        'is not one of no-security-support, support-ended and package-database-doubtful; to accept an update, name its package and leave id out',
      idOptional: true,
      rated: false,
      mostDays: 30,
      soonDays: 7,
    },
  },
  clair: {
    runs: 'by-default',
    acceptable: true,
    entries: {
      id: new RegExp(`${VULNERABILITY_ID.source}|${UNEXAMINED_ID.source}`),
      idWords:
        'is not a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, or a not-examined-… id of docs/application-packages.md',
      idOptional: false,
      rated: true,
      mostDays: null,
      soonDays: 30,
    },
  },
  'docker-bench': {
    runs: 'by-default',
    acceptable: true,
    entries: {
      id: /^\d+(?:\.\d+)*$/,
      idWords: 'is not the id of a Docker Bench check, such as 4.1',
      idOptional: false,
      rated: false,
      mostDays: null,
      soonDays: 30,
    },
  },
  'regression-test': {
    runs: 'where-given',
    acceptable: false,
    entries: {
      // No text has this form.
      id: /^(?!)/,
      idWords: 'cannot be accepted: no entry accepts a regression test that fails',
      idOptional: false,
      rated: false,
      mostDays: null,
      soonDays: 30,
    },
  },
} as const satisfies Readonly<Record<string, CheckRow>>

export type CheckId = keyof typeof CHECKS
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[]

export const DEFAULT_CHECK_IDS = CHECK_IDS.filter((check) => CHECKS[check].runs === 'by-default')

/** True of a check that runs only where the user names what it runs. */
export function runsWhereGiven(check: CheckId): boolean {
  return CHECK_IDS.includes(check) && !DEFAULT_CHECK_IDS.includes(check)
}
