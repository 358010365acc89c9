import { asMember, type Finding, globMatches, isAcceptedByPath, NO_FINGERPRINT } from '../../model/index.js'

/** Entries that accept paths in the image (docs/policies.md), and the paths of findings. */

/** How many days an entry may hold at most that does not name the content of what it accepts. */
export const PATH_DAYS = 90

/**
 * True for a path in the image, with or without its first slash. A `*` is only behind two folders that are named in
 * full, so that no entry is about everything.
 */
export function isPath(text: string): boolean {
  const names = text.replace(/^\//, '').split('/')
  const first = names.findIndex((name) => name.includes('*'))
  return (
    !/\p{Cc}/u.test(text) &&
    names.every((name) => !['', '.', '..'].includes(name)) &&
    (first === -1 || first >= 2)
  )
}

export const PATH_ERROR =
  'is not a path in the image, such as opt/app/lib/legacy.jar; the only wildcard is *, and only behind at least two named folders (opt/app/*)'

/** As reports write a path: without the first slash, and a comma before a blank as in report.json. */
export function pathNamed(path: string): string {
  return asMember(path.replace(/^\//, ''))
}

/** A path of a finding, with the SHA-256 of its content, and the fingerprint of what is there; `null`: not known. */
interface AcceptablePath {
  readonly path: string
  readonly sha256: string | null
  readonly fingerprint: string | null
}

export interface NamingPath extends Omit<AcceptablePath, 'path'> {
  readonly path: string | null
}

type WithPaths = Pick<Finding, 'check' | 'id'> & { readonly details?: object }

/** All of its paths, if it is accepted by them; `null` for all other findings. */
export function acceptablePaths({ check, id, details = {} }: WithPaths): readonly AcceptablePath[] | null {
  if (!isAcceptedByPath(check, id)) {
    return null
  }
  const paths = listIn(details, 'paths')
  const sums = listIn(details, 'sha256')
  const fingerprints = listIn(details, 'fingerprints')
  return paths.map((path, index) => {
    const sum = sums.length === paths.length ? sums[index] : undefined
    const fingerprint = fingerprints.length === paths.length ? fingerprints[index] : undefined
    // A sum or a fingerprint that is not known has another text in its place.
    return {
      path,
      sha256: sum !== undefined && /^[0-9a-f]{64}$/.test(sum) ? sum : null,
      fingerprint: fingerprint === undefined || fingerprint === NO_FINGERPRINT ? null : fingerprint,
    }
  })
}

function listIn(details: object, name: string): readonly string[] {
  const value: unknown = Object.hasOwn(details, name) ? Reflect.get(details, name) : null
  return Array.isArray(value) ? value : []
}

/** True if the entry names the path, whatever its content. */
export function namesPath(
  { path: pattern }: Pick<NamingPath, 'path'>,
  { path }: Pick<AcceptablePath, 'path'>,
): boolean {
  return pattern !== null && globMatches(pattern, path)
}

export function acceptsPath(entry: NamingPath, one: AcceptablePath): boolean {
  return (
    namesPath(entry, one) &&
    (entry.sha256 === null || entry.sha256 === one.sha256) &&
    (entry.fingerprint === null || entry.fingerprint === one.fingerprint)
  )
}
