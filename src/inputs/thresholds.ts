import { CHECK_IDS, type CheckId } from '../model/evidence.js'
import { kindOf, RELEASE_KINDS, type ReleaseKind, readReleaseTag } from '../model/release-tag.js'
import { SEVERITIES, type Severity } from '../model/severity.js'
import type { Thresholds } from '../policy/gate/laxer.js'
import { BASE_PATTERN, isHours, MOST_HOURS, PROBABILITY, UNKNOWN_WORDS } from '../policy/gate/read.js'
import { quoted } from './faults.js'
import type { Given } from './table.js'
import { readNewOnly, readVexAuthor, readVexNames } from './vex-and-baseline.js'

/** The thresholds that inputs name, and nothing for the others; what is wrong goes to `faults`. */
export function readThresholds(given: Given, faults: string[]): Partial<Thresholds> {
  const severity = (name: string): Severity | null => {
    const value = given(name).trim()
    const known = SEVERITIES.find((one) => one === value && one !== 'unknown')
    if (value !== '' && value !== 'never' && !known) {
      faults.push(`${name}: ${quoted(value)} is not one of ${SEVERITIES.slice(1).join(', ')}`)
    }
    return known ?? null
  }
  const failOn = severity('fail-on')
  const unfixed = given('fail-on-unfixed').trim()
  const failOnUnfixed = severity('fail-on-unfixed')
  if (given('fail-on').trim() === 'never') faults.push('fail-on: a gate that never fails is none')
  const checks = checksOf(given('checks'), faults)
  return {
    ...(failOn ? { failOn } : {}),
    ...(unfixed ? { failOnUnfixed } : {}),
    ...unknownOf(given('unknown-severity').trim(), faults),
    ...epssOf(given('epss-at-least').trim(), faults),
    ...booleanOf(given, 'strict-whitelist', faults),
    ...readNewOnly(given, faults),
    ...readVexNames(given),
    ...readVexAuthor(given),
    ...requiredOf(given('require-release').trim(), faults),
    ...hoursOf(given('max-data-age').trim(), faults),
    ...basesOf(given('allowed-bases'), faults),
    ...(checks === null ? {} : { checks }),
  }
}

/** The kind of what is to be released, as the input `release` names it: a version, a tag of one, or the kind itself. */
export function releaseKindOf(given: Given, faults: string[]): ReleaseKind | null {
  const value = given('release').trim()
  if (value === '') return null
  const named = RELEASE_KINDS.find((kind) => kind === value)
  const tag = readReleaseTag(value)
  if (named === undefined && tag === null) {
    faults.push(
      `release: ${quoted(value.slice(0, 200))} is no version like 1.2.3 or v1.2.3, and not one of ${RELEASE_KINDS.join(', ')}`,
    )
  }
  return named ?? (tag === null ? null : kindOf(tag))
}

function checksOf(list: string, faults: string[]): readonly CheckId[] | null {
  const names = list.split(/[\s,]+/).filter((name) => name !== '')
  const known: readonly string[] = CHECK_IDS
  for (const name of names) {
    if (!known.includes(name)) faults.push(`checks: ${quoted(name)} is not one of ${known.join(', ')}`)
  }
  return names.length > 0 ? CHECK_IDS.filter((check) => names.includes(check)) : null
}

function booleanOf(given: Given, name: string, faults: string[]): { strictWhitelist?: boolean } {
  const value = given(name).trim()
  if (value === '') return {}
  if (value !== 'true' && value !== 'false') faults.push(`${name}: ${quoted(value)} is not true or false`)
  return { strictWhitelist: value === 'true' }
}

function requiredOf(value: string, faults: string[]): Partial<Pick<Thresholds, 'requireRelease'>> {
  if (value === '') return {}
  if (value === 'stable' || value === 'supported') return { requireRelease: value }
  faults.push(`require-release: ${quoted(value)} is not stable or supported`)
  return {}
}

function hoursOf(value: string, faults: string[]): Partial<Pick<Thresholds, 'maxDataAge'>> {
  if (value === '') return {}
  if (isHours(value)) return { maxDataAge: Number(value) }
  faults.push(`max-data-age: ${quoted(value)} is no number of hours from 1 to ${MOST_HOURS}`)
  return {}
}

function unknownOf(value: string, faults: string[]): Partial<Pick<Thresholds, 'unknownSeverity'>> {
  if (value === '') return {}
  const known = UNKNOWN_WORDS.find((word) => word === value)
  if (known) return { unknownSeverity: known }
  faults.push(`unknown-severity: ${quoted(value)} is not one of ${UNKNOWN_WORDS.join(', ')}`)
  return {}
}

function epssOf(value: string, faults: string[]): Partial<Pick<Thresholds, 'epssAtLeast'>> {
  if (value === '') return {}
  if (value === 'never') return { epssAtLeast: null }
  if (PROBABILITY.test(value)) return { epssAtLeast: Number(value) }
  faults.push(`epss-at-least: ${quoted(value)} is not a number from 0 to 1, or never`)
  return {}
}

function basesOf(list: string, faults: string[]): Partial<Pick<Thresholds, 'allowedBases'>> {
  const patterns = list.split(/[\s,]+/).filter((pattern) => pattern !== '')
  for (const pattern of patterns) {
    if (!BASE_PATTERN.test(pattern)) faults.push(`allowed-bases: ${quoted(pattern)} is no name of an image`)
  }
  return patterns.length === 0 ? {} : { allowedBases: patterns }
}
