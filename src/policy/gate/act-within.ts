import * as z from 'zod'
import { RATED_SEVERITIES, type Severity } from '../../model/index.js'
import { daysOf, daysSchema } from './kinds.js'
import { fileKey, threshold } from './threshold.js'

type RatedSeverity = (typeof RATED_SEVERITIES)[number]

/** Days for each severity from the day on which a fix could first be installed; 0: at once. */
export type ActWithin = Readonly<Record<RatedSeverity, number>>

/** A year: for more there is the whitelist, or another threshold. */
const MAX_DAYS = 365
const NO_TIME_ALLOWED: ActWithin = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }

export function hasDays(within: ActWithin): boolean {
  return RATED_SEVERITIES.some((severity) => within[severity] > 0)
}

/** The days for findings of this severity; none for unrated ones. */
export function daysFor(within: ActWithin, severity: Severity): number {
  return severity === 'unknown' ? 0 : within[severity]
}

/** "critical=0d,high=0d,medium=14d,low=30d,negligible=0d". */
export function daysText(within: ActWithin): string {
  return [...RATED_SEVERITIES]
    .reverse()
    .map((severity) => `${severity}=${within[severity]}d`)
    .join(',')
}

export function isActWithin(value: unknown): value is ActWithin {
  return (
    typeof value === 'object' &&
    value !== null &&
    RATED_SEVERITIES.every((severity) => Object.hasOwn(value, severity))
  )
}

const severityDays = daysSchema(0, MAX_DAYS).optional()
const withinSchema = z.strictObject({
  critical: severityDays,
  high: severityDays,
  medium: severityDays,
  low: severityDays,
  negligible: severityDays,
})

function readWithin(value: z.infer<typeof withinSchema>): ActWithin {
  const days = RATED_SEVERITIES.map((one) => [one, daysOf(value[one] ?? 0)])
  return { ...NO_TIME_ALLOWED, ...Object.fromEntries(days) }
}

export const ACT_WITHIN_ROW = {
  // docs/decisions/0053. No other finding gets time, and none does if a release is set.
  'act-within': threshold<ActWithin>({
    text: 'Days allowed to act, by severity, counted from the day the fix became available, such as {medium: 14d}. During that time, a vulnerability or missing security update is reported with its due date and does not block the release. A severity that is not listed gets 0 days',
    fallback: NO_TIME_ALLOWED,
    laxer: (requested, current) => RATED_SEVERITIES.some((one) => requested[one] > current[one]),
    file: fileKey(withinSchema, readWithin),
  }),
} as const
