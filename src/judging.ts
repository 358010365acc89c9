import { isDate } from './core/dates.js'
import { readDictionary } from './core/dictionary.js'
import { DEFAULT_DICTIONARY } from './core/dictionary-default.js'
import { CHECK_IDS, type CheckId } from './core/evidence.js'
import {
  BASE_PATTERN,
  isHours,
  MOST_HOURS,
  PROBABILITY,
  readGatePolicy,
  UNKNOWN_WORDS,
} from './core/gate-policy.js'
import { DEFAULT_GATE, type GatePolicy, type Policy } from './core/policy.js'
import { SeaworthyError } from './core/problem.js'
import { SEVERITIES, type Severity } from './core/severity.js'
import { baseOf, loadWhitelist, type ReadPolicy } from './core/whitelist-includes.js'
import { gatherFaults, quoted } from './input-faults.js'
import { type Given, isDefault } from './inputs.js'
import { isInside, readText } from './io/files.js'
import { readBaselineFile, readNewOnly, readVexFiles, readVexNames } from './judging-vex.js'

/** What is needed to judge, also without collecting. */
export interface Judging {
  readonly policy: Policy
  readonly today: string
  readonly reportDir: string
  readonly debug: boolean
}

/**
 * Reads the policies and the date, before any check is started. All faults at once; throws `bad-input`,
 * `policy-missing`, `policy-invalid` or `file-unreadable`.
 * @param now the date to judge for where none was given, YYYY-MM-DD, UTC
 * @param read where policies are read from: files that inputs name, and what a whitelist includes; `null` where there
 * is none, and an error where that can't be found out
 */
export function readJudging(given: Given, now: string, read: ReadPolicy = readText): Judging {
  const gathered = gatherFaults()
  const { told: faults, attempt } = gathered
  const today = given('today').trim() || now
  if (!isDate(today)) faults.push(`today: ${quoted(today)} is not a date (YYYY-MM-DD)`)
  const severity = (name: string): Severity | null => {
    const value = given(name).trim()
    const known = SEVERITIES.find((one) => one === value && one !== 'unknown')
    if (value !== '' && value !== 'never' && !known) {
      faults.push(`${name}: ${quoted(value)} is not one of ${SEVERITIES.slice(1).join(', ')}`)
    }
    return known ?? null
  }
  const file = attempt(() => policyFile(given, 'gate', read)) ?? { path: '', text: null }
  const fromFile = attempt(() => (file.text === null ? {} : readGatePolicy(file.text, file.path))) ?? {}
  const failOn = severity('fail-on')
  const unfixed = given('fail-on-unfixed').trim()
  const failOnUnfixed = severity('fail-on-unfixed')
  if (given('fail-on').trim() === 'never') faults.push('fail-on: a gate that never fails is none')
  const gate: GatePolicy = {
    ...DEFAULT_GATE,
    ...fromFile,
    file: file.text === null ? null : file.path,
    ...(failOn ? { failOn } : {}),
    ...(unfixed ? { failOnUnfixed } : {}),
    ...unknownOf(given('unknown-severity').trim(), faults),
    ...epssOf(given('epss-at-least').trim(), faults),
    ...booleanOf(given, 'strict-whitelist', faults),
    ...readNewOnly(given, faults),
    ...readVexNames(given),
    ...releaseOf(given('require-release').trim(), faults),
    ...hoursOf(given('max-data-age').trim(), faults),
    ...basesOf(given('allowed-bases'), faults),
  }
  const checks = checksOf(given('checks'), faults) ?? gate.checks
  const debug = given('debug').trim()
  if (!['', 'true', 'false'].includes(debug)) faults.push(`debug: ${quoted(debug)} is not true or false`)
  const whitelist = attempt(() => {
    const { path, text } = policyFile(given, 'whitelist', read)
    if (text === null) return null
    const included: ReadPolicy = read === readText ? (name) => readIncluded(path, name) : read
    return loadWhitelist(path, text, included, isDate(today) ? { today, maxSpan: gate.maxSpan } : null)
  })
  const dictionary = attempt(() => {
    const { path, text } = policyFile(given, 'dictionary', read)
    return text === null ? null : readDictionary(text, path)
  })
  const vex = readVexFiles(gate.vex, read, attempt)
  const baseline = attempt(() => readBaselineFile(given, faults))
  gathered.throwAny()
  return {
    policy: {
      gate: { ...gate, checks },
      vex,
      baseline,
      whitelist: whitelist ?? { file: null, entries: [] },
      dictionary: dictionary ?? DEFAULT_DICTIONARY,
    },
    today,
    reportDir: given('report-dir').trim(),
    debug: debug === 'true',
  }
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

function unknownOf(value: string, faults: string[]): Partial<Pick<GatePolicy, 'unknownSeverity'>> {
  if (value === '') return {}
  const known = UNKNOWN_WORDS.find((word) => word === value)
  if (known) return { unknownSeverity: known }
  faults.push(`unknown-severity: ${quoted(value)} is not one of ${UNKNOWN_WORDS.join(', ')}`)
  return {}
}

function epssOf(value: string, faults: string[]): Partial<Pick<GatePolicy, 'epssAtLeast'>> {
  if (value === '') return {}
  if (value === 'never') return { epssAtLeast: null }
  if (PROBABILITY.test(value)) return { epssAtLeast: Number(value) }
  faults.push(`epss-at-least: ${quoted(value)} is not a number from 0 to 1, or never`)
  return {}
}

function releaseOf(value: string, faults: string[]): Partial<Pick<GatePolicy, 'requireRelease'>> {
  if (value === '') return {}
  if (value === 'stable' || value === 'supported') return { requireRelease: value }
  faults.push(`require-release: ${quoted(value)} is not stable or supported`)
  return {}
}

function hoursOf(value: string, faults: string[]): Partial<Pick<GatePolicy, 'maxDataAge'>> {
  if (value === '') return {}
  if (isHours(value)) return { maxDataAge: Number(value) }
  faults.push(`max-data-age: ${quoted(value)} is no number of hours from 1 to ${MOST_HOURS}`)
  return {}
}

/** A file that the whitelist includes. A link must not lead where a path may not. */
function readIncluded(whitelist: string, path: string): string | null {
  const text = readText(path)
  const folder = baseOf(whitelist)
  if (text === null || isInside(path, folder === '' ? '.' : folder)) return text
  throw new SeaworthyError({
    code: 'policy-invalid',
    what: `${path}: the whitelist includes it, and it is a link to a place outside the working directory`,
    where: path,
    todo: 'put the file itself there',
  })
}

function basesOf(list: string, faults: string[]): Partial<Pick<GatePolicy, 'allowedBases'>> {
  const patterns = list.split(/[\s,]+/).filter((pattern) => pattern !== '')
  for (const pattern of patterns) {
    if (!BASE_PATTERN.test(pattern)) faults.push(`allowed-bases: ${quoted(pattern)} is no name of an image`)
  }
  return patterns.length === 0 ? {} : { allowedBases: patterns }
}

/** A policy file. One that is missing is a mistake, but for the default path. */
function policyFile(given: Given, name: string, read: ReadPolicy): { path: string; text: string | null } {
  const path = given(name).trim()
  const text = path === '' ? null : read(path)
  if (text === null && path !== '' && !isDefault(name, path)) {
    throw new SeaworthyError({
      code: 'policy-missing',
      what: `the file given as ${name} is not there`,
      where: path,
      todo: `write it, or leave ${name} out to use the built-in default`,
    })
  }
  return { path, text }
}
