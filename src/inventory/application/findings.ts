import {
  APPLICATION_KINDS,
  type ApplicationKind,
  asMember,
  firstOf,
  isUnread,
  kindText,
  type ObstacleFinding,
  obstacle,
  parentOf,
  pathsText,
  programText,
  shortened,
  type UnreadKind,
  unexaminedId,
  unreadSentence,
} from '../../model/index.js'
import {
  type AdvisoryResults,
  type ApplicationInventory,
  type ApplicationItem,
  itemsOf,
  NOTHING_JUDGED,
  summaryOf,
} from './inventory.js'

/** How many examples are in a sentence, and how many paths in a finding; the inventory has all of them. */
const MAX_NAMED = 3
const MAX_LISTED_PATHS = 20

/** An official base, proven by its layers: its makers are responsible for what its layers hold. */
export interface OfficialBase {
  /** As people write it: `debian:12`. */
  readonly name: string
  /** diff_ids. */
  readonly layers: ReadonlySet<string>
}

/**
 * A finding for each kind of content that was not examined; for content that is judged but could not be read, one for
 * each reason and folder.
 * @param base `null`: none is proven
 */
export function unexaminedFindings(
  inventory: ApplicationInventory | null,
  looked: AdvisoryResults = NOTHING_JUDGED,
  base: OfficialBase | null = null,
): readonly ObstacleFinding[] {
  const own = inventory === null ? [] : itemsOf(inventory, looked)
  const unread = inventory === null ? [] : unreadIn(own, inventory, base)
  return summaryOf(inventory, looked).unexamined.flatMap((counted): readonly ObstacleFinding[] => {
    const { kind } = counted
    if (isUnread(kind)) {
      return unreadFindings(
        kind,
        unread.filter((one) => one.kind === kind),
      )
    }
    const items = own.filter((one) => one.kind === kind)
    if (kind === 'program') {
      return [...Map.groupBy(items, ({ name }) => name)].map(programFinding)
    }
    const examples = firstOf(items.map(exampleOf), MAX_NAMED).join('; ')
    const what = kindText([counted])
    return [unexaminedFinding(kind, counted.count, examples === '' ? what : `${what}: ${examples}`, items)]
  })
}

function unexaminedFinding(
  kind: Exclude<ApplicationKind, UnreadKind>,
  count: number,
  what: string,
  items: readonly ApplicationItem[],
): ObstacleFinding {
  const places = items.flatMap((item) => item.places)
  const paths = [...new Set(places.map(({ path }) => shortened(listed(path))))].slice(0, MAX_LISTED_PATHS)
  const details = { count: String(count), paths, ...NOTHING_ELSE }
  return {
    ...obstacle(unexaminedId(kind), `not examined: ${what}`, details),
    layer: places[0]?.layer ?? null,
  }
}

/** The finding for one program: people accept programs one by one. */
function programFinding([name, items]: readonly [string, readonly ApplicationItem[]]): ObstacleFinding {
  const [first, ...others] = items
  const version = others.length === 0 ? (first?.version ?? null) : null
  const texts = items.map((item) => {
    const paths = pathsText(item.places.map((place) => listed(pathOf(place))))
    return `${programText(item.name, item.version)}: ${paths}`
  })
  const found = unexaminedFinding('program', items.length, texts.join('; '), items)
  return { ...found, package: `program/${name}`, version }
}

const NOTHING_ELSE = { folder: null, cause: null, spared: null }

function exampleOf({ kind, name, version, places }: ApplicationItem): string {
  const [first] = places
  const where = first === undefined ? '' : pathOf(first)
  // A runtime's name and version are in the count; a jar without a name has that of its file.
  const isNamed = name !== '' && kind !== 'jar' && APPLICATION_KINDS[kind].group !== 'runtime'
  const what = isNamed ? `${name}${version === null ? '' : ` ${version}`} in ` : ''
  return shortened(`${what}${where}`)
}

function pathOf({ path, inside }: { readonly path: string; readonly inside: string | null }): string {
  return inside === null ? path : `${path}:${inside}`
}

/** Characters of a path that Linux opens (limits.h, PATH_MAX). */
const MAX_PATH_LENGTH = 4096

function listed(path: string): string {
  return asMember(path).slice(0, MAX_PATH_LENGTH).toWellFormed()
}

/** A place whose content could not be read, counted, or assigned to an owner. */
interface UnreadFile {
  readonly kind: UnreadKind
  /** As the finding lists it, with the path in an archive. */
  readonly path: string
  readonly folder: string
  readonly cause: string
  readonly layer: string | null
  readonly spared: string | null
}

function unreadIn(
  items: readonly ApplicationItem[],
  { cut }: ApplicationInventory,
  base: OfficialBase | null,
): readonly UnreadFile[] {
  const ofItems = items.flatMap(({ kind, name, places }) =>
    kind === 'unreadable' || kind === 'unknown-owner'
      ? places.map(
          (place): UnreadFile => ({
            kind,
            path: listed(pathOf(place)),
            folder: installedIn(place.path),
            cause: kind === 'unreadable' ? shortened(name) : "dpkg's lists of its files are not in the image",
            layer: place.layer,
            spared: sparedBy(kind, place, base),
          }),
        )
      : [],
  )
  // An archive may have its layers in any order, so the limit may be reached in a layer that did not cause it: being in
  // a layer of the base is no reason to only note these.
  const ofCut = cut.map(({ layer, why, at }): UnreadFile => {
    const path = at ?? layer
    return { kind: 'cut', path: listed(path), folder: installedIn(path), cause: why, layer, spared: null }
  })
  return [...ofItems, ...ofCut]
}

/** Test data inside a package that was installed as a whole: npm's, Python's, and Python itself. */
const TEST_DATA = [
  /(?:^|\/)(?:node_modules\/(?:@[^/]+\/)?|(?:site|dist)-packages\/)[^/@][^/]*\/(?:.*\/)?(?:tests?|fixtures|testdata)\//,
  /(?:^|\/)lib\/(?:python|pypy)\d\.\d+\/test\//,
  // The go command never builds a folder testdata.
  /(?:^|\/)go\/(?:pkg\/mod|src)\/.*\/testdata\//,
]

/** Why such content is only noted, or `null`. */
function sparedBy(
  kind: UnreadKind,
  { path, layer }: { readonly path: string; readonly layer: string | null },
  base: OfficialBase | null,
): string | null {
  if (base !== null && layer !== null && base.layers.has(layer)) {
    return `all of this is in layers of the official base ${base.name}`
  }
  const isTestData = TEST_DATA.some((one) => one.test(path))
  return kind === 'unreadable' && isTestData ? 'these files are test data of installed packages' : null
}

/** A finding has all of its paths, so there are more findings where one would be too long for report.json. */
const MAX_PATHS = 100
const MAX_CHARACTERS = 12_000
/** How many findings of one kind and treatment list paths; the remaining files are counted in one more finding. */
const MAX_FOLDERS = 200

/** A finding for each reason and folder; each holds only paths that are treated alike. */
function unreadFindings(kind: UnreadKind, all: readonly UnreadFile[]): readonly ObstacleFinding[] {
  return [...Map.groupBy(all, ({ spared }) => spared)].flatMap(([spared, alike]) => {
    const groups = [...Map.groupBy(alike, keyOf).values()].flatMap(inPieces)
    const [shown, rest] = [groups.slice(0, MAX_FOLDERS), groups.slice(MAX_FOLDERS).flat()]
    return [
      ...shown.map((group) => unreadFinding(kind, spared, group)),
      ...(rest.length === 0 ? [] : [restFinding(kind, spared, rest)]),
    ]
  })
}

/** Files that are too large each by another size are too large for one reason. */
function keyOf({ folder, cause }: UnreadFile): string {
  return JSON.stringify([folder, cause.replaceAll(/\d+/g, '0')])
}

/** Packages next to each other have folders of their own: the folder is the one that they are installed in. */
const INSTALLED_IN = /^(?:.*?\/)?(?:node_modules|(?:site|dist)-packages)(?=\/)/

function installedIn(path: string): string {
  return INSTALLED_IN.exec(path)?.[0] ?? parentOf(path)
}

function inPieces(group: readonly UnreadFile[]): readonly (readonly UnreadFile[])[] {
  const pieces: UnreadFile[][] = []
  let characters = 0
  const paths = new Map(group.map((one) => [one.path, one]))
  for (const one of paths.values()) {
    const piece = pieces.at(-1)
    characters += one.path.length
    if (piece === undefined || piece.length === MAX_PATHS || characters > MAX_CHARACTERS) {
      pieces.push([one])
      characters = one.path.length
    } else {
      piece.push(one)
    }
  }
  return pieces
}

function unreadFinding(
  kind: UnreadKind,
  spared: string | null,
  group: readonly UnreadFile[],
): ObstacleFinding {
  const [first] = group
  const paths = group.map(({ path }) => path)
  const { folder = null, cause = null } = first ?? {}
  const details = { count: String(paths.length), paths, folder, cause, spared }
  const why = unreadSentence(kind, details)
  return { ...obstacle(unexaminedId(kind), why, details), layer: first?.layer ?? null }
}

function restFinding(kind: UnreadKind, spared: string | null, rest: readonly UnreadFile[]): ObstacleFinding {
  const details = { count: String(rest.length), paths: [], ...NOTHING_ELSE, spared }
  return obstacle(unexaminedId(kind), unreadSentence(kind, details), details)
}
