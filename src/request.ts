import { type BenchRequest, readBenchRequest } from './bench-request.js'
import { isDate } from './core/dates.js'
import { readDictionary } from './core/dictionary.js'
import { DEFAULT_DICTIONARY } from './core/dictionary-default.js'
import { CHECK_IDS, type CheckId } from './core/evidence.js'
import { readGatePolicy } from './core/gate-policy.js'
import { DEFAULT_GATE, type GatePolicy, type Policy } from './core/policy.js'
import { SeaworthyError } from './core/problem.js'
import { SEVERITIES, type Severity } from './core/severity.js'
import { readWhitelist } from './core/whitelist.js'
import { type Given, isDefault } from './inputs.js'
import { defaultCacheDir, readText } from './io/files.js'

/** Everything that was asked for, in words that can be used. */
export interface Request {
  readonly images: readonly string[]
  /** The name that policies and reports know the image by, where it is opened by another; else `null`. */
  readonly judgedAs: string | null
  readonly platform: string | null
  readonly tracker: string
  readonly clairImage: string
  readonly postgresImage: string
  readonly clairUrl: string | null
  readonly clairPsk: { readonly key: string; readonly issuer: string } | null
  readonly layerUrl: string | null
  readonly clairTimeoutMs: number
  readonly timeoutMs: number
  readonly saveEvidence: string | null
  readonly debianMirror: string | null
  readonly debianSecurityMirror: string | null
  readonly cacheDir: string
  readonly bench: BenchRequest
}

/** What is needed to judge, also without collecting. */
export interface Judging {
  readonly policy: Policy
  readonly today: string
  readonly reportDir: string
  readonly debug: boolean
}

/** Reads what is asked of a scan. All faults at once; throws `bad-input`. */
export function readRequest(images: readonly string[], given: Given): Request {
  const faults: string[] = []
  const text = (name: string) => given(name).trim()
  const optional = (name: string) => text(name) || null
  const seconds = (name: string) => {
    const value = Number(text(name))
    if (!(value > 0 && value <= 86_400))
      faults.push(`${name}: ${quoted(text(name))} is not a number of seconds`)
    return value * 1000
  }
  const url = (name: string) => {
    const value = optional(name)
    if (value !== null && (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)))
      faults.push(`${name}: ${quoted(value)} is not an http URL`)
    return value
  }
  if (images.length === 0) faults.push('image: name at least one image or archive')
  for (const image of images) {
    if (/[\s\0]/.test(image.replaceAll(' ', '')) || image.trim() === '' || image.startsWith('-'))
      faults.push(`image: ${quoted(image)} is no name`)
  }
  const platform = optional('platform')
  if (platform !== null && !/^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/.test(platform)) {
    faults.push(`platform: ${quoted(platform)} is not like linux/arm64`)
  }
  const clairUrl = url('clair-url')
  const layerUrl = url('layer-url')
  if (clairUrl !== null && layerUrl === null) {
    faults.push('layer-url: clair-url needs it: http://host:port under which that Clair reaches this machine')
  }
  if (layerUrl !== null && !/^http:\/\/[^/]+:\d+\/?$/.test(layerUrl)) {
    faults.push(`layer-url: ${quoted(layerUrl)} is not like http://host:port`)
  }
  const key = optional('clair-psk')
  const issuer = optional('clair-psk-issuer')
  if ((key === null) !== (issuer === null)) faults.push('clair-psk and clair-psk-issuer go together')
  const request: Request = {
    images,
    judgedAs: null,
    platform,
    tracker: text('tracker'),
    clairImage: text('clair-image'),
    postgresImage: text('postgres-image'),
    clairUrl,
    clairPsk: key !== null && issuer !== null ? { key, issuer } : null,
    layerUrl,
    clairTimeoutMs: seconds('clair-timeout'),
    timeoutMs: seconds('timeout'),
    saveEvidence: optional('save-evidence'),
    debianMirror: url('debian-mirror'),
    debianSecurityMirror: url('debian-security-mirror'),
    cacheDir: optional('cache-dir') ?? defaultCacheDir(),
    bench: readBenchRequest(given, faults),
  }
  throwFaults(faults)
  return request
}

/**
 * Reads the policies and the date. Throws `bad-input`, `policy-missing` or `policy-invalid`; all of it before
 * any check is started.
 * @param now the date to judge for where none was given, YYYY-MM-DD, UTC
 */
export function readJudging(given: Given, now: string): Judging {
  const faults: string[] = []
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
  const file = policyFile(given, 'gate')
  const fromFile = file.text === null ? {} : readGatePolicy(file.text, file.path)
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
    ...booleanOf(given, 'strict-whitelist', faults),
    ...releaseOf(given('require-release').trim(), faults),
  }
  const checks = checksOf(given('checks'), faults) ?? gate.checks
  const debug = given('debug').trim()
  if (!['', 'true', 'false'].includes(debug)) faults.push(`debug: ${quoted(debug)} is not true or false`)
  throwFaults(faults)
  const whitelist = policyFile(given, 'whitelist')
  const dictionary = policyFile(given, 'dictionary')
  return {
    policy: {
      gate: { ...gate, checks },
      whitelist:
        whitelist.text === null ? { file: null, entries: [] } : readWhitelist(whitelist.text, whitelist.path),
      dictionary:
        dictionary.text === null ? DEFAULT_DICTIONARY : readDictionary(dictionary.text, dictionary.path),
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

function releaseOf(value: string, faults: string[]): Partial<Pick<GatePolicy, 'requireRelease'>> {
  if (value === '') return {}
  if (value === 'stable' || value === 'supported') return { requireRelease: value }
  faults.push(`require-release: ${quoted(value)} is not stable or supported`)
  return {}
}

/** A policy file. One that is missing is a mistake, but for the default path. */
function policyFile(given: Given, name: string): { path: string; text: string | null } {
  const path = given(name).trim()
  const text = path === '' ? null : readText(path)
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

function throwFaults(faults: readonly string[]): void {
  if (faults.length === 0) return
  throw new SeaworthyError({
    code: 'bad-input',
    what: faults.join('\n'),
    where: 'inputs',
    todo: 'correct them; seaworthy --help lists all',
  })
}

function quoted(value: string): string {
  return JSON.stringify(value)
}
