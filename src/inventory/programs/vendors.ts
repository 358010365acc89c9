import {
  type ForeignPackage,
  isOfPackage,
  type LayerFacts,
  mergeLayers,
  type ProgramName,
  programText,
  sorted,
  upstreamVersion,
  type VendorPackage,
} from '../../model/index.js'
import type { ApplicationItem, ApplicationPlace } from '../application/items.js'
import { packageOf } from '../database/contents.js'

type PackageOfVendor = ForeignPackage & { readonly vendor: VendorPackage }

function vendorsIn(foreign: readonly ForeignPackage[]): readonly PackageOfVendor[] {
  return foreign.filter((one): one is PackageOfVendor => one.vendor !== undefined)
}

/**
 * The items, with programs of vendors' packages that only a file shows, since no bytes of it tell the version: the file
 * has the MD5 sum that the package states. Libraries of the program's version count only next to the program.
 */
export function withVendorPrograms(
  items: readonly ApplicationItem[],
  layers: readonly LayerFacts[],
  foreign: readonly ForeignPackage[],
): readonly ApplicationItem[] {
  const vendors = vendorsIn(foreign)
  const [files, libraries] = [false, true].map((isLibrary) =>
    vendors.filter(({ vendor }) => vendor.file !== undefined && (vendor.role === 'follows') === isLibrary),
  )
  const shownPrograms = programsOf(layers, files ?? [])
  const all = joined([...withoutPlaces(items, shownPrograms), ...shownPrograms])
  const companions = (libraries ?? []).filter(({ vendor }) => hasProgram(vendor.title, all, vendors))
  return joined([...all, ...programsOf(layers, companions)])
}

/** One item for each program and version, with all its places: a library may be of the same version as its server. */
function joined(items: readonly ApplicationItem[]): readonly ApplicationItem[] {
  const itemsByIdentity = Map.groupBy(items, ({ kind, name, version }) =>
    JSON.stringify([kind, name, version]),
  )
  return [...itemsByIdentity.values()].flatMap((all) => {
    const places = new Map(
      all.flatMap((one) => one.places.map((place) => [`${place.path}\n${place.inside}`, place])),
    )
    return all
      .slice(0, 1)
      .map((first) => (all.length === 1 ? first : { ...first, places: [...places.values()] }))
  })
}

function programsOf(
  layers: readonly LayerFacts[],
  packages: readonly PackageOfVendor[],
): readonly ApplicationItem[] {
  if (packages.length === 0) {
    return []
  }
  const programs = [...mergeLayers(layers).programs]
  return packages.flatMap(({ name, version, vendor: { program, file } }): readonly ApplicationItem[] => {
    const places = programs.flatMap(([path, found]): readonly ApplicationPlace[] => {
      const isFound =
        file?.test(path) === true &&
        found.file.listings.some(
          ({ list, content }) => content === 'same' && packageOf(`${list}.list`) === name,
        )
      const owner = { by: 'third-party' as const, package: name }
      return isFound ? [{ path, inside: null, layer: found.diffId, owner }] : []
    })
    return program === null || places.length === 0
      ? []
      : [{ kind: 'program', name: program, version: upstreamVersion(version), purl: null, places }]
  })
}

/** Without the places at which a program's version is known now: by its name alone it was one of unknown version. */
function withoutPlaces(
  items: readonly ApplicationItem[],
  shown: readonly ApplicationItem[],
): readonly ApplicationItem[] {
  const paths = new Set(shown.flatMap(({ places }) => places.map(({ path }) => path)))
  return items.flatMap((item) => {
    const isUnknown = item.kind === 'program' && item.version === null
    const places = isUnknown ? item.places.filter(({ path }) => !paths.has(path)) : item.places
    return places.length === 0 ? [] : [{ ...item, places }]
  })
}

function hasProgram(
  title: string,
  items: readonly ApplicationItem[],
  vendors: readonly PackageOfVendor[],
): boolean {
  return vendors.some(
    (one) => one.vendor.title === title && one.vendor.role === 'program' && programIn(one, items) === 'found',
  )
}

/** `found` if the package's files contain its program in the package's version; otherwise what they contain. */
function programIn(
  { name, version, vendor }: PackageOfVendor,
  items: readonly ApplicationItem[],
): 'found' | string {
  const itemsOfPackage = items.filter(
    (item) =>
      item.name === vendor.program &&
      (item.kind === 'bitnami' || item.kind === 'program') &&
      item.places.some(({ owner }) => owner.by === 'third-party' && owner.package === name),
  )
  const [first] = itemsOfPackage
  if (first === undefined) {
    return 'its program is not in its files'
  }
  const isSame = itemsOfPackage.some((item) => item.version !== null && isOfPackage(item.version, version))
  return isSame ? 'found' : `its program is ${programText(first.name, first.version)}`
}

/** Whether a vendor's package is judged by advisories about its program, and as what, or why not. */
export type VendorState =
  | { readonly isJudged: true; readonly as: string }
  | { readonly isJudged: false; readonly why: string }

/**
 * @param items of the inventory
 * @param areJudged whether advisories about programs were read and count
 * @returns for a package of a vendor, by its name and version
 */
export function vendorStates(
  items: readonly ApplicationItem[],
  foreign: readonly ForeignPackage[],
  areJudged: boolean,
): (one: { readonly name: string; readonly version: string }) => VendorState | null {
  const vendors = vendorsIn(foreign)
  const programs = vendors.filter(({ vendor }) => vendor.role === 'program')
  const stateOf = (one: PackageOfVendor): VendorState => {
    const { program } = one.vendor
    if (program === null) {
      return { isJudged: false, why: 'no advisories are read for it' }
    }
    const outcome = programIn(one, items)
    if (outcome !== 'found') {
      return { isJudged: false, why: outcome }
    }
    const as = programText(program, upstreamVersion(one.version))
    if (!isKnown(items, program, one.version)) {
      return { isJudged: false, why: `no advisories are read for ${as}` }
    }
    return areJudged ? { isJudged: true, as } : { isJudged: false, why: `${as} is not judged` }
  }
  const judgedPrograms = programs.filter((one) => stateOf(one).isJudged)
  const companionState = (one: PackageOfVendor): VendorState => {
    const { title, program, role } = one.vendor
    const main = judgedPrograms.filter(
      ({ vendor }) => vendor.title === title && (role === 'companion' || vendor.program === program),
    )
    const [first] = main
    if (first === undefined) {
      return { isJudged: false, why: `no package of ${title} that it goes with is judged` }
    }
    if (role === 'companion' || program === null) {
      return { isJudged: true, as: `a part of ${first.name}` }
    }
    const upstream = upstreamVersion(one.version)
    const isSame = main.some(({ version }) => isOfPackage(upstream, version))
    const as = programText(program, upstream)
    return isSame || stateOf(one).isJudged
      ? { isJudged: true, as }
      : { isJudged: false, why: `its version ${upstream} is none of a judged package of ${title}` }
  }
  return ({ name, version }) => {
    const one = vendors.find((other) => other.name === name && other.version === version)
    if (one === undefined) {
      return null
    }
    return one.vendor.role === 'program' ? stateOf(one) : companionState(one)
  }
}

function isKnown(items: readonly ApplicationItem[], name: ProgramName, version: string): boolean {
  return items.some(
    (item) => item.kind === 'bitnami' && item.name === name && isOfPackage(item.version ?? '', version),
  )
}

/** The vendors' packages that a program is from, by its package URL. */
export function vendorsByPurl(
  items: readonly ApplicationItem[],
  foreign: readonly ForeignPackage[],
): ReadonlyMap<string, { readonly title: string; readonly packages: readonly string[] }> {
  const vendors = vendorsIn(foreign)
  const byName = new Map(vendors.map((one) => [one.name, one.vendor.title]))
  return new Map(
    items.flatMap(({ purl, kind, name, version, places }) => {
      const owners = places.flatMap(({ owner }) => (owner.by === 'third-party' ? [owner.package] : []))
      const vendorOwners = owners.filter((owner) => byName.has(owner))
      const title = byName.get(vendorOwners[0] ?? '')
      if (kind !== 'bitnami' || purl === null || version === null || title === undefined) {
        return []
      }
      const parts = vendors.filter(
        ({ vendor, version: packaged }) =>
          vendor.title === title && vendor.program === name && isOfPackage(version, packaged),
      )
      const packages = sorted([...vendorOwners, ...parts.map((one) => one.name)])
      return [[purl, { title, packages }] as const]
    }),
  )
}
