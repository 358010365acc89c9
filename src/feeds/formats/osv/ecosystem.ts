import type { PurlType } from '../../../model/index.js'

/** The ecosystems that are judged, as OSV writes them (https://ossf.github.io/osv-schema/, "Defined ecosystems"). */
export const ECOSYSTEMS = [
  'PyPI',
  'Maven',
  'RubyGems',
  'Go',
  'npm',
  'Packagist',
  'crates.io',
  'Bitnami',
] as const
export type Ecosystem = (typeof ECOSYSTEMS)[number]

/** The kinds of packages that advisories are about. */
export const ECOSYSTEM_OF = {
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  gem: 'RubyGems',
  golang: 'Go',
  composer: 'Packagist',
  cargo: 'crates.io',
  bitnami: 'Bitnami',
} as const satisfies Readonly<Record<PurlType, Ecosystem>>

/** A suffix names a repository (`Packagist:https://packages.drupal.org/8`); `null`: it is not judged. */
export function ecosystemOf(text: string): Ecosystem | null {
  const [bare] = text.split(':', 1)
  return ECOSYSTEMS.find((one) => one === bare) ?? null
}

/**
 * The key for looking up names of one ecosystem: PEP 503 for PyPI, lower case for npm and Packagist, and exactly as
 * written for Maven's `group:artifact`, gems, crates and Go's module paths (including `stdlib`).
 */
export function nameKey(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.replace(/[-_.]+/g, '-').toLowerCase()
    case 'npm':
    case 'Packagist':
    case 'Bitnami':
      return name.toLowerCase()
    default:
      return name
  }
}

/** The keys of a record's name; for Maven also `:artifact`, for jars that do not state their group. */
export function lookUpKeys(ecosystem: Ecosystem, name: string): readonly string[] {
  const key = nameKey(ecosystem, name)
  const colon = ecosystem === 'Maven' ? key.indexOf(':') : -1
  return colon > 0 ? [key, key.slice(colon)] : [key]
}

/**
 * True if a record's name means this package. npm has old packages that differ only in case: `jsonstream` is not
 * `JSONStream`. But some advisories have capitals that the package does not have (`Axios`).
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

/** PEP 440 compares without the local part: `1.13.0+cpu` matches 1.13.0 in any list or range. */
export function releaseOf(ecosystem: Ecosystem, version: string): string {
  return ecosystem === 'PyPI' ? version.replace(/\+.*$/s, '') : version
}
