import {
  asMember,
  bitnamiVersion,
  knownProgram,
  type ObstacleFinding,
  obstacle,
  shortened,
} from '../../model/index.js'
import type { ApplicationItem, ApplicationPlace } from '../application/items.js'
import { applicationPurl } from '../application/purl.js'

/**
 * Texts that say which version of a program lies next to them. One alone is only a copy of a text: headers for
 * compilers, notes on a release.
 */
const WEAK_TEXT =
  /(?:^|\/)(?:node_version\.h|patchlevel\.h|php_version\.h|rbconfig\.rb|ap_release\.h|go[\d.]*\/VERSION|RELEASE-NOTES)$/
/** Programs about which a text alone says nothing: many projects have release notes and a file VERSION. */
const SILENT_TEXTS = new Set(['go', 'tomcat'])

/** Programs that are there, in a version that is known, with their places that Debian is not responsible for. */
export function presentPrograms(items: readonly ApplicationItem[]): readonly ApplicationItem[] {
  return items.flatMap((item) => {
    const placesOutsideDebian = item.places.filter(({ owner }) => owner.by !== 'debian')
    const isInstalled =
      item.kind === 'bitnami' ||
      (item.kind === 'program' &&
        item.version !== null &&
        placesOutsideDebian.some(({ path, owner }) => !WEAK_TEXT.test(path) && !('mayBeDebian' in owner)))
    return isInstalled && placesOutsideDebian.length > 0 ? [{ ...item, places: placesOutsideDebian }] : []
  })
}

/**
 * The programs as they are reported. A text next to the program counts as much as its bytes; a name counts only where
 * nothing tells the version: `bin/ruby` is a few lines around its library.
 */
export function programItems(items: readonly ApplicationItem[]): readonly ApplicationItem[] {
  const stated = statedIn(items)
  const strong = new Set(stated.filter(({ isWeak }) => !isWeak).map(({ at }) => at))
  const placesWithVersion = new Set(stated.filter(({ item }) => item.version !== null).map(({ at }) => at))
  const counting = stated.filter(({ item, at, isWeak }) =>
    isWeak
      ? strong.has(at) || !SILENT_TEXTS.has(item.name)
      : item.version !== null || !placesWithVersion.has(at),
  )
  const places = Map.groupBy(counting, ({ item }) => item)
  return items.flatMap((item) => {
    if (item.kind !== 'program') {
      return [item]
    }
    const all = places.get(item) ?? []
    const outsideDebian = all.filter(({ place }) => place.owner.by !== 'debian')
    const isKnown = outsideDebian.some(
      ({ place: { owner }, at, isWeak }) => (!isWeak || strong.has(at)) && !('mayBeDebian' in owner),
    )
    const mergedItem = { ...item, places: all.map(({ place }) => place) }
    return all.length === 0 ? [] : [isKnown ? judgedItem(mergedItem) : mergedItem]
  })
}

/** The program as a package that advisories may be about, if they know it. */
function judgedItem(item: ApplicationItem): ApplicationItem {
  const { name, version } = item
  const bitnami = knownProgram(name)?.bitnami ?? null
  return bitnami === null || version === null
    ? item
    : { ...item, kind: 'bitnami', purl: applicationPurl('bitnami', bitnami, bitnamiVersion(name, version)) }
}

/** Programs that Debian is not responsible for, of which text and bytes name different versions. */
export function programFindings(items: readonly ApplicationItem[]): readonly ObstacleFinding[] {
  const own = statedIn(items).filter(({ place }) => place.owner.by !== 'debian')
  return [...Map.groupBy(own, ({ at }) => at).values()].flatMap((all): readonly ObstacleFinding[] => {
    const stated = (isText: boolean) =>
      all.filter(({ place, item }) => isStatedInText(place) === isText && item.version !== null)
    const [texts, bytes] = [stated(true), stated(false)]
    const other = texts.find(({ item }) => bytes.every((one) => one.item.version !== item.version))
    const [first] = bytes
    if (other === undefined || first === undefined) {
      return []
    }
    const { name } = first.item
    const versions = [other.item.version ?? '', first.item.version ?? '']
    const paths = [other.place, first.place].map(({ path }) => asMember(shortened(path)))
    const why = `${knownProgram(name)?.title ?? name} is ${versions[0]} by ${paths[0]}, but ${versions[1]} by ${paths[1]}: both versions count`
    const found = obstacle('program-doubtful', why, { versions, paths })
    return [{ ...found, package: `program/${name}`, layer: other.place.layer }]
  })
}

/** True if the version was read from a text file, not from a program or an archive. */
function isStatedInText({ path }: ApplicationPlace): boolean {
  return WEAK_TEXT.test(path) || /\/release$/.test(path)
}

function statedIn(items: readonly ApplicationItem[]) {
  return items
    .filter(({ kind }) => kind === 'program' || kind === 'bitnami')
    .flatMap((item) =>
      item.places.map((place) => ({
        item,
        place,
        // The program, and the folder that it is installed in.
        at: JSON.stringify([item.name, installFolderOf(place.path), place.owner.by]),
        isWeak: WEAK_TEXT.test(place.path),
      })),
    )
}

/** `usr/local` for `usr/local/bin/node` and `usr/local/include/node/node_version.h`. */
function installFolderOf(path: string): string {
  const parts = path.split('/').slice(0, -1)
  const at = parts.findLastIndex((part) => /^(?:s?bin|lib\d*|libexec|include)$/.test(part))
  return parts.slice(0, at === -1 ? parts.length : at).join('/')
}
