import type { Ecosystem } from '../../../feeds/formats/osv/ecosystem.js'

/** The ecosystems whose packages Clair lists and matches (claircore 1.5, its default indexers and matchers). */
export const CLAIR_ECOSYSTEMS = ['PyPI', 'Maven', 'RubyGems', 'Go'] as const satisfies readonly Ecosystem[]
export type ClairEcosystem = (typeof CLAIR_ECOSYSTEMS)[number]

/** A package that Clair must report in each run; otherwise an answer without findings proves nothing. */
export interface ApplicationCanary {
  readonly name: string
  readonly version: string
  /**
   * The advisory about the canary that Seaworthy serves to Clair; `null`: any advisory about a real package, whose
   * version is below all of its fixes.
   */
  readonly id: string | null
}

/** How paths of application packages begin in Clair's reports (`package_db`): prefix -> ecosystem. */
const PATH_PREFIXES: Readonly<Record<string, ClairEcosystem>> = {
  'python:': 'PyPI',
  'maven:': 'Maven',
  'jar:': 'Maven',
  'file:': 'Maven',
  'ruby:': 'RubyGems',
  'go:': 'Go',
}
const PATH_PREFIX = /^(?:python|maven|jar|file|ruby|go):/

/** The ecosystem of a package that Clair found at this path; `null` for a package manager's, such as dpkg's. */
export function ecosystemAt(database: string): ClairEcosystem | null {
  const [prefix] = PATH_PREFIX.exec(database) ?? []
  return prefix === undefined ? null : (PATH_PREFIXES[prefix] ?? null)
}

/** The path in Clair's report without its prefix: a folder of Python packages, else a file. */
export function pathAt(database: string): string {
  return database.replace(PATH_PREFIX, '')
}

export function isOfClair(ecosystem: Ecosystem): ecosystem is ClairEcosystem {
  return CLAIR_ECOSYSTEMS.some((one) => one === ecosystem)
}

/** Clair's updater of an ecosystem (claircore, updater/osv): its name in update operations and in vulnerabilities. */
export function updaterOf(ecosystem: ClairEcosystem): string {
  return `osv/${ecosystem.toLowerCase()}`
}

const SEMVER = /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/
const PEP440 =
  /v?(?:(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?([0-9]+)?)?(?:-([0-9]+)|[-_.]?(?:post|rev|r)[-_.]?([0-9]+)?)?(?:[-_.]?dev[-_.]?([0-9]+)?)?)/

/**
 * A version as Clair understands it: it reads `1.13.0+cpu` as 1.13.0, and v0.0.0-20210226… as 0.0.0 (claircore,
 * pkg/pep440 and gobin). `null` if Clair cannot parse it.
 */
export function clairVersionText(ecosystem: ClairEcosystem, text: string): string | null {
  if (ecosystem === 'Go') {
    const [, major, minor = '0', patch = '0'] = SEMVER.exec(text) ?? []
    return major === undefined ? null : `${major}.${minor}.${patch}`
  }
  if (ecosystem !== 'PyPI') {
    return text
  }
  const found = PEP440.exec(text)
  if (found === null) {
    return null
  }
  const [, epoch, release = '', label, preNumber, post, otherPost, dev] = found
  const number = (digits: string | undefined) => Number(digits ?? 0)
  // The pattern ends at the first letter of "alpha" and "beta", and after "pre" of "preview", as it does in Clair.
  const pre =
    label === undefined ? '' : `${label === 'a' || label === 'b' ? label : 'rc'}${number(preNumber)}`
  return [
    number(epoch) === 0 ? '' : `${number(epoch)}!`,
    release.split('.').map(Number).join('.'),
    pre,
    number(post ?? otherPost) === 0 ? '' : `.post${number(post ?? otherPost)}`,
    number(dev) === 0 ? '' : `.dev${number(dev)}`,
  ].join('')
}
