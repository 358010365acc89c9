import { type InstalledStanza, parseStanzas } from '../../../debian/control.js'
import { compareVersions } from '../../../debian/version.js'
import {
  aboutPackage,
  type Binary,
  compareText,
  type ForeignPackage,
  type InstalledPackage,
  maybeVendorOf,
  type ObstacleFinding,
  type Origin,
  type OriginEvidence,
  obstacle,
  readOrNull,
  sorted,
} from '../../../model/index.js'
import { isUpdateOf } from './rule.js'

type FileTexts = Readonly<Record<string, string>>

/** An installed package that is not from the image's release, with its stanza. */
export interface FoundPackage {
  readonly from: ForeignPackage
  readonly installed: InstalledStanza
}

/** A suite that may have more packages of the image and could not be read. */
export interface UnreadSuite {
  readonly suite: string
  readonly why: string
}

/** The packages that are not from the image's release, and what is not known of them. */
export interface FoundOrigins {
  /** In the order of the status file. */
  readonly packages: readonly FoundPackage[]
  readonly unread: readonly UnreadSuite[]
}

/** The image's own release, in which packages from another release may have a newer version. */
export interface OwnRelease {
  readonly codename: string
  /**
   * True if it is testing or sid, which Debian does not support: that is reported for the whole image, not again for
   * each package of sid.
   */
  readonly isMoving: boolean
  /** The version that it has of an installed package, if it is higher; else `null`. */
  readonly newer: (one: Binary) => Pick<InstalledPackage, 'name' | 'version' | 'sourceVersion'> | null
  /** True if the mirrors no longer have the file of that version. */
  readonly isLost: (one: Binary) => boolean
}

/**
 * A finding for each source package, version and origin that is not from the image's release.
 * @param files of the image
 */
export function originFindings(
  { packages, unread }: FoundOrigins,
  files: FileTexts,
  own: OwnRelease,
): ObstacleFinding[] {
  const lists = foreignLists(files)
  const texts = packages
    .filter(({ from }) => !own.isMoving || from.release === null)
    .map((one) => ({ ...one, party: one.from.release === null ? publisherOf(one, lists) : NO_PUBLISHER }))
  const groups = Map.groupBy(texts, ({ from: { source, sourceVersion, origin, suite }, party }) =>
    [source, sourceVersion, origin, suite, party.from].join('\n'),
  )
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [first] = group
      return first === undefined ? [] : [findingOfGroup(first, group, unread, own)]
    })
}

interface Publisher {
  readonly from: string | null
  readonly saysSo: OriginEvidence | null
}

const NO_PUBLISHER: Publisher = { from: null, saysSo: null }

function findingOfGroup(
  {
    from: { source, sourceVersion, origin, suite, release, vendor },
    party,
  }: FoundPackage & { readonly party: Publisher },
  group: readonly FoundPackage[],
  unread: readonly UnreadSuite[],
  own: OwnRelease,
): ObstacleFinding {
  const binaries = group
    .map(({ from: { name, version, architecture } }) => ({ name, version, architecture }))
    .sort((a, b) => compareText(`${a.name} ${a.architecture}`, `${b.name} ${b.architecture}`))
  const page = `https://security-tracker.debian.org/tracker/source-package/${encodeURIComponent(source)}`
  const links = release === null ? [] : [page]
  const common = { package: source, version: sourceVersion, binaries, links }
  const name = `${source} ${sourceVersion}`
  if (origin === 'stable' && release !== null && suite !== null) {
    return aboutPackage(otherReleaseFinding({ source, sourceVersion, release, suite }, binaries, own), common)
  }
  const where =
    suite === null
      ? `is not in any Debian index${origin === 'unknown' ? ' that was read' : ''}; ${partyText(party)}`
      : `is from ${suite}`
  const suites = unread.map((one) => one.suite).join(' or ')
  const why = [
    `${name} ${where}`,
    vendor === undefined ? updateSourceText(group, origin) : `it is a package of ${vendor.title}`,
    ...(origin === 'unknown' ? [`it is unknown whether ${suites} contains this package`] : []),
  ].join('; ')
  const details = { origin, suite, ...party, base: null, vendor: vendor?.title ?? null }
  return aboutPackage(obstacle('no-security-support', why, details), common)
}

/** Where to get updates. A version that looks like Debian's may be an old one of Debian's, or a vendor's. */
function updateSourceText(group: readonly FoundPackage[], origin: Origin): string {
  const [vendorTitle] = group.flatMap(({ from }) => maybeVendorOf(from.name, from.version) ?? [])
  return vendorTitle === undefined || origin !== 'third-party'
    ? 'no source of security updates is known for this package'
    : `it may be a package of ${vendorTitle}, or a version that Debian had earlier: its version does not show which`
}

/** Blocks if the image's own release has something newer to install in its place. */
function otherReleaseFinding(
  { source, sourceVersion, release, suite }: Record<'source' | 'sourceVersion' | 'release' | 'suite', string>,
  binaries: readonly Binary[],
  { codename, newer, isLost }: OwnRelease,
): ObstacleFinding<'other-release'> {
  const why = `${source} ${sourceVersion} is from ${suite}, so it is checked against ${release}`
  const higher = binaries.flatMap((one) => {
    const version = newer(one)
    // The release had that version too, so the package only lacks an update.
    return version === null || isUpdateOf(version.sourceVersion, sourceVersion) ? [] : [{ one, version }]
  })
  const bestVersions = higher
    .map(({ version }) => version.sourceVersion)
    .toSorted(compareVersions)
    .at(-1)
  if (bestVersions === undefined) {
    return obstacle('other-release', why, { release, suite, newer: null, base: null })
  }
  const texts = [...new Set(higher.map(({ version }) => `${version.name} ${version.version}`))]
  const text = `${why}; the image's release has newer versions: ${texts.join(', ')} (${codename})`
  return {
    ...obstacle('other-release', text, { release, suite, newer: texts, base: null }),
    fixedVersion: bestVersions,
    installable: higher.some(({ one }) => !isLost(one)),
  }
}

function partyText({ from, saysSo }: Publisher): string {
  if (from === null) {
    return 'the image has no information about where the package is from'
  }
  return saysSo === 'apt lists' ? `the image's apt lists include ${from}` : `its ${saysSo} field is ${from}`
}

/** In characters. The image chooses the name: a longer one is none, and must not take long to search. */
const MAX_NAME_LENGTH = 200

/** The publisher of a package according to the image alone: no server is contacted. */
function publisherOf({ installed: { stanza } }: FoundPackage, lists: readonly string[]): Publisher {
  const field = (name: string) => stanza.fields.get(name)?.trim().slice(0, MAX_NAME_LENGTH) ?? ''
  const maintainer = field('maintainer').replace(/\s*<[^>]*>\s*$/, '') || field('maintainer')
  if (field('origin') !== '') {
    return { from: field('origin'), saysSo: 'Origin' }
  }
  if (maintainer !== '') {
    return { from: maintainer, saysSo: 'Maintainer' }
  }
  return lists.length === 0 ? NO_PUBLISHER : { from: lists.join(', '), saysSo: 'apt lists' }
}

/** Names of the repositories in apt's lists (/var/lib/apt/lists), without Debian's. */
function foreignLists(files: FileTexts): string[] {
  const lists = Object.entries(files).filter(([path]) => path.startsWith('var/lib/apt/lists/'))
  return sorted(lists.flatMap(([path, text]) => publisherIn(text, path) ?? []))
}

/** The origin, else the label, in a Release file, or within the armour of an InRelease; `null` for anything else. */
function publisherIn(text: string, path: string): string | null {
  // No pattern here searches for an end again and again: the image chooses the text.
  const start = text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----') ? text.indexOf('\n\n') : 0
  const end = text.indexOf('\n-----BEGIN PGP SIGNATURE-----', start)
  const textRange = text.slice(start, end < 0 ? text.length : end)
  const [release] = readOrNull(() => parseStanzas(`${textRange.trimEnd()}\n`, path, null)) ?? []
  return release?.fields.get('origin') || release?.fields.get('label') || null
}
