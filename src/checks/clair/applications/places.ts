import { nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import type { ApplicationInventory } from '../../../inventory/application/inventory.js'
import {
  type ApplicationFile,
  type ApplicationStatement,
  ancestorsOf,
  type Image,
  type LayerFacts,
  mergeLayers,
} from '../../../model/index.js'
import { pathAt } from './ecosystems.js'
import { isSamePackage, type ListedPackage } from './indexed.js'

// What the image's layers say about the places at which Clair found a package. Clair does not ask who owns a file, and
// notes only one of several files that one layer deletes (claircore, whiteout/resolver.go).

type Place = ListedPackage['places'][number]

/** A file of a layer, and what it says about applications. */
interface LayerFile extends Pick<ApplicationFile, 'says'> {
  readonly path: string
  readonly diffId: string
}

/** The files of a layer that say something about applications, even if a later layer removes or replaces them. */
export function statedFiles({ diffId, applications }: LayerFacts): readonly LayerFile[] {
  return Object.entries(applications?.files ?? {}).map(([path, { says }]) => ({ path, says, diffId }))
}

export type KnownJar = 'same' | 'other' | 'nameless'

export function knownPlaces({ layers }: Pick<Image, 'layers'>, { items }: ApplicationInventory) {
  const root = mergeLayers(layers).applications
  const order = new Map(layers.map(({ diffId }, at) => [diffId, at]))
  const removers = removalsIn(layers)
  const owners = new Map(
    items.flatMap(({ places }) =>
      places.flatMap(({ path, layer, owner }) =>
        owner.by === 'debian' ? [[`${layer} ${path}`, owner.package] as const] : [],
      ),
    ),
  )
  const files = layers.flatMap(statedFiles)
  const present = new Set(files.map(({ path, diffId }) => `${diffId} ${path}`))
  const leftovers = new Set(
    files.flatMap(({ path, says, diffId }) =>
      says.some((one) => isLeftover(one, path)) ? [`${diffId} ${path}`] : [],
    ),
  )
  const pythons = pythonFilesIn(files)
  const isGone = (path: string, layerIndex: number) => {
    const isRemoved = [path, ...ancestorsOf(path)].some(
      (one) => (removers.get(one) ?? layerIndex) > layerIndex,
    )
    const final = root.get(path)
    return isRemoved || (final !== undefined && (order.get(final.diffId) ?? layerIndex) > layerIndex)
  }
  /** The files that list the package there; for Python packages, the folder itself if there is no such file. */
  const filesAt = (listed: ListedPackage, { database, layer }: Place): readonly string[] => {
    const path = pathAt(database)
    if (listed.ecosystem !== 'PyPI') {
      return [fileOf(path, (file) => present.has(`${layer} ${file}`))]
    }
    const filesOfName = pythons.get(`${layer} ${nameKey('PyPI', listed.name)}`) ?? []
    const ofPackage = filesOfName
      .filter((one) => isSamePackage(listed, listed.name, one.version))
      .map((one) => one.path)
      .filter((file) => path === '.' || file.startsWith(`${path}/`))
    return ofPackage.length === 0 ? [path] : ofPackage
  }
  return {
    /** Why the package at this place is not one of the application's; `null` if no reason is known. */
    whyNotOwn(listed: ListedPackage, place: Place): string | null {
      const layerIndex = order.get(place.layer)
      if (layerIndex === undefined) {
        return null
      }
      const reasons = filesAt(listed, place).map((path) => {
        if (isGone(path, layerIndex)) {
          return `${path} was deleted or replaced by a later layer`
        }
        if (leftovers.has(`${place.layer} ${path}`)) {
          return `${path} was left behind by pip when it removed the package`
        }
        const owner = owners.get(`${place.layer} ${path}`)
        return owner === undefined
          ? null
          : `${path} belongs to the Debian package ${owner}, which the security tracker covers`
      })
      return reasons.includes(null) ? null : (reasons[0] ?? null)
    },
    /**
     * How Seaworthy's inventory lists the jar at exactly this place: as this artifact (`same`), as other artifacts, or
     * without a name; `null`: no jar is listed there.
     */
    knownJar({ database, layer }: Place, artifact: string): KnownJar | null {
      const path = pathAt(database)
      const file = fileOf(path, (one) => root.has(one))
      const inside = file === path ? null : path.slice(file.length + 1)
      const found = root.get(file)
      const isStatementAboutJar = ({ kind, inside: where }: ApplicationStatement) =>
        (kind === 'maven' || kind === 'jar') && where === inside
      const statements = found?.diffId === layer ? found.file.says.filter(isStatementAboutJar) : []
      const isSame = ({ name }: ApplicationStatement) => name.slice(name.indexOf(':') + 1) === artifact
      if (statements.some((one) => one.kind === 'maven' && isSame(one))) {
        return 'same'
      }
      return statements.length === 0
        ? null
        : statements.some(({ kind }) => kind === 'maven')
          ? 'other'
          : 'nameless'
    },
  }
}

/** Path -> index of the last layer that removes the path, or empties it as an opaque directory. */
function removalsIn(layers: readonly LayerFacts[]): ReadonlyMap<string, number> {
  return new Map(
    layers.flatMap(({ removed, opaque }, at) => [...removed, ...opaque].map((path) => [path, at])),
  )
}

/** Whether the file is metadata that pip left of a removed package. Other uninstalled files are wheels and gems. */
function isLeftover({ kind }: ApplicationStatement, path: string): boolean {
  return kind === 'not-installed' && /\.(?:dist|egg)-info(?:\/|$)/.test(path)
}

/** The files of each layer that show Python packages, or what pip left of them, by layer and name. */
function pythonFilesIn(files: readonly LayerFile[]) {
  const found = files.flatMap(({ path, says, diffId }) =>
    says.flatMap((one) =>
      one.kind === 'pypi' || isLeftover(one, path)
        ? [{ key: `${diffId} ${nameKey('PyPI', one.name)}`, path, version: one.version }]
        : [],
    ),
  )
  return Map.groupBy(found, ({ key }) => key)
}

/** The archive of `a.war:WEB-INF/lib/b.jar`; a name may have a colon of its own. */
function fileOf(path: string, isFile: (path: string) => boolean): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf(':', end - 1)) {
    if (isFile(path.slice(0, end))) {
      return path.slice(0, end)
    }
  }
  return path.replace(/:.*$/s, '')
}
