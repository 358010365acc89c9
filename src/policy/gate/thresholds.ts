import * as z from 'zod'
import { CHOSEN_CHECK_IDS, type CheckId, DEFAULT_CHECK_IDS } from '../../model/checks.js'
import type { ReleaseKind } from '../../model/image/release-tag.js'
import { compareSeverity, RATED_SEVERITIES, type Severity } from '../../model/severity.js'
import { MODES, type Mode } from '../../model/verdict.js'
import { textSchema } from '../shape.js'
import { ACT_WITHIN_ROW } from './act-within.js'
import { AUDIT_ROW } from './audit.js'
import { APPLICATION_ROWS, BASE_ROWS } from './base-rows.js'
import { SEVERITY_ROWS } from './by-owner.js'
import { RELEASE_ROWS } from './release-rules.js'
import { PLATFORM_ROW, RUN_ROWS } from './run-rows.js'
import {
  fileKey,
  flagKey,
  isRefusal,
  keywordSchema,
  listFrom,
  oneOf,
  type Threshold,
  threshold,
} from './threshold.js'
import { TIME_ROWS } from './time-rows.js'

const UNKNOWN_MODES = ['act', 'noted', ...RATED_SEVERITIES] as const

/** 0 to 1, as people write it. */
const PROBABILITY = /^(0(\.\d{1,9})?|1(\.0{1,9})?)$/
const PROBABILITY_ERROR = 'is not a number from 0 to 1'

/** Ten years: more is a typing error. */
const MAX_HOURS = 87_600
const HOURS_ERROR = `is not a number of hours from 1 to ${MAX_HOURS}`
/** Whole hours as text. */
const isHours = (text: string) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= MAX_HOURS

/** Ten years: for more, a permanent decision is needed, not a whitelist. */
const MAX_SPAN_DAYS = 3650
const DAYS = /^(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)$/
const SPAN_ERROR = `is not a number of days from 1 to ${MAX_SPAN_DAYS}`

/**
 * The thresholds: one row each, in the order in which people read them. A new one needs a row here and the code that
 * uses it.
 */
const THRESHOLDS = {
  checks: threshold<readonly CheckId[]>({
    fallback: DEFAULT_CHECK_IDS,
    laxer: (requested, current) => current.some((check) => !requested.includes(check)),
    file: fileKey(
      z
        .array(keywordSchema(CHOSEN_CHECK_IDS, `is not one of ${CHOSEN_CHECK_IDS.join(', ')}`))
        .min(1, 'must contain at least one check; omit the key to run the default checks'),
      'Checks to run. The regression-test check runs by default if an input sets a test; if it is listed here, a test must be set',
    ),
    input: {
      value: 'LIST',
      help: 'checks to run, comma-separated (default: those in gate.yml, else security-updates, clair, docker-bench)',
      description:
        'Checks to run, separated by commas or newlines. Default: those in gate.yml, else security-updates, clair, docker-bench, and regression-test if test is set.',
      read: (text) => {
        const known: readonly string[] = CHOSEN_CHECK_IDS
        const names = listFrom(text, (name) => known.includes(name), `is not one of ${known.join(', ')}`)
        return names === undefined || isRefusal(names)
          ? names
          : CHOSEN_CHECK_IDS.filter((check) => names.includes(check))
      },
    },
  }),
  ...SEVERITY_ROWS,
  ...ACT_WITHIN_ROW,
  /**
   * How a fixable vulnerability without a rating is treated: it gets the ruling `act`, or `noted`, or it counts as
   * having this severity.
   */
  'unknown-severity': threshold<'act' | 'noted' | Severity>({
    fallback: 'act',
    /**
     * `act` blocks it if it has a fix; a severity blocks at that severity, even without a fix. So neither is always
     * stricter, and values that cannot be compared are ignored.
     */
    laxer: (requested, current) => {
      if (requested === current || current === 'noted') {
        return false
      }
      return (
        requested === 'act' ||
        requested === 'noted' ||
        current === 'act' ||
        compareSeverity(requested, current) < 0
      )
    },
    file: fileKey(
      keywordSchema(UNKNOWN_MODES, `is not one of ${UNKNOWN_MODES.join(', ')}`),
      'How to treat a fixable vulnerability without a rating: "act", "noted", or the severity to assume',
    ),
    input: null,
  }),
  /**
   * The EPSS probability (0 to 1) from which on a finding with a fix blocks whatever its rating is; `null`: EPSS
   * decides nothing.
   */
  'epss-at-least': threshold<number | null>({
    fallback: null,
    laxer: (requested, current) => current !== null && (requested === null || requested > current),
    file: fileKey(
      z.union([z.string().regex(PROBABILITY, PROBABILITY_ERROR), z.number().min(0).max(1)], {
        error: PROBABILITY_ERROR,
      }),
      'Lowest EPSS score (0 to 1) at which a fixable vulnerability blocks the release, whatever its severity',
      Number,
    ),
    input: null,
  }),
  ...APPLICATION_ROWS,
  ...RELEASE_ROWS,
  /**
   * Hours after which data is too old for an answer (judge/data-age.ts): Debian's tracker changes several times a
   * day.
   */
  'max-data-age': threshold<number>({
    fallback: 48,
    laxer: (requested, current) => requested > current,
    file: fileKey(
      z.union([z.string().refine(isHours, HOURS_ERROR), z.int().min(1).max(MAX_HOURS)], {
        error: HOURS_ERROR,
      }),
      'Maximum age of the tracker data and the evidence, in hours. For OSV advisories, the limit is this value or 30 days, whichever is longer',
      Number,
    ),
    input: null,
  }),
  'max-span': threshold<number>({
    fallback: 365,
    laxer: (requested, current) => requested > current,
    file: fileKey(
      z.union([z.string().regex(DAYS, SPAN_ERROR), z.int().min(1).max(MAX_SPAN_DAYS)], { error: SPAN_ERROR }),
      'Maximum number of days for which a whitelist entry may be valid; default: 365',
      Number,
    ),
    input: null,
  }),
  ...BASE_ROWS,
  'fail-on-new-only': flagKey(
    (requested, current) => requested && !current,
    'true: findings that already blocked the release in the baseline no longer block it, except for malware and vulnerabilities in KEV',
  ),
  vex: threshold<readonly string[]>({
    fallback: [],
    laxer: (requested, current) => requested.some((file) => !current.includes(file)),
    file: fileKey(
      z.array(textSchema),
      'OpenVEX files; their statements with the status "not_affected" or "fixed" are accepted',
    ),
    input: null,
  }),
  /** Author of our own OpenVEX document; `null`: the tool. */
  'vex-author': threshold<string | null>({
    fallback: null,
    // The author's name lets nothing through.
    laxer: () => false,
    file: fileKey(textSchema, 'Author of report.openvex.json; default: seaworthy', (name) => name.trim()),
    input: null,
  }),
  /** Audit is laxer: a pull request whose base enforces cannot switch it on. */
  mode: threshold<Mode>({
    fallback: 'enforce',
    laxer: (requested, current) => requested === 'audit' && current === 'enforce',
    file: fileKey(
      keywordSchema(MODES, `is neither ${MODES.join(' nor ')}`),
      'enforce: a "fail" or "incomplete" verdict fails the run; audit: it does not, but all reports still show the true verdict',
    ),
    input: {
      value: 'WORD',
      help: 'whether a "fail" or "incomplete" verdict fails the run: enforce or audit (default: enforce)',
      description:
        'enforce: a "fail" or "incomplete" verdict fails the step. audit: it does not, but outputs and reports show it. Default: the value in gate.yml, else enforce.',
      read: (text) => oneOf(text, MODES),
    },
  }),
  ...AUDIT_ROW,
  ...PLATFORM_ROW,
  ...RUN_ROWS,
  ...TIME_ROWS,
} as const

export type ThresholdName = keyof typeof THRESHOLDS

/** `fail-on-unfixed` for people is `failOnUnfixed` here. */
export type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name
type Value<Row> = Row extends Threshold<infer T> ? T : never

/** The gate's settings from a policy file or an input; not where they were set, nor what is released. */
export type Thresholds = {
  readonly [Name in ThresholdName as CamelCase<Name>]: Value<(typeof THRESHOLDS)[Name]>
}

/** Thresholds and checks to run: policies/gate.yml and the inputs of the same names. */
export interface GatePolicy extends Thresholds {
  /** The kind of release; `null` if no version is named: then security updates count. */
  readonly release: ReleaseKind | null
  /** Whether the image is pushed if it passes. */
  readonly pushes: boolean
  /** Whether other jobs of a matrix judge other images by the same policies: what matches nothing here may match there. */
  readonly isShared: boolean
  /** The file that was read; `null`: there was none at the default path. */
  readonly file: string | null
}

/** How vulnerabilities of programs are treated: as those of application packages, unless something else is set. */
export function treatedPrograms({ programs, application }: Pick<Thresholds, 'programs' | 'application'>) {
  return programs ?? application
}

export const THRESHOLD_ROWS: readonly {
  readonly name: ThresholdName
  readonly key: keyof Thresholds
  readonly row: Threshold<unknown>
}[] = Object.entries(THRESHOLDS).map(([name, row]) => ({
  name: name as ThresholdName,
  key: name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Thresholds,
  row,
}))

/**
 * The value of `thresholdOf` for each threshold, and nothing if it has none. A row's value has the row's own type,
 * which the compiler cannot follow through a loop.
 */
export function collectThresholds(
  thresholdOf: (one: (typeof THRESHOLD_ROWS)[number]) => unknown,
): Partial<Thresholds> {
  const inFileOnly = THRESHOLD_ROWS.flatMap((one) => {
    const value = thresholdOf(one)
    return value === undefined ? [] : [[one.key, value] as const]
  })
  return Object.fromEntries(inFileOnly) as Partial<Thresholds>
}

export const DEFAULT_GATE: GatePolicy = {
  ...(collectThresholds(({ row }) => row.fallback) as Thresholds),
  release: null,
  pushes: false,
  isShared: false,
  file: null,
}
