import type { PurlType } from '../model/application.js'

/** The ecosystems that are judged, as OSV writes them (https://ossf.github.io/osv-schema/, "Defined ecosystems"). */
export const ECOSYSTEMS = ['PyPI', 'Maven', 'RubyGems', 'Go', 'npm', 'Packagist'] as const
export type Ecosystem = (typeof ECOSYSTEMS)[number]

/** Whose advisories are about packages of a kind. */
export const ECOSYSTEM_OF = {
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  gem: 'RubyGems',
  golang: 'Go',
  composer: 'Packagist',
} as const satisfies Readonly<Record<PurlType, Ecosystem>>

/** `null` for one that is not judged. A suffix names a repository, as in `Packagist:https://packages.drupal.org/8`. */
export function ecosystemOf(text: string): Ecosystem | null {
  const [bare] = text.split(':', 1)
  return ECOSYSTEMS.find((one) => one === bare) ?? null
}

/**
 * The key by which names of one ecosystem are looked up: PEP 503 for PyPI, lower case for npm and Packagist, and
 * exactly as written for Maven's `group:artifact`, gems and Go's module paths (`stdlib` is one of them).
 */
export function nameKey(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.replace(/[-_.]+/g, '-').toLowerCase()
    case 'npm':
    case 'Packagist':
      return name.toLowerCase()
    default:
      return name
  }
}

/**
 * The keys under which a record's name is found: of Maven also the artifact alone, after a colon, for jars that do not
 * say their group.
 */
export function lookUpKeys(ecosystem: Ecosystem, name: string): readonly string[] {
  const key = nameKey(ecosystem, name)
  const colon = ecosystem === 'Maven' ? key.indexOf(':') : -1
  return colon > 0 ? [key, key.slice(colon)] : [key]
}

/**
 * True if a record's name means this package. npm has old packages that differ in nothing but capitals: `jsonstream`
 * is not `JSONStream`. But advisories were written with capitals that the package has not (`Axios`).
 */
export function namesPackage(ecosystem: Ecosystem, inRecord: string, name: string): boolean {
  if (ecosystem === 'npm') {
    return inRecord === name || inRecord.toLowerCase() === name
  }
  if (ecosystem === 'Maven' && name.startsWith(':')) {
    return lookUpKeys(ecosystem, inRecord).includes(name)
  }
  return nameKey(ecosystem, inRecord) === nameKey(ecosystem, name)
}

/**
 * The release that a build is of. PEP 440 compares without the local part: `1.13.0+cpu` is 1.13.0 wherever a list or a
 * range names that.
 */
export function releaseOf(ecosystem: Ecosystem, version: string): string {
  return ecosystem === 'PyPI' ? version.replace(/\+.*$/s, '') : version
}
