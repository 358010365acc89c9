import * as z from 'zod'
import { CHECK_IDS } from '../../model/evidence.js'
import type { ReleaseKind } from '../../model/release-tag.js'
import { RATED_SEVERITIES } from '../../model/severity.js'
import { type PolicyFault, policyError } from '../faults.js'
import { DEFAULT_GATE, type GatePolicy, UPDATES_WORDS, type UpdatesWord } from '../policy.js'
import { flagSchema, shapeFaults, versionSchema, wordsSchema } from '../shape.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'

const WORDS = RATED_SEVERITIES.join(', ')
/** The words of `unknown-severity`. */
export const UNKNOWN_WORDS = ['act', 'noted', ...RATED_SEVERITIES] as const
/** 0 to 1, as people write it. */
export const PROBABILITY = /^(0(\.\d{1,9})?|1(\.0{1,9})?)$/

/** Ten years: beyond it is a slip of the pen. */
export const MOST_HOURS = 87_600

/** Whole hours as text, as policies/gate.yml and the input `max-data-age` have them. */
export function isHours(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= MOST_HOURS
}
/** Ten years: whoever needs more has no whitelist but a decision for good. */
const MOST_SPAN = 3650
const DAYS = /^(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)$/
const NO_SPAN = `is not a number of days from 1 to ${MOST_SPAN}`

/** A name of an image, or a part of it, with wildcards. */
export const BASE_PATTERN = /^[\w*[][\w.\-/:@*[\]]*$/

const updatesSchema = z
  .enum(UPDATES_WORDS, { error: `is neither ${UPDATES_WORDS.join(' nor ')}` })
  .optional()
  .describe('any-update: all that apt would bring, point releases too; security: security updates only')

/** Shape of policies/gate.yml. */
export const gateSchema = z
  .strictObject({
    version: versionSchema,
    checks: z
      .array(z.enum(CHECK_IDS, { error: `is none of ${CHECK_IDS.join(', ')}` }))
      .min(1, 'names no check; leave it out for those that run by default')
      .optional()
      .describe('Which checks run'),
    'fail-on': z
      .enum(RATED_SEVERITIES, { error: `is none of ${WORDS}` })
      .optional()
      .describe('From this severity on a vulnerability with a fix that can be installed fails the gate'),
    'fail-on-unfixed': z
      .enum([...RATED_SEVERITIES, 'never'], { error: `is none of ${WORDS}, never` })
      .optional()
      .describe(
        'From this severity on a vulnerability fails the gate also where it has no fix; never: none does',
      ),
    'unknown-severity': z
      .enum(UNKNOWN_WORDS, { error: `is none of ${UNKNOWN_WORDS.join(', ')}` })
      .optional()
      .describe(
        'What becomes of a vulnerability with a fix that nobody has rated; a severity: it counts as that',
      ),
    'epss-at-least': z
      .union([z.string().regex(PROBABILITY, 'is not a number from 0 to 1'), z.number().min(0).max(1)], {
        error: 'is not a number from 0 to 1',
      })
      .optional()
      .describe('From this probability by EPSS on, 0 to 1, a vulnerability with a fix fails the gate'),
    'strict-whitelist': flagSchema
      .optional()
      .describe('true: every vulnerability with a fix that is not in the whitelist fails the gate'),
    'require-release': z
      .enum(['stable', 'supported'], { error: 'is neither stable nor supported' })
      .optional()
      .describe(
        'stable: only the current stable release of Debian passes; supported: any that gets security updates',
      ),
    releases: z
      .strictObject({ major: updatesSchema, minor: updatesSchema, patch: updatesSchema })
      .optional()
      .describe('Which updates of Debian a release of each kind waits for (semantic versioning)'),
    'max-data-age': z
      .union([z.string().refine(isHours), z.int().min(1).max(MOST_HOURS)], {
        error: `is no number of hours from 1 to ${MOST_HOURS}`,
      })
      .optional()
      .describe('Hours after which the security tracker, and evidence, is too old to judge by'),
    'max-span': z
      .union([z.string().regex(DAYS, NO_SPAN), z.int().min(1).max(MOST_SPAN)], { error: NO_SPAN })
      .optional()
      .describe('Days that an entry of the whitelist may hold at most; 365 if not given'),
    'allowed-bases': z
      .array(z.string().regex(BASE_PATTERN, 'is no name of an image, with * for any characters'))
      .min(1, 'names no base; leave it out to let any base pass')
      .optional()
      .describe('Names of the images that may be built on, with * for any characters; others fail the gate'),
    'fail-on-new-only': flagSchema
      .optional()
      .describe(
        'true: what was to act on in the baseline already does not fail the gate, unless it is in KEV',
      ),
    vex: z
      .array(wordsSchema)
      .optional()
      .describe('Files of OpenVEX documents whose not_affected and fixed statements are accepted'),
    'vex-author': wordsSchema
      .optional()
      .describe('Who makes the statements of report.openvex.json; seaworthy if not given'),
  })
  .describe('Thresholds of the gate, and which checks run')

/**
 * Reads policies/gate.yml: what it says, and nothing for what it leaves out.
 * @param file as messages shall name it
 * @throws SeaworthyError `policy-invalid` with every fault of the file and its line
 */
export function readGatePolicy(text: string, file: string): Partial<GatePolicy> {
  const document = readYaml(text, file)
  const faults = [...shapeFaults(document, gateSchema), ...doubleFaults(document)]
  if (faults.length > 0) throw policyError(faults)
  const raw = gateSchema.parse(document.value)
  const unfixed = raw['fail-on-unfixed']
  const bases = raw['allowed-bases']
  const strict = raw['strict-whitelist']
  const newOnly = raw['fail-on-new-only']
  const hours = raw['max-data-age']
  const span = raw['max-span']
  return {
    ...(raw.checks === undefined ? {} : { checks: raw.checks }),
    ...(raw['fail-on'] === undefined ? {} : { failOn: raw['fail-on'] }),
    ...(unfixed === undefined ? {} : { failOnUnfixed: unfixed === 'never' ? null : unfixed }),
    ...(raw['unknown-severity'] === undefined ? {} : { unknownSeverity: raw['unknown-severity'] }),
    ...(raw['epss-at-least'] === undefined ? {} : { epssAtLeast: Number(raw['epss-at-least']) }),
    ...(raw.releases === undefined ? {} : { releases: releasesOf(raw.releases) }),
    ...(raw['require-release'] === undefined ? {} : { requireRelease: raw['require-release'] }),
    ...(hours === undefined ? {} : { maxDataAge: Number(hours) }),
    ...(span === undefined ? {} : { maxSpan: Number(span) }),
    ...(bases === undefined ? {} : { allowedBases: bases }),
    ...(newOnly === undefined ? {} : { failOnNewOnly: String(newOnly) === 'true' }),
    ...(raw.vex === undefined ? {} : { vex: raw.vex }),
    ...(raw['vex-author'] === undefined ? {} : { vexAuthor: raw['vex-author'].trim() }),
    ...(strict === undefined ? {} : { strictWhitelist: String(strict) === 'true' }),
  }
}

function doubleFaults(document: YamlDocument): PolicyFault[] {
  const { value } = document
  if (typeof value !== 'object' || value === null || !('checks' in value)) return []
  const checks: readonly unknown[] = Array.isArray(value.checks) ? value.checks : []
  return checks.flatMap((check, index) =>
    typeof check !== 'string' || checks.indexOf(check) === index
      ? []
      : [{ place: document.placeOf(['checks', index]), text: `checks[${index}]: ${check} is there twice` }],
  )
}

type RawReleases = { readonly [Kind in ReleaseKind]?: UpdatesWord | undefined }

function releasesOf({ major, minor, patch }: RawReleases): GatePolicy['releases'] {
  const { releases: fallback } = DEFAULT_GATE
  return {
    major: major ?? fallback.major,
    minor: minor ?? fallback.minor,
    patch: patch ?? fallback.patch,
  }
}
