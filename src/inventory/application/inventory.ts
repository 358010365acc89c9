import {
  APPLICATION_KIND_IDS,
  APPLICATION_KINDS,
  type ApplicationPackage,
  type ApplicationStatement,
  type ApplicationSummary,
  compareText,
  type Image,
  isPurlType,
  type JudgedApplications,
  type KindCount,
  type ListedAlone,
  mergeLayers,
  type OpenPackage,
  programText,
} from '../../model/index.js'
import { programItems } from '../programs/programs.js'
import { withVendorPrograms } from '../programs/vendors.js'
import type { ApplicationItem, ApplicationPlace } from './items.js'
import { dpkgPackages, type KnownPackages, ownersIn } from './owners.js'
import { applicationPurl } from './purl.js'

export type { ApplicationItem, ApplicationPlace } from './items.js'

/**
 * What the image contains in addition to Debian's packages, and what is known about those, by kind, then by name.
 * Saved evidence may be older than the inventory: then it is `null`, not examined.
 */
export interface ApplicationInventory {
  readonly items: readonly ApplicationItem[]
  /** Layers that were not read to their end. */
  readonly cut: readonly UnreadLayer[]
}

export interface UnreadLayer {
  /** diff_id. */
  readonly layer: string
  readonly why: string
  /** The first path in it that was not read; `null`: not known. */
  readonly at: string | null
}

/** Every application package of the image, with all its places and their owners. */
export function applicationInventory(
  { layers }: Pick<Image, 'layers'>,
  { installed, foreign }: KnownPackages,
): ApplicationInventory | null {
  if (layers.some(({ applications }) => applications === undefined)) {
    return null
  }
  const indexes = new Map(layers.map(({ diffId }, index) => [diffId, index]))
  const ownerOf = ownersIn(layers, dpkgPackages({ installed, foreign }))
  const items = new Map<string, Omit<ApplicationItem, 'places'> & { readonly places: ApplicationPlace[] }>()
  for (const [path, { file, diffId }] of mergeLayers(layers).applications) {
    const owner = ownerOf({ path, md5: file.md5, layer: indexes.get(diffId) ?? 0 })
    for (const { kind, name, version, inside, ...more } of withoutNames(file.says)) {
      const key = JSON.stringify([kind, name, version])
      const item = items.get(key) ?? {
        kind,
        name,
        version,
        purl: isPurlType(kind) ? applicationPurl(kind, name, version) : null,
        places: [],
      }
      // Evidence may be anybody's: it does not override what is derived from it.
      item.places.push({ ...more, path, inside, layer: diffId, owner })
      items.set(key, item)
    }
  }
  const found = withVendorPrograms([...items.values()], layers, foreign)
  const all = programItems(withoutRuntimeParts(found))
  return {
    items: all.map((one) => ({ ...one, places: one.places.toSorted(byPath) })).sort(byKind),
    cut: layers.flatMap(({ diffId: layer, applications, programs }) => {
      const cuts = [
        { layer, why: applications?.cut, at: applications?.cutAt ?? null },
        { layer, why: programs?.cut, at: null },
      ]
      return cuts.filter((one): one is UnreadLayer => one.why != null)
    }),
  }
}

/** A name says nothing about a program that is known by its content: a Go program named httpd. */
function withoutNames(statements: readonly ApplicationStatement[]): readonly ApplicationStatement[] {
  const isKnown = statements.some(({ kind }) => kind === 'golang' || kind === 'cargo' || kind === 'rust')
  return isKnown
    ? statements.filter(({ kind, version }) => kind !== 'program' || version !== null)
    : statements
}

/** Without jars that are part of a JDK, and without libpython's minor version if the full one is known. */
function withoutRuntimeParts(items: readonly ApplicationItem[]): readonly ApplicationItem[] {
  // The folders of a JDK's own jars: jars elsewhere below it belong to someone else.
  const manifestFolders = new Set(
    items
      .filter(({ kind, name }) => kind === 'jdk' || (kind === 'program' && name === 'openjdk'))
      .flatMap(({ places }) => places.map(({ path }) => path.replace(/release$/, '')))
      .flatMap((home) =>
        ['lib/', 'lib/security/', 'jre/lib/', 'jre/lib/ext/', 'jre/lib/security/'].map(
          (folder) => home + folder,
        ),
      ),
  )
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
  // Debian's and others' are kept apart: Debian's header says nothing about a Python that somebody else installed.
  const minorOf = (item: ApplicationItem, parts: readonly string[]) =>
    `${isOwn(item)} ${parts.slice(0, 2).join('.')}`
  const fullVersions = new Set(
    items.flatMap((item) => {
      const parts = (item.version ?? '').split('.')
      return item.kind === 'cpython' && parts.length > 2 ? [minorOf(item, parts)] : []
    }),
  )
  return items.flatMap((item) => {
    const { kind, version, places } = item
    const parts = (version ?? '').split('.')
    if (kind === 'cpython' && parts.length === 2 && fullVersions.has(minorOf(item, parts))) {
      return []
    }
    const remainingPlaces =
      kind === 'jar' ? places.filter(({ path }) => !manifestFolders.has(folderOf(path))) : places
    return remainingPlaces.length === 0 ? [] : [{ ...item, places: remainingPlaces }]
  })
}

/** Items that Debian is not responsible for: at least one place is the application's own. */
export function isOwn({ places }: ApplicationItem): boolean {
  return places.some(({ owner }) => owner.by !== 'debian')
}

/** Whoever owns these, no advisories are read for them. */
const OF_ANY_OWNER: ReadonlySet<ApplicationItem['kind']> = new Set(['hex', 'cran'])

/** The items that the application added, each with its places outside Debian packages. */
export function ownItems({ items }: ApplicationInventory): readonly ApplicationItem[] {
  return items.flatMap((item) => {
    const places = item.places.filter(({ owner }) => owner.by !== 'debian')
    const isUnknown = ({ owner }: ApplicationItem['places'][number]) =>
      owner.by === 'unknown' && !OF_ANY_OWNER.has(item.kind)
    const placesWithOwner = places.filter((place) => !isUnknown(place))
    const unknown = places.filter(isUnknown)
    // Advisories never name an artifact without its group, so nobody could say that it is not affected.
    const isGroupless = item.kind === 'maven' && !item.name.includes(':')
    const kind = isGroupless ? ('jar-without-group' as const) : item.kind
    return [
      ...(placesWithOwner.length === 0 ? [] : [{ ...item, kind, places: placesWithOwner }]),
      ...(unknown.length === 0 ? [] : [{ ...item, kind: 'unknown-owner' as const, places: unknown }]),
    ]
  })
}

/** The application's packages, for lists of the image's content. */
export function packagesIn(
  inventory: ApplicationInventory,
  alone: readonly ListedAlone[] = [],
): readonly ApplicationPackage[] {
  const found = [...ownItems(inventory), ...alone].flatMap(({ name, version, purl }) =>
    purl === null ? [] : [[purl, { name, version, purl }] as const],
  )
  return [...new Map(found).values()]
}

/** What advisories said about the packages, as far as the counts in reports need it. */
export type AdvisoryResults = Omit<
  JudgedApplications,
  'findings' | 'problem' | 'programProblem' | 'notes' | 'limits'
>

/** The full names of jars that do not state their group, as far as advisories know them. */
export type Groups = ReadonlyMap<string, string>

export function grouplessKey({ name, version }: Pick<ApplicationItem, 'name' | 'version'>): string {
  return JSON.stringify([name, version])
}

/** The items with the known groups: a jar that advisories know is a Maven package. */
export function withGroups(items: readonly ApplicationItem[], groups: Groups): readonly ApplicationItem[] {
  return items.map((item) => {
    const name = item.kind === 'jar-without-group' ? groups.get(grouplessKey(item)) : undefined
    return name === undefined
      ? item
      : { ...item, kind: 'maven', name, purl: applicationPurl('maven', name, item.version) }
  })
}

export const NOTHING_JUDGED: AdvisoryResults = {
  judged: new Set(),
  confirming: new Set(),
  open: [],
  groups: new Map(),
  alone: [],
  clair: null,
}

/** What was not examined has its own items: files in the image, and packages that advisories leave open. */
export function itemsOf(
  inventory: ApplicationInventory,
  { judged, open, groups, alone }: Pick<AdvisoryResults, 'judged' | 'open' | 'groups' | 'alone'>,
): readonly ApplicationItem[] {
  const undecided = open.map(({ package: name, version, ids, places, layer }): ApplicationItem => {
    const [first = '', ...more] = ids
    const remainingText = more.length === 0 ? first : `${first} and ${more.length} more`
    return {
      kind: 'undecided',
      name: `${name} ${version ?? 'of unknown version'} (${remainingText})`,
      version: null,
      purl: null,
      places: placesOf({ places, layer }),
    }
  })
  const clairs = alone.map((one): ApplicationItem => ({ ...one, places: placesOf(one) }))
  const own = withGroups(ownItems(inventory), groups).map((item): ApplicationItem => {
    return item.kind === 'bitnami' && !judged.has('bitnami') ? { ...item, kind: 'program', purl: null } : item
  })
  return [...own.sort(byKind), ...clairs, ...undecided]
}

function placesOf({ places, layer }: Pick<OpenPackage, 'places' | 'layer'>): readonly ApplicationPlace[] {
  return places.map((path) => ({ path, inside: null, layer, owner: { by: 'nobody' } }))
}

/** How many of each kind there are: packages and runtimes count once, everything else once per place. */
export function summaryOf(
  inventory: ApplicationInventory | null,
  looked: AdvisoryResults = NOTHING_JUDGED,
): ApplicationSummary {
  if (inventory === null) {
    return { judged: [], unexamined: [{ kind: 'inventory', count: 1, versions: [] }] }
  }
  const { judged, confirming } = looked
  const own = itemsOf(inventory, looked)
  const counts = APPLICATION_KIND_IDS.flatMap((kind): KindCount[] => {
    const ofKind = own.filter((one) => one.kind === kind)
    const { group } = APPLICATION_KINDS[kind]
    const unreadLayers = kind === 'cut' ? inventory.cut.length : 0
    const isByPlace = group === 'other' && kind !== 'undecided'
    const count = isByPlace
      ? ofKind.reduce((sum, { places }) => sum + places.length, unreadLayers)
      : ofKind.length
    const versions =
      group === 'runtime'
        ? ofKind.map(({ version }) => version ?? 'of unknown version')
        : group === 'program' || group === 'judged program'
          ? ofKind.map(({ name, version }) => programText(name, version))
          : []
    return count === 0 ? [] : [{ kind, count, versions }]
  })
  return {
    judged: counts.filter(({ kind }) => judged.has(kind)),
    byClair: counts.flatMap(({ kind }) => (judged.has(kind) && confirming.has(kind) ? [kind] : [])),
    unexamined: counts.filter(({ kind }) => !judged.has(kind)),
  }
}

function byPath(a: ApplicationPlace, b: ApplicationPlace): number {
  return compareText(a.path, b.path) || compareText(a.inside ?? '', b.inside ?? '')
}

function byKind(a: ApplicationItem, b: ApplicationItem): number {
  return (
    APPLICATION_KIND_IDS.indexOf(a.kind) - APPLICATION_KIND_IDS.indexOf(b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.version ?? '', b.version ?? '')
  )
}
