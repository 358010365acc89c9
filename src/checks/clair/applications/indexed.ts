import * as z from 'zod'
import { nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import { ORDERS } from '../../../feeds/formats/osv/versions/index.js'
import { compareText, documentIn, SeaworthyError } from '../../../model/index.js'
import type { ClairPackage, ClairReport, ClairVulnerability } from '../matches/report.js'
import {
  type ApplicationCanary,
  CLAIR_ECOSYSTEMS,
  type ClairEcosystem,
  clairVersionText,
  ecosystemAt,
  updaterOf,
} from './ecosystems.js'
import type { IndexedPackage } from './narrow.js'

// What Clair says about application packages: clair-applications.json records the request, Clair's report the answer.

export const CLAIR_APPLICATIONS = 'clair-applications.json'

/** A package of an ecosystem in Clair's index, with the places where Clair found it. */
export interface ListedPackage extends IndexedPackage {
  readonly places: readonly Pick<ClairPackage['places'][number], 'database' | 'layer'>[]
}

/** A listed package, with what Clair reports about it. */
export interface IndexedApplication extends ListedPackage {
  readonly reported: readonly ClairVulnerability[]
}

const CANARY = z.object({ name: z.string(), version: z.string(), id: z.string().nullable() })
const REQUEST = z.object({
  /** `own`: Clair reads Seaworthy's advisories; `other`: it uses its own. */
  kind: z.enum(['own', 'other']),
  /** A canary for each ecosystem that Clair was asked about. */
  canaries: z.partialRecord(z.enum(CLAIR_ECOSYSTEMS), CANARY),
  /** Names and versions that several ecosystems share, in any image of the run: Clair has one row for them. */
  shared: z.array(z.tuple([z.string(), z.string()])).readonly(),
})
/** What Clair was asked about the application packages of an image. */
export type ClairApplicationsRequest = Readonly<z.infer<typeof REQUEST>>

/** Clair's answers about application packages, to compare with Seaworthy's own. */
export interface ClairApplications extends ClairApplicationsRequest {
  /** Without the canaries. */
  readonly packages: readonly IndexedApplication[]
  /** Packages that Clair attributes to package managers which Seaworthy does not know. */
  readonly unknownPackages: readonly ClairPackage[]
  /** How many packages Clair found in dpkg databases. */
  readonly debianCount: number
  /** Ecosystems whose canary Clair found. */
  readonly provenEcosystems: ReadonlySet<ClairEcosystem>
  /** Ecosystems whose packages Clair has to list, whatever it knows about them. */
  readonly listingEcosystems: ReadonlySet<ClairEcosystem>
}

export function requestDocument(request: ClairApplicationsRequest): Record<string, string> {
  return { [CLAIR_APPLICATIONS]: JSON.stringify(request) }
}

/** Limit for packages in Clair's index: advisories are looked up for each, and no ordinary image has as many. */
export const MAX_PACKAGES = 50_000

/**
 * @param canaryLayer the layer with the canaries, which is not part of the image; `null` if there is none: then an
 * ecosystem is proven by what Clair reports about the image's own packages
 * @returns `null` if Clair was not asked
 * @throws SeaworthyError `evidence-incomplete` if the document is not in Seaworthy's format, `clair-report-malformed`
 * if the report lists too many packages
 */
export function readClairApplications(
  documents: Readonly<Record<string, string>>,
  { packages }: Pick<ClairReport, 'packages'>,
  canaryLayer: string | null,
): ClairApplications | null {
  const request = documentIn(documents, CLAIR_APPLICATIONS, REQUEST)
  if (request === null) {
    return null
  }
  const all = packages.flatMap(indexedApplicationsOf)
  if (all.length > MAX_PACKAGES) {
    throw new SeaworthyError({
      code: 'clair-report-malformed',
      what: `Clair's report lists ${all.length} application packages, and at most ${MAX_PACKAGES} are accepted`,
      where: 'vulnerability-report.json',
      todo: 'check what the image contains: no ordinary application has this many packages',
    })
  }
  const managed = withoutLayer(withoutApplications(packages), canaryLayer)
  const canariesOf = (ecosystem: ClairEcosystem, canary: ApplicationCanary) =>
    all.filter((one) => isCanary(one, ecosystem, canary))
  const proven = CLAIR_ECOSYSTEMS.filter((ecosystem) => {
    const canary = request.canaries[ecosystem]
    return canary === undefined
      ? canaryLayer === null && all.some((one) => one.ecosystem === ecosystem && one.reported.length > 0)
      : canariesOf(ecosystem, canary).some(({ reported }) =>
          reported.some((one) => canary.id === null || one.id === canary.id),
        )
  })
  const listing = CLAIR_ECOSYSTEMS.filter((ecosystem) => {
    const canary = request.canaries[ecosystem]
    return canary === undefined ? canaryLayer === null : canariesOf(ecosystem, canary).length > 0
  })
  const imagePackages = withoutLayer(all, canaryLayer).filter((one) => {
    const canary = request.canaries[one.ecosystem]
    return canary === undefined || !isCanary(one, one.ecosystem, canary)
  })
  return {
    ...request,
    packages: imagePackages,
    unknownPackages: managed.filter((one) => !isOfDpkg(one)),
    debianCount: managed.filter(isOfDpkg).length,
    provenEcosystems: new Set(proven),
    listingEcosystems: new Set(listing),
  }
}

/** Packages without their places in this layer; a package that is only in this layer is left out. */
function withoutLayer<One extends ListedPackage | ClairPackage>(
  packages: readonly One[],
  layer: string | null,
): readonly One[] {
  return packages.flatMap((one) => {
    const places = one.places.filter((place) => place.layer !== layer)
    return places.length === 0 ? [] : [{ ...one, places }]
  })
}

function isCanary(
  one: IndexedPackage,
  ecosystem: ClairEcosystem,
  { name, version }: ApplicationCanary,
): boolean {
  return one.ecosystem === ecosystem && one.name === name && one.version === version
}

/** The package once for each ecosystem that it was found in: Clair merges packages of the same name and version. */
function indexedApplicationsOf({
  name,
  version,
  places,
  vulnerabilities,
}: ClairPackage): readonly IndexedApplication[] {
  const byEcosystem = ecosystemsOf(places)
  return [...byEcosystem].map(([ecosystem, ecosystemPlaces]) => {
    const reported = vulnerabilities.filter((one) => ownerOf(one, places) === ecosystem)
    return { ecosystem, name, version, places: ecosystemPlaces, reported }
  })
}

function ecosystemsOf(places: ClairPackage['places']): ReadonlyMap<ClairEcosystem, ClairPackage['places']> {
  const all = [...Map.groupBy(places, ({ database }) => ecosystemAt(database))]
  return new Map(
    all.flatMap(([ecosystem, ecosystemPlaces]) => (ecosystem === null ? [] : [[ecosystem, ecosystemPlaces]])),
  )
}

/**
 * The ecosystem that a vulnerability is about; `null`: it is about a package manager's package. For a package found in
 * several ecosystems, Clair lists the vulnerabilities of all of them; each is attributed to one.
 */
function ownerOf({ updater }: ClairVulnerability, places: ClairPackage['places']): ClairEcosystem | null {
  const ecosystems = [...ecosystemsOf(places).keys()]
  const statedEcosystem = ecosystems.find((one) => updaterOf(one) === updater)
  const isOfManager = places.some(({ database }) => ecosystemAt(database) === null)
  return statedEcosystem ?? (isOfManager ? null : (ecosystems[0] ?? null))
}

/** Clair's packages of package managers, without the paths at which it found application packages. */
export function withoutApplications(packages: readonly ClairPackage[]): readonly ClairPackage[] {
  return packages.flatMap((one) => {
    const places = one.places.filter(({ database }) => ecosystemAt(database) === null)
    const vulnerabilities = one.vulnerabilities.filter((about) => ownerOf(about, one.places) === null)
    return places.length === 0 ? [] : [{ ...one, places, vulnerabilities }]
  })
}

/** How the paths of dpkg's databases end in Clair's reports (claircore, dpkg/scanner.go, distroless_scanner.go). */
const DPKG_DATABASE = /(?:^|\/)(?:status|status\.d\/[^/]+)$/

function isOfDpkg({ places }: ClairPackage): boolean {
  return places.some(({ database }) => DPKG_DATABASE.test(database))
}

/** Whether a package in Clair's index has this name and version. Clair may write the version differently. */
export function isSamePackage(indexed: IndexedPackage, name: string, version: string | null): boolean {
  const { ecosystem } = indexed
  if (nameKey(ecosystem, indexed.name) !== nameKey(ecosystem, name)) {
    return false
  }
  if (version === null) {
    return ecosystem === 'Go' && indexed.version.startsWith('(devel)') // with what the checkout was, as Clair has it
  }
  if (indexed.version === version || indexed.version === clairVersionText(ecosystem, version)) {
    return true
  }
  const order = ORDERS[ecosystem]
  const [one, other] = [order.read(indexed.version), order.read(version)]
  return one !== null && other !== null && order.compare(one, other) === 0
}

const INDEX = z.object({
  packages: z.record(z.string(), z.object({ name: z.string(), version: z.string() })),
  environments: z.record(
    z.string(),
    z.array(z.object({ package_db: z.string(), introduced_in: z.string() })),
  ),
})

/**
 * The application packages in an index report of Clair's (claircore, indexreport.go). The names in it are looked up, so
 * a report that cannot be read is an error: silence would look like an image without packages. There is at least the
 * canary, so `packages: null` is one too.
 * @param canaryLayer the layer with the canaries; `null` if there is none
 * @throws SeaworthyError `clair-index-failed`
 */
export function indexedPackages(
  json: string,
  canaryLayer: string | null,
  diffIds: Readonly<Record<string, string>> = {},
): readonly ListedPackage[] {
  const known = new Map(Object.entries(diffIds))
  const { packages, environments } = readIndex(json)
  const all = Object.entries(packages).flatMap(([id, { name, version }]): ListedPackage[] => {
    const places = (environments[id] ?? []).map(({ package_db: database, introduced_in }) => {
      return { database, layer: known.get(introduced_in) ?? introduced_in, distribution: null }
    })
    return [...ecosystemsOf(places)].map(([ecosystem, ecosystemPlaces]) => ({
      ecosystem,
      name,
      version,
      places: ecosystemPlaces,
    }))
  })
  return withoutLayer(all, canaryLayer)
}

function readIndex(json: string): z.infer<typeof INDEX> {
  try {
    return INDEX.parse(JSON.parse(json))
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined
    const why = issue === undefined ? 'it is not complete JSON' : `${issue.path.join('.')}: ${issue.message}`
    const what = `Clair's index report can't be read: ${why}`
    const advice = 'see docs/troubleshooting.md#clair-index-failed'
    throw new SeaworthyError({ code: 'clair-index-failed', what, where: 'Clair', todo: advice }, { cause })
  }
}

/** Names and versions that occur in several ecosystems. */
export function sharedAmong(packages: readonly IndexedPackage[]): ClairApplicationsRequest['shared'] {
  const groups = Map.groupBy(packages, ({ name, version }) => JSON.stringify([name, version]))
  return [...groups]
    .filter(([, group]) => new Set(group.map(({ ecosystem }) => ecosystem)).size > 1)
    .map(([key]) => JSON.parse(key) as [string, string])
    .sort((a, b) => compareText(a.join('\n'), b.join('\n')))
}
