import { type ObstacleFinding, obstacle } from '../../model/finding/obstacle.js'
import { compareText } from '../../model/order.js'
import type { Doubt, DoubtKind, HeldDatabase } from './doubts.js'

/** What only an archive's indexes can tell. */
export type ArchiveDoubtKind = 'older-by-changelog' | 'above-every-index'

export interface AnyDoubt extends Omit<Doubt, 'kind'> {
  readonly kind: DoubtKind | ArchiveDoubtKind
}

/** @param packages how many, and which */
const WORDS: Readonly<Record<AnyDoubt['kind'], (packages: string) => string>> = {
  'left-behind': (packages) =>
    `dpkg's files of ${packages} are there, and its status does not call them installed`,
  'no-list': (packages) => `status calls ${packages} installed of which dpkg has no list of files`,
  'status-alone': (packages) =>
    `a layer gives ${packages} another version and leaves dpkg's list of their files alone`,
  'files-alone': (packages) =>
    `a layer changes or removes ${packages} in dpkg's database, and leaves their files as they were`,
  'other-contents': (packages) => `programs of ${packages} are not those that dpkg's lists of MD5 sums name`,
  'older-by-changelog': (packages) => `the changelogs of ${packages} are older than the versions in status`,
  'above-every-index': (packages) => `${packages} are above every version that the release has`,
}

/** Names in the sentence. */
const TOLD = 8

/** The finding that the package database does not fit the image; `null` where all of it does. */
export function databaseFinding(doubts: readonly AnyDoubt[]): ObstacleFinding | null {
  if (doubts.length === 0) {
    return null
  }
  const parts = doubts.map(({ kind, packages }) => {
    const count = packages.length === 1 ? '1 package' : `${packages.length} packages`
    const more = packages.length > TOLD ? ` and ${packages.length - TOLD} more` : ''
    return WORDS[kind](`${count} (${packages.slice(0, TOLD).join(', ')}${more})`)
  })
  const packages = [...new Set(doubts.flatMap((doubt) => doubt.packages))].sort(compareText)
  const why = `what dpkg says is installed does not fit the image: ${parts.join('; ')}`
  const layer = doubts.find((doubt) => doubt.layer !== null)?.layer ?? null
  return { ...obstacle('package-database-doubtful', why, { packages }), layer }
}

/** What the database was held against. @param count installed packages of the image's own database */
export function databaseNote({ doubts, listed }: HeldDatabase, count: number): string {
  if (listed === null) {
    return 'the package database was not held against the image: the evidence has none of its files'
  }
  if (doubts.length > 0) {
    return `the package database does not fit the image (${doubts.map(({ kind }) => kind).join(', ')})`
  }
  return listed * 2 < count
    ? `dpkg keeps a list of files of ${listed} of ${count} packages: whether its database is true, layers alone can tell`
    : `the package database fits dpkg's lists of files, of ${listed} of ${count} packages`
}
