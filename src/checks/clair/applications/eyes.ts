import type { Ecosystem } from '../../../osv/ecosystem.js'

/** The ecosystems whose packages Clair lists and matches (claircore 1.5, its default indexers and matchers). */
export const CLAIR_ECOSYSTEMS = ['PyPI', 'Maven', 'RubyGems', 'Go'] as const satisfies readonly Ecosystem[]
export type ClairEcosystem = (typeof CLAIR_ECOSYSTEMS)[number]

/** A package that Clair must report in each run, or its silence about an ecosystem is not believed. */
export interface ApplicationCanary {
  readonly name: string
  readonly version: string
  /** The advisory that we serve about it; `null`: any at all, of a real package in a version below all of its fixes. */
  readonly id: string | null
}

/** How the paths of their packages begin in Clair's reports (`package_db`). */
const BEGINNINGS: Readonly<Record<string, ClairEcosystem>> = {
  'python:': 'PyPI',
  'maven:': 'Maven',
  'jar:': 'Maven',
  'file:': 'Maven',
  'ruby:': 'RubyGems',
  'go:': 'Go',
}
const BEGINNING = /^(?:python|maven|jar|file|ruby|go):/

/** The ecosystem of a package that Clair found at this place; `null` for one of dpkg or of another system. */
export function ecosystemAt(database: string): ClairEcosystem | null {
  const [beginning] = BEGINNING.exec(database) ?? []
  return beginning === undefined ? null : (BEGINNINGS[beginning] ?? null)
}

/** Where it lies, as Clair says, without the beginning: a folder of Python packages, else a file. */
export function pathAt(database: string): string {
  return database.replace(BEGINNING, '')
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
const LABELS: Readonly<Record<string, string>> = { a: 'a', alpha: 'a', b: 'b', beta: 'b' }

/**
 * The version that Clair makes of one: `1.13.0+cpu` is 1.13.0 to it, and v0.0.0-20210226… is 0.0.0 (claircore,
 * pkg/pep440 and gobin). `null` where it can make nothing of it.
 */
export function asClairReads(ecosystem: ClairEcosystem, text: string): string | null {
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
  const pre = label === undefined ? '' : `${LABELS[label] ?? 'rc'}${number(preNumber)}`
  return [
    number(epoch) === 0 ? '' : `${number(epoch)}!`,
    release.split('.').map(Number).join('.'),
    pre,
    number(post ?? otherPost) === 0 ? '' : `.post${number(post ?? otherPost)}`,
    number(dev) === 0 ? '' : `.dev${number(dev)}`,
  ].join('')
}
