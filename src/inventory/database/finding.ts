import { asMember, listText, type ObstacleFinding, obstacle, plural, sorted } from '../../model/index.js'
import type { DatabaseDoubt, DatabaseFindings, DoubtKind } from './doubts.js'

/** What only an archive's indexes can show. */
export type ArchiveDoubtKind = 'older-by-changelog' | 'above-every-index'

export interface AnyDoubt extends Omit<DatabaseDoubt, 'kind'> {
  readonly kind: DoubtKind | ArchiveDoubtKind
}

/** @param packages how many, and which */
const TEXTS: Readonly<Record<AnyDoubt['kind'], (packages: string) => string>> = {
  'left-behind': (packages) =>
    `dpkg has file lists for ${packages}, but its status file does not list them as installed`,
  'no-list': (packages) =>
    `the status file lists ${packages} as installed, but dpkg has no file lists for them`,
  'status-alone': (packages) => `a layer changes the versions of ${packages}, but not their dpkg file lists`,
  'files-alone': (packages) =>
    `a layer changes or removes dpkg's database entries for ${packages}, but leaves their files unchanged`,
  'other-contents': (packages) => `programs from ${packages} do not match dpkg's MD5 sums`,
  'grown-list': (packages) =>
    `a layer adds lines to dpkg's file lists of ${packages}, but does not change the package`,
  'other-build': (packages) =>
    `a layer changes the MD5 sums that dpkg has for ${packages}, but not the version, so it is not the archive's build (install the one from the archive, or give your own build its own version)`,
  'replaced-program': (packages) =>
    `a layer replaces programs from ${packages} with others, but does not change the packages`,
  'not-listed': (packages) =>
    `the image has files of ${packages}, which dpkg's database does not list as installed, so that nothing checks them for updates`,
  'older-by-changelog': (packages) =>
    `the changelogs of ${packages} are older than the versions in the status file`,
  'above-every-index': (packages) =>
    `the installed versions of ${packages} are newer than every version in the release that the image's os-release file names`,
}

/** Names in the sentence. */
const MAX_PACKAGES = 8
/** Lines in the sentence, and in the finding. */
const MAX_SHOWN_LINES = 3
const MAX_LINES = 20

/** The finding that the package database does not match the image; `null` if all of it matches. */
export function databaseFinding(doubts: readonly AnyDoubt[]): ObstacleFinding | null {
  if (doubts.length === 0) {
    return null
  }
  const parts = doubts.map(({ kind, packages, lines = [] }) => {
    const examples = lines.slice(0, MAX_SHOWN_LINES).join('; ')
    const text = TEXTS[kind](`${plural(packages.length, 'package')} (${listText(packages, MAX_PACKAGES)})`)
    return examples === '' ? text : `${text}: ${examples}${lines.length > MAX_SHOWN_LINES ? '; …' : ''}`
  })
  const lines = doubts
    .flatMap((doubt) => doubt.lines ?? [])
    .slice(0, MAX_LINES)
    .map(asMember)
  const packages = sorted(doubts.flatMap((doubt) => doubt.packages))
  const why = `dpkg's list of installed packages does not match the image: ${parts.join('; ')}`
  const layer = doubts.find((doubt) => doubt.layer !== null)?.layer ?? null
  return {
    ...obstacle('package-database-doubtful', why, { packages, lines: lines.length === 0 ? null : lines }),
    layer,
  }
}

/** What the database was compared with. @param count installed packages of the image's own database */
export function databaseNote(
  { doubts, listed }: DatabaseFindings,
  count: number,
): { readonly notes: string[]; readonly limits: string[] } {
  const limit = (text: string) => ({ notes: [], limits: [text] })
  const note = (text: string) => ({ notes: [text], limits: [] })
  if (listed === null) {
    return limit('the package database was not compared with the image: the evidence lacks its files')
  }
  if (doubts.length > 0) {
    return note(
      `the package database does not match the image (${doubts.map(({ kind }) => kind).join(', ')})`,
    )
  }
  return listed * 2 < count
    ? limit(
        `dpkg has file lists for ${listed} of ${count} packages; only the layers can show whether its database is correct`,
      )
    : note(`the package database matches dpkg's file lists, which cover ${listed} of ${count} packages`)
}
