import type { Reference } from '../../model/index.js'

/** The parts of a package URL, decoded (https://github.com/package-url/purl-spec, PURL-SPECIFICATION.rst). */
export interface Purl {
  readonly type: string
  /** '' if there is none. */
  readonly namespace: string
  readonly name: string
  readonly version: string | null
  readonly qualifiers: ReadonlyMap<string, string>
  readonly subpath: string | null
}

/** The parts of a package URL; `null` for anything else. Types `deb` and `oci` are read in lower case. */
export function parsePurl(text: string): Purl | null {
  const parts = /^pkg:\/*([a-z][a-z0-9.+-]*)\/([^?#]+)(?:\?([^#]*))?(?:#(.*))?$/i.exec(text)
  if (parts === null) {
    return null
  }
  const [, type = '', path = '', query = '', subpath] = parts
  const at = path.lastIndexOf('@')
  const isLower = ['deb', 'oci'].includes(type.toLowerCase())
  try {
    const segments = (at > 0 ? path.slice(0, at) : path)
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(isLower ? segment.toLowerCase() : segment))
    const name = segments.pop()
    if (name === undefined) {
      return null
    }
    const version = at > 0 ? decodeURIComponent(path.slice(at + 1)) : ''
    return {
      type: type.toLowerCase(),
      namespace: segments.join('/'),
      name,
      version: version === '' ? null : version,
      qualifiers: new Map(query.split('&').filter(Boolean).map(pairOf)),
      subpath: subpath ?? null,
    }
  } catch {
    // decodeURIComponent: a broken escape.
    return null
  }
}

function pairOf(pair: string): [string, string] {
  const [key = '', ...value] = pair.split('=')
  return [key.toLowerCase(), decodeURIComponent(value.join('='))]
}

/** A Debian package as a package URL. `architecture` is `source` for a source package. */
export function debPurl(
  { name, version, architecture }: { name: string; version: string | null; architecture: string | null },
  codename: string | null,
): string {
  return purlOf(`deb/debian/${encoded(name)}`, version, { arch: architecture, distro: codename })
}

/**
 * An image by its reference. `version` is a digest of its manifest, the only version that the type has.
 * @param isLocal then it has no `repository_url`
 */
export function ociPurl(reference: Reference, architecture: string | null, isLocal = false): string {
  const { registry, repository, tag, digest } = reference
  const name = repository.split('/').at(-1) ?? repository
  const url = isLocal ? null : `${registry}/${repository}`
  return purlOf(`oci/${encoded(name)}`, digest, { arch: architecture, repository_url: url, tag })
}

function purlOf(path: string, version: string | null, qualifiers: Record<string, string | null>): string {
  const query = Object.entries(qualifiers).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [`${key}=${encoded(value)}`],
  )
  const versionText = version === null ? '' : `@${encoded(version)}`
  return `pkg:${path}${versionText}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

/** Percent-encoded as the purl specification requires: everything but letters, digits and `.-_~:`. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%3A', ':')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
