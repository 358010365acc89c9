import { isDate } from '../../model/dates.js'
import type { CheckId } from '../../model/evidence.js'
import { type PolicyFault, shown } from '../faults.js'
import type { WhitelistEntry } from '../policy.js'
import { pathText } from '../shape.js'
import type { YamlDocument } from '../yaml/read.js'

/** The id of an entry that is about every finding of its package (only `check: security-updates` may). */
export const ANY_ID = '*'

/**
 * https://cve.mitre.org/cve/identifiers/syntaxchange.html; what Debian's tracker uses before there is a CVE; and what
 * the other updaters of a Clair call theirs (claircore, updater/osv: Go, Maven, npm, PyPI, RubyGems).
 */
const VULNERABILITY =
  /^(?:CVE-\d{4}-\d{4,}|TEMP-\d{7}-[0-9A-F]{6}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|MAL|PYSEC)-\d{4}-\d+)$/

const IDS: Readonly<Record<CheckId, { readonly pattern: RegExp; readonly words: string }>> = {
  clair: {
    pattern: VULNERABILITY,
    words: 'is not a CVE id (CVE-2011-3374), nor one of TEMP-, GHSA-, GO-, MAL- or PYSEC-',
  },
  'security-updates': {
    pattern: /(?!)/,
    words: 'names no update: one is accepted for its package; leave id out',
  },
  'docker-bench': { pattern: /^\d+(?:\.\d+)*$/, words: 'is not the id of a Docker Bench check, such as 4.1' },
}

/** A source package (Debian policy 5.6.1), a pattern of them, or `*`. */
export const PACKAGES = /^(?:\*|[a-z0-9*][a-z0-9+.*-]+)$/

export function isVulnerabilityId(id: string): boolean {
  return VULNERABILITY.test(id)
}

/** Whether an entry can be about exactly this: Clair may tell of packages and vulnerabilities that are none of Debian's. */
export function canName({
  check,
  id,
  package: name,
}: Pick<WhitelistEntry, 'check' | 'id' | 'package'>): boolean {
  return IDS[check].pattern.test(id) && (name === null || (PACKAGES.test(name) && !name.includes('*')))
}

type RawEntry = Readonly<Record<string, unknown>>

/**
 * The faults that a shape cannot tell: which keys go together, and entries that say the same. Looks at each
 * entry by itself, so that one with a wrong shape does not hide the faults of the others.
 */
export function entryFaults(document: YamlDocument): PolicyFault[] {
  const list = isMapping(document.value) ? document.value.entries : undefined
  if (!Array.isArray(list)) return []
  const entries: readonly unknown[] = list
  const faults: PolicyFault[] = []
  const firsts = new Map<string, number>()
  entries.forEach((entry, index) => {
    if (!isMapping(entry)) return
    const fault = (key: string | null, text: string) => {
      const path = key === null ? ['entries', index] : ['entries', index, key]
      if (!document.isFaulty(path))
        faults.push({ place: document.placeOf(path), text: `${pathText(path)}: ${text}` })
    }
    idFaults(entry, fault)
    packageFaults(entry, fault)
    if (entry.justification !== undefined && (entry.check ?? 'clair') !== 'clair')
      fault('justification', 'only a vulnerability (check: clair) has one')
    dateFaults(entry, fault)
    const subject = subjectOf(entry)
    if (subject === null) return
    const same = firsts.get(subject)
    if (same === undefined) firsts.set(subject, index)
    else {
      const first = pathText(['entries', same])
      fault(
        null,
        `is about the same as ${first} in line ${document.placeOf(['entries', same]).line}; keep one`,
      )
    }
  })
  return faults
}

type EntryFault = (key: string | null, text: string) => void

function idFaults(entry: RawEntry, fault: EntryFault): void {
  const check = checkOf(entry)
  const id = entry.id
  if (check === null) return
  if (id === undefined && check !== 'security-updates') fault('id', 'is missing')
  if (typeof id !== 'string' || id.trim() === '') return
  if (!IDS[check].pattern.test(id)) fault('id', `${shown(id)} ${IDS[check].words}`)
}

function packageFaults(entry: RawEntry, fault: EntryFault): void {
  const name = entry.package
  const isAny = String(entry['any-package']) === 'true'
  if (checkOf(entry) === 'docker-bench') {
    if (name !== undefined || isAny)
      fault(name === undefined ? 'any-package' : 'package', 'a Docker Bench check has no package')
    return
  }
  if (name === undefined) fault('package', 'is missing')
  if (checkOf(entry) === 'security-updates' && name === '*') {
    fault('package', 'an update is accepted for one package, not for "*"')
  } else if (checkOf(entry) === 'security-updates' && typeof name === 'string' && name.includes('*')) {
    fault('package', `an update is accepted for one package, not for ${shown(name)}`)
  } else if (name === '*' && !isAny) {
    fault('package', '"*" needs any-package: true')
  }
  if (typeof name === 'string' && name !== '*' && isAny) fault('any-package', `the package is ${shown(name)}`)
}

function dateFaults({ added, expires }: RawEntry, fault: EntryFault): void {
  if (typeof added === 'string' && typeof expires === 'string' && isDate(added) && added > expires)
    fault('added', `${shown(added)} is after it expires`)
}

/** `null` where the entry names a check that does not exist. */
function checkOf(entry: RawEntry): CheckId | null {
  const check = entry.check ?? 'clair'
  return typeof check === 'string' && Object.hasOwn(IDS, check) ? (check as CheckId) : null
}

/** Two entries with the same subject decide about the same findings. `null` where an entry has no id to compare. */
function subjectOf(entry: RawEntry): string | null {
  if (entry.id === undefined && entry.check !== 'security-updates') return null
  const sorted = (value: unknown) => (Array.isArray(value) ? value.map(String).sort() : null)
  const { id = ANY_ID, package: name = '*', check = 'clair', releases, images } = entry
  return JSON.stringify([id, name, check, sorted(releases), sorted(images)])
}

function isMapping(value: unknown): value is RawEntry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
