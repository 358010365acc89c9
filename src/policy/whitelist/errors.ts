import {
  BY_PATH_IDS,
  CHECKS,
  type CheckId,
  type EntryRules,
  formerProgram,
  hasContent,
  hasFingerprint,
  isAboutProgram,
  isAcceptedByIdAlone,
  isAcceptedByPath,
  isDate,
  isUnexamined,
  type LineError,
} from '../../model/index.js'
import { shown } from '../errors.js'
import { errorAt, listOf, type Mapping, mappingOf, pathText } from '../shape.js'
import type { YamlDocument } from '../yaml/read.js'
import { ANY_ID, entrySubject } from './match.js'
import { PATH_DAYS } from './paths.js'
import { DEFAULT_CHECK } from './schema.js'

/**
 * Errors that a schema cannot detect: conflicting keys, and entries with the same meaning. Checks each entry
 * separately, so that one with a wrong form does not hide the errors of the others.
 */
export function entryErrors(document: YamlDocument): LineError[] {
  const errors: LineError[] = []
  const firsts = new Map<string, number>()
  listOf(mappingOf(document.value)?.entries).forEach((value, index) => {
    const entry = mappingOf(value)
    if (entry === null) {
      return
    }
    const add = (key: string | null, text: string) => {
      const path = key === null ? ['entries', index] : ['entries', index, key]
      if (!document.hasErrors(path)) {
        errors.push(errorAt(document, path, text))
      }
    }
    idErrors(entry, add)
    packageErrors(entry, add)
    pathErrors(entry, add)
    imageErrors(entry, add)
    if (entry.justification !== undefined && !rulesOf(entry)?.rated) {
      add('justification', 'is allowed only for a vulnerability (check: clair)')
    }
    dateErrors(entry, add)
    const subject = rawSubject(entry)
    if (subject === null) {
      return
    }
    const same = firsts.get(subject)
    if (same === undefined) {
      firsts.set(subject, index)
    } else {
      const first = pathText(['entries', same])
      add(
        null,
        `covers the same findings as ${first} on line ${document.placeOf(['entries', same]).line}; keep only one of them`,
      )
    }
  })
  return errors
}

type AddEntryError = (key: string | null, text: string) => void

function idErrors(entry: Mapping, add: AddEntryError): void {
  const check = checkOf(entry)
  const id = entry.id
  if (check === null) {
    return
  }
  if (id === undefined && !CHECKS[check].entries.idOptional) {
    add('id', 'is missing')
  }
  if (typeof id !== 'string' || id.trim() === '') {
    return
  }
  const program = formerProgram(check, id)
  if (program !== null) {
    add(
      'id',
      `${shown(id)} no longer exists: use "id: not-examined-program" with "package: program/${program}"`,
    )
  } else if (!CHECKS[check].entries.id.test(id)) {
    add('id', `${shown(id)} ${CHECKS[check].entries.idError}`)
  }
}

function packageErrors(entry: Mapping, add: AddEntryError): void {
  const name = entry.package
  const isAny = String(entry['any-package']) === 'true'
  if (isOf(isAboutProgram, entry)) {
    if (isAny || typeof name !== 'string' || !/^(?:program|(?:pkg:)?bitnami)\//.test(name)) {
      const fix = 'name its program, such as "package: program/node"'
      add(name === undefined ? null : 'package', `${shown(String(entry.id))} is about one program: ${fix}`)
    }
    return
  }
  const rules = rulesOf(entry)
  const check = checkOf(entry)
  const why =
    isOf(isAcceptedByIdAlone, entry) || isOf(isUnexamined, entry) || (check !== null && hasFingerprint(check))
      ? `${shown(String(entry.id))} is not about a package`
      : rules?.hasPackage === false
        ? 'a Docker Bench check has no package'
        : null
  if (why !== null) {
    if (name !== undefined || isAny) {
      add(name === undefined ? 'any-package' : 'package', `${why}, so omit this key`)
    }
    return
  }
  if (name === undefined) {
    add('package', 'is missing')
  }
  const isByPackage = rules?.idOptional ?? false
  if (isByPackage && entry.id === undefined && typeof name === 'string' && name.includes('*')) {
    add('package', `an update can be accepted only for a single package, not for ${shown(name)}`)
  } else if (isByPackage && name === '*') {
    add(
      'package',
      '"*" cannot accept missing security support: specify the package, or use a pattern such as linux-*',
    )
  } else if (name === '*' && !isAny) {
    add('package', '"*" requires any-package: true')
  }
  if (typeof name === 'string' && name !== '*' && isAny) {
    add('any-package', `must not be set, because the package is ${shown(name)}`)
  }
}

function pathErrors(entry: Mapping, add: AddEntryError): void {
  const check = checkOf(entry)
  const { id, path, sha256, fingerprint } = entry
  if (fingerprint !== undefined && (check === null || !hasFingerprint(check))) {
    add('fingerprint', 'is allowed only for check: credentials')
  }
  if (check === null || typeof id !== 'string' || !isAcceptedByPath(check, id)) {
    for (const key of ['path', 'sha256'] as const) {
      if (entry[key] !== undefined) {
        add(key, `is allowed only for check: credentials, and for ${BY_PATH_IDS.join(', ')}`)
      }
    }
    return
  }
  if (path === undefined) {
    add(
      'path',
      `is missing: ${shown(id)} is accepted only for paths; add a line such as "path: opt/app/lib/legacy.jar" with a path from the report`,
    )
  }
  if (hasFingerprint(check) && fingerprint === undefined && typeof path === 'string' && path.includes('*')) {
    add('path', 'has a *, so the entry needs the fingerprint of the credential')
  }
  if (sha256 !== undefined && hasFingerprint(check)) {
    add('sha256', 'is for programs; a credential has a fingerprint')
  } else if (sha256 !== undefined && !hasContent(id)) {
    add(
      'sha256',
      `the content behind ${shown(id)} is not known, so omit this key; the entry may be valid for at most ${PATH_DAYS} days`,
    )
  }
}

/** A pattern of more than one repository: the part before tag or digest is not a single name. */
const MATCHES_MANY = /\*.*\/|^[^:@*]*\*/s

/** Whether this holds for the findings that the entry names by check and id. */
function isOf(holds: (check: CheckId, id: string) => boolean, entry: Mapping): boolean {
  const check = checkOf(entry)
  return check !== null && typeof entry.id === 'string' && holds(check, entry.id)
}

/** Accepting such a finding requires naming the image; it may have many tags. */
function imageErrors(entry: Mapping, add: AddEntryError): void {
  if (!isOf(isAcceptedByIdAlone, entry)) {
    return
  }
  if (entry.images === undefined) {
    add('images', `is missing: ${shown(String(entry.id))} can be accepted only for specific images`)
  } else if (listOf(entry.images).some((image) => typeof image === 'string' && MATCHES_MANY.test(image))) {
    add(
      'images',
      `${shown(String(entry.id))} can be accepted only for specific images: "*" is allowed only in a tag`,
    )
  }
}

function dateErrors({ added, expires }: Mapping, add: AddEntryError): void {
  if (typeof added === 'string' && typeof expires === 'string' && isDate(added) && added > expires) {
    add('added', `${shown(added)} is after the entry's expiry date`)
  }
}

/** `null` if the entry names a check that does not exist. */
function checkOf(entry: Mapping): CheckId | null {
  const check = entry.check ?? DEFAULT_CHECK
  return typeof check === 'string' && Object.hasOwn(CHECKS, check) ? (check as CheckId) : null
}

function rulesOf(entry: Mapping): EntryRules | null {
  const check = checkOf(entry)
  return check === null ? null : CHECKS[check].entries
}

/** `null` if an entry has no id to compare. A value with a wrong form is reported as such, and compared as written. */
function rawSubject(entry: Mapping): string | null {
  if (entry.id === undefined && !rulesOf(entry)?.idOptional) {
    return null
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  const list = (value: unknown) => (Array.isArray(value) ? value.map(text) : null)
  const textOrNull = (value: unknown) => (value === undefined ? null : text(value))
  const { check = DEFAULT_CHECK, id = ANY_ID, package: name = '*' } = entry
  return entrySubject({
    path: textOrNull(entry.path),
    sha256: textOrNull(entry.sha256),
    fingerprint: textOrNull(entry.fingerprint),
    check: text(check),
    id: text(id),
    package: text(name),
    releases: list(entry.releases),
    images: list(entry.images),
  })
}
