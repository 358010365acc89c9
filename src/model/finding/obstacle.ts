import * as z from 'zod'
import { ORIGINS } from '../provenance/origin.js'
import { day, type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { BASE_OBSTACLES } from './base-rows.js'
import { BARE, type CommonFinding } from './common.js'
import { credentialRows } from './credentials.js'
import { PROGRAM_OBSTACLES } from './program-rows.js'
import { REGRESSION_TEST_ROWS } from './regression-test-row.js'
import { type BlocksByPolicy, describing, kindsOf, sectionIn } from './row.js'
import { unexaminedRows } from './unexamined.js'
import { releaseRow, SUPPORTED, UPDATE, UPDATES_PAGE } from './update.js'
import { VULNERABILITY } from './vulnerability.js'

/** What in an image names a third party: a field of the package's stanza, or the Release files of apt's lists. */
export const ORIGIN_EVIDENCE = ['Origin', 'Maintainer', 'apt lists'] as const
export type OriginEvidence = (typeof ORIGIN_EVIDENCE)[number]

const SUPPORT = ['unreleased', 'supported', 'lts', 'end-of-life', 'unknown'] as const

const nothing = z.strictObject({})
const packages = z.strictObject({ packages: texts })
const file = z.strictObject({ file: text })

/**
 * One row for each of these kinds, by its id: what prevents updates, the release's status in Debian, what reports say
 * about the base.
 */
export const OBSTACLES = {
  ...kindsOf(UPDATE.check, {
    // Unusual sources are only noted: updates that they hide are found in Debian's own indexes.
    'no-security-source': releaseRow(
      'sources',
      'never',
      z.strictObject({
        codename: text,
        lines: text.describe("For a Dockerfile: they add the security suite to apt's sources"),
      }),
    ),
    'hidden-security-updates': releaseRow('sources', 'never', packages),
    'updates-main-component': releaseRow('sources', 'never', file),
    'expired-source': releaseRow('sources', 'never', file),
    'snapshot-source': releaseRow('sources', 'never', file),
    'mixed-releases': releaseRow('sources', 'never', z.strictObject({ suites: texts })),
    // The release's status in Debian blocks, whatever the packages are. `end`: last day of support, or `unknown`.
    'end-of-life': releaseRow(
      'release',
      'always',
      z.strictObject({
        end: text,
        stable: textOrNull.describe('The current stable release, in words; null if that is not known'),
      }),
      ({ stable }) => (stable === null ? SUPPORTED : `Move to ${stable}`),
    ),
    'archived-release': releaseRow('release', 'always', nothing),
    'unknown-release': releaseRow('release', 'always', nothing),
    'testing-or-unstable': releaseRow('release', 'always', z.strictObject({ suite: text })),
    'not-current-stable': releaseRow(
      'release',
      'unless-supported',
      z.strictObject({
        stable: text,
        saysSo: text.describe('Its source: archive or table'),
        support: z.enum(SUPPORT),
        end: textOrNull,
      }),
      ({ stable }) => `Build on ${stable}, the current stable release`,
    ),
    'stable-not-known': releaseRow('release', 'stable', nothing, 'Find out which Debian release is stable'),
    // docs/decisions/0040-all-platforms.md. Both are codenames: of this platform, and of the image's first one.
    'platforms-of-other-releases': releaseRow(
      'release',
      'always',
      z.strictObject({ codename: text, others: text }),
      'Build all platforms of the image on the same Debian release',
    ),
    'dpkg-broken': releaseRow('dpkg', 'never', packages),
    // docs/decisions/0034-the-package-database.md
    'package-database-doubtful': releaseRow(
      'dpkg',
      'always',
      z.strictObject({
        packages: texts,
        lines: texts.nullable().describe("Lines that a layer adds to dpkg's lists; null: none"),
      }),
      "Change dpkg's database only through dpkg, or accept this finding for this image in the whitelist",
    ),
    ...BASE_OBSTACLES,
    // docs/decisions/0033-where-a-package-is-from.md. `suite`: whose index has it; `from`: a third party, and what
    // names it.
    'no-security-support': packageRow(
      'unless-of-base',
      z.strictObject({
        origin: z.enum(ORIGINS),
        suite: textOrNull,
        from: textOrNull,
        saysSo: z.enum(ORIGIN_EVIDENCE).nullable(),
        base: textOrNull.describe('The proven official base that it came with'),
        vendor: textOrNull.describe("Its vendor's repository"),
      }),
      ({ vendor }) =>
        vendor === null
          ? "Use packages from Debian's release instead of those without security support, or accept the unsupported packages in a whitelist entry with the id no-security-support"
          : `Update these packages from ${vendor}, and accept them in a whitelist entry with the id no-security-support`,
    ),
    'other-release': packageRow(
      'if-newer',
      z.strictObject({
        release: text,
        suite: text,
        newer: texts
          .nullable()
          .describe(
            "Of its binaries, those that the image's release has in a higher version, with that version; null: none",
          ),
        base: textOrNull.describe('The proven official base that it came with'),
      }),
      "Install these packages from the image's release, or accept them in a whitelist entry with the id other-release",
    ),
    'support-ended': packageRow(
      'always',
      z.strictObject({ release: text, day }),
      'Replace packages that Debian no longer supports, or accept them in a whitelist entry with the id support-ended',
    ),
    'support-limited': packageRow(
      'never',
      z.strictObject({ release: text, day: day.nullable() }),
      'Check to what extent Debian still supports these packages',
    ),
    'vendor-package': describing({
      about: 'package',
      blocks: 'never',
      page: sectionIn('docs/findings/security-updates.md'),
      details: z.strictObject({
        vendor: text,
        as: text.describe('The program that it is, or that it is a part of'),
      }),
      name: 'VendorPackage',
      help: 'Its vendor provides updates, and its program is judged by advisories.',
      helpUri: null,
      todo: ({ vendor }) => `Update it from ${vendor}`,
    }),
  }),
  ...kindsOf('regression-test', REGRESSION_TEST_ROWS),
  ...kindsOf(VULNERABILITY.check, {
    // docs/decisions/0088-account-of-programs.md
    'unowned-program': describing({
      about: 'package',
      blocks: 'unexamined',
      page: () => 'docs/application-packages.md#the-account',
      details: z.strictObject({
        count: text,
        paths: texts,
        sha256: texts.describe('Of each path in turn; "unknown" for those that were not hashed'),
      }),
      name: 'UnownedProgram',
      help: 'No package explains this program, so nobody looks for its vulnerabilities. Install it from a package, or accept it.',
      helpUri: null,
      todo: 'Install these programs from packages, or accept them by their paths in a whitelist entry with the id unowned-program',
    }),
    ...PROGRAM_OBSTACLES,
    ...unexaminedRows(),
  }),
  ...kindsOf('credentials', credentialRows()),
} as const

export type ObstacleId = keyof typeof OBSTACLES

export type ObstacleDetails = {
  readonly [Id in ObstacleId]: TypeOf<(typeof OBSTACLES)[Id]['details']>
}

/** A finding about the image as a whole; its details depend on its id. */
export type ObstacleFinding<Id extends ObstacleId = ObstacleId> = {
  readonly [One in Id]: CommonFinding & {
    readonly check: (typeof OBSTACLES)[One]['check']
    readonly id: One
    /** One sentence for people. Contains text from outside. */
    readonly why: string
    readonly details: ObstacleDetails[One]
  }
}[Id]

/** The finding, about an installed source package in place of the image as a whole. */
export function aboutPackage<One extends ObstacleFinding>(
  finding: One,
  about: Pick<CommonFinding, 'package' | 'version' | 'binaries' | 'links'>,
): One {
  return { ...finding, ...about }
}

export function obstacle<Id extends ObstacleId>(
  id: Id,
  why: string,
  details: ObstacleDetails[Id],
): ObstacleFinding<Id> {
  return { check: OBSTACLES[id].check, id, why, details, ...BARE } as ObstacleFinding<Id>
}

/** A row for findings about a package and its source of security updates. */
function packageRow<Details extends z.ZodObject>(
  blocks: BlocksByPolicy,
  details: Details,
  todo: string | ((details: TypeOf<Details>) => string),
) {
  return describing({
    about: 'package',
    blocks,
    page: UPDATES_PAGE,
    details,
    name: 'PackageWithoutSupport',
    help: "Install packages from the image's release, for which Debian provides security updates.",
    helpUri: null,
    todo,
  })
}
