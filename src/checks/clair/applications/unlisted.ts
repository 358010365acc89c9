import { ECOSYSTEM_OF, type Ecosystem, nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import {
  type ApplicationInventory,
  type ApplicationItem,
  type ApplicationPlace,
  ownItems,
} from '../../../inventory/application/inventory.js'
import { type Image, isPurlType, type LayerFacts, mergeLayers, type PurlType } from '../../../model/index.js'
import { type ClairEcosystem, clairVersionText, isOfClair } from './ecosystems.js'
import { type ClairApplications, isSamePackage } from './indexed.js'
import { statedFiles } from './places.js'

// Packages that Seaworthy lists and Clair's index lacks, and why.

/** A package of ours that Clair may have listed too. */
interface OwnPackage {
  readonly ecosystem: ClairEcosystem
  readonly name: string
  readonly version: string | null
}

type Layers = Pick<Image, 'layers'>

/** Why Clair does not list a package, as far as the image and Clair's index show it; `null`: they do not. */
export function reasonsIn(
  { packages }: Pick<ClairApplications, 'packages'>,
  image: Layers,
): (one: OwnPackage) => string | null {
  const gone = goneIn(image)
  const artifacts = new Set(packages.flatMap((one) => (one.ecosystem === 'Maven' ? [one.name] : [])))
  return ({ ecosystem, name, version }) => {
    const copy = gone
      .get(keyOf(ecosystem, name))
      ?.find((one) => isSamePackage({ ecosystem, name, version: version ?? '' }, one.name, one.version))
    if (copy !== undefined) {
      return `Clair discards all copies of a package if one of them is deleted (${copy.path})`
    }
    return ecosystem === 'Maven' && artifacts.has(name.slice(name.indexOf(':') + 1))
      ? 'Clair lists this jar without its Maven group'
      : version === null
        ? 'Clair does not check packages that have no version'
        : null
  }
}

/** The packages that Clair must list, does not list, and has no reason for. */
export function missingFrom(
  clair: ClairApplications,
  image: Layers,
  inventory: ApplicationInventory,
): readonly ApplicationItem[] {
  const layersByDiffId = new Map(image.layers.map((layer) => [layer.diffId, layer]))
  const listed = Map.groupBy(clair.packages, ({ ecosystem, name }) => keyOf(ecosystem, name))
  const reasonOf = reasonsIn(clair, image)
  return ownItems(inventory).filter(({ kind, name, version, places }) => {
    const ecosystem = isPurlType(kind) ? ECOSYSTEM_OF[kind] : null
    if (ecosystem === null || !isOfClair(ecosystem) || !clair.listingEcosystems.has(ecosystem)) {
      return false
    }
    return (
      isReadable(ecosystem, version) &&
      places.some((place) => isReadByClair(ecosystem, place, layersByDiffId.get(place.layer ?? ''))) &&
      !listed.get(keyOf(ecosystem, name))?.some((one) => isSamePackage(one, name, version)) &&
      reasonOf({ ecosystem, name, version }) === null
    )
  })
}

const keyOf = (ecosystem: Ecosystem, name: string) => `${ecosystem} ${nameKey(ecosystem, name)}`

/** Clair skips Python packages whose version it cannot parse. A Go program of an unreleased toolchain has none. */
function isReadable(ecosystem: ClairEcosystem, version: string | null): boolean {
  return version !== null && clairVersionText(ecosystem, version) !== null
}

/** claircore, python/packagescanner.go. */
const PYTHON = /\.(?:dist-info\/METADATA|egg-info(?:\/PKG-INFO)?|egg\/EGG-INFO\/PKG-INFO)$/
/** Clair leaves these to dpkg, in a layer with its status. */
const PYTHON_OF_DPKG = /^usr\/lib[^/]*\/python[23]\//
/** claircore, ruby/packagescanner.go. */
const GEMSPEC = /\/specifications\/.+\.gemspec$/
/** claircore, java/jar/ext.go. */
const JAR = /\.(?:[jwe]ar|[jh]pi)$/

/**
 * Whether Clair's indexers read a file with this path, by their own rules (claircore 1.5). What they may not read does
 * not count: a rule that says too much would leave ordinary images without an answer.
 */
function isReadByClair(
  ecosystem: ClairEcosystem,
  { path, inside }: Pick<ApplicationPlace, 'path' | 'inside'>,
  layer: LayerFacts | undefined,
): boolean {
  if (ecosystem === 'Maven') {
    return [path, ...(inside === null ? [] : inside.split(':'))].every((one) => JAR.test(one))
  }
  if (inside !== null) {
    return false
  }
  switch (ecosystem) {
    case 'PyPI':
      return (
        PYTHON.test(path) && !(PYTHON_OF_DPKG.test(path) && layer?.files['var/lib/dpkg/status'] !== undefined)
      )
    case 'RubyGems':
      return GEMSPEC.test(path)
    case 'Go':
      return true
  }
}

/** Packages in files that a later layer deletes or replaces, by their ecosystem and name. */
function goneIn({ layers }: Layers) {
  const finalFiles = mergeLayers(layers).applications
  const copies = layers
    .flatMap(statedFiles)
    .flatMap(({ path, says, diffId }) =>
      finalFiles.get(path)?.diffId === diffId
        ? []
        : says.flatMap(({ kind, name, version }) =>
            isPurlType(kind)
              ? [{ key: keyOf(ECOSYSTEM_OF[kind as PurlType], name), name, version, path }]
              : [],
          ),
    )
  return Map.groupBy(copies, ({ key }) => key)
}
