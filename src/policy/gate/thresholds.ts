import * as z from 'zod'
import {
  CHOSEN_CHECK_IDS,
  type CheckId,
  compareSeverity,
  DEFAULT_CHECK_IDS,
  MODES,
  type Mode,
  RATED_SEVERITIES,
  type ReleaseKind,
  type Severity,
} from '../../model/index.js'
import { textSchema } from '../shape.js'
import { ACT_WITHIN_ROW } from './act-within.js'
import { AUDIT_ROW } from './audit.js'
import { APPLICATION_ROWS, BASE_ROWS } from './base-rows.js'
import { SEVERITY_ROWS } from './by-owner.js'
import {
  daysThreshold,
  flagThreshold,
  keywordSchema,
  keywordThreshold,
  numberKey,
  numberThreshold,
} from './kinds.js'
import { RELEASE_ROWS } from './release-rules.js'
import { PLATFORM_ROW, RUN_ROWS } from './run-rows.js'
import {
  fileKey,
  hasMore,
  isRefusal,
  listFrom,
  noneIn,
  notOneOf,
  type Threshold,
  threshold,
} from './threshold.js'
import { TIME_ROWS } from './time-rows.js'

const UNKNOWN_MODES = ['act', 'noted', ...RATED_SEVERITIES] as const
type UnknownMode = 'act' | 'noted' | Severity

/**
 * `act` blocks what has a fix; a severity blocks at that severity, even without a fix. So neither is always stricter,
 * and values that cannot be compared are ignored.
 */
function isLaxerMode(requested: UnknownMode, current: UnknownMode): boolean {
  if (requested === current || current === 'noted') {
    return false
  }
  const isKeyword = [requested, current].some((mode) => mode === 'act' || mode === 'noted')
  return isKeyword || compareSeverity(requested as Severity, current as Severity) < 0
}

/** Ten years, in hours and in days: more is a typing error, or needs a permanent decision instead of a whitelist. */
const MAX_HOURS = 87_600
const MAX_SPAN_DAYS = 3650

const checkSchema = keywordSchema(CHOSEN_CHECK_IDS)

function readChecks(text: string) {
  const known: readonly string[] = CHOSEN_CHECK_IDS
  const names = listFrom(text, (name) => known.includes(name), notOneOf(known))
  return names === undefined || isRefusal(names)
    ? names
    : CHOSEN_CHECK_IDS.filter((check) => names.includes(check))
}

/**
 * The thresholds: one row each, in the order in which people read them. A new one needs a row here and the code that
 * uses it.
 */
const THRESHOLDS = {
  checks: threshold<readonly CheckId[]>({
    text: 'Checks to run, separated by commas or newlines. regression-test needs a test',
    fallback: DEFAULT_CHECK_IDS,
    unset: `${DEFAULT_CHECK_IDS.join(', ')}, and regression-test if there is a test`,
    laxer: (requested, current) => current.some((check) => !requested.includes(check)),
    file: fileKey(z.array(checkSchema).min(1, noneIn('check', 'to run the default checks'))),
    input: { value: 'LIST', read: readChecks },
  }),
  ...SEVERITY_ROWS,
  ...ACT_WITHIN_ROW,
  'unknown-severity': keywordThreshold<UnknownMode>({
    text: 'How to treat a fixable vulnerability without a rating: "act", "noted", or the severity to assume',
    fallback: 'act',
    keywords: UNKNOWN_MODES,
    laxer: isLaxerMode,
  }),
  'epss-at-least': numberThreshold<number | null>({
    text: 'Lowest EPSS score (0 to 1) at which a fixable vulnerability blocks the release, whatever its severity',
    fallback: null,
    unset: 'never',
    file: numberKey(z.number().min(0).max(1), 'from 0 to 1'),
  }),
  ...APPLICATION_ROWS,
  ...RELEASE_ROWS,
  'max-data-age': numberThreshold<number>({
    text: 'Maximum age of the tracker data and the evidence, in hours. For OSV advisories, the limit is this value or 30 days, whichever is longer',
    fallback: 48,
    file: numberKey(z.int().min(1).max(MAX_HOURS), `of hours from 1 to ${MAX_HOURS}`),
  }),
  'max-span': daysThreshold(1, MAX_SPAN_DAYS, {
    text: 'Maximum number of days for which a whitelist entry may be valid',
    fallback: 365,
  }),
  ...BASE_ROWS,
  'fail-on-new-only': flagThreshold(
    false,
    'true: findings that already blocked the release in the baseline no longer block it, except for malware and vulnerabilities in KEV',
  ),
  vex: threshold<readonly string[]>({
    text: 'OpenVEX files; their statements with the status "not_affected" or "fixed" are accepted',
    fallback: [],
    laxer: hasMore,
    file: fileKey(z.array(textSchema)),
  }),
  'vex-author': threshold<string | null>({
    text: 'Author of report.openvex.json',
    fallback: null,
    unset: 'seaworthy',
    // The author's name lets nothing through.
    laxer: () => false,
    file: fileKey(textSchema, (name) => name.trim()),
  }),
  mode: keywordThreshold<Mode>({
    text: 'Whether a "fail" or "incomplete" verdict fails the run: enforce or audit. With audit, only outputs and reports show it',
    fallback: 'enforce',
    keywords: MODES,
    isInput: true,
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
  /** Whether `application` is `off` only because the input `osv` is `none`: reports name the setting that was made. */
  readonly isOffByOsv: boolean
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
  isOffByOsv: false,
  file: null,
}
