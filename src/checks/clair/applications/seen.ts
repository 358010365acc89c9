import * as z from 'zod'
import { SeaworthyError } from '../../../model/problem.js'
import { nameKey } from '../../../osv/ecosystem.js'
import { ORDERS } from '../../../osv/versions/index.js'
import type { ClairPackage, ClairReport, ClairVulnerability } from '../matches/report.js'
import {
  type ApplicationCanary,
  asClairReads,
  CLAIR_ECOSYSTEMS,
  type ClairEcosystem,
  ecosystemAt,
  updaterOf,
} from './eyes.js'
import type { IndexedPackage } from './narrow.js'

// What Clair says about the application's packages: clair-applications.json has what it was asked, its own
// report what it found.

export const CLAIR_APPLICATIONS = 'clair-applications.json'

/** A package that Clair listed, with what it reports about it. */
export interface SeenPackage extends IndexedPackage {
  readonly places: ClairPackage['places']
  readonly reported: readonly ClairVulnerability[]
}

/** What Clair was asked about the application packages of an image. */
export interface AskedOfClair {
  /** `own`: it reads our advisories; `other`: it uses its own. */
  readonly kind: 'own' | 'other'
  /** For each ecosystem that it was asked about. */
  readonly canaries: Readonly<Partial<Record<ClairEcosystem, ApplicationCanary>>>
  /**
   * Names and versions that packages of several ecosystems share, in any image of the run: one row in its
   * database.
   */
  readonly shared: readonly (readonly [name: string, version: string])[]
}

/** Clair's answers, as a second opinion. */
export interface ClairEyes extends AskedOfClair {
  /** Without the canaries. */
  readonly packages: readonly SeenPackage[]
  /** Ecosystems whose canary it found. */
  readonly proven: ReadonlySet<ClairEcosystem>
}

const CANARY = z.object({ name: z.string(), version: z.string(), id: z.string().nullable() })
const ASKED = z.object({
  kind: z.enum(['own', 'other']),
  canaries: z.partialRecord(z.enum(CLAIR_ECOSYSTEMS), CANARY),
  shared: z.array(z.tuple([z.string(), z.string()])),
})

export function askedOfClair(asked: AskedOfClair): Record<string, string> {
  return { [CLAIR_APPLICATIONS]: JSON.stringify(asked) }
}

/**
 * @returns `null` if Clair was not asked, as in older evidence @throws SeaworthyError `evidence-incomplete`
 * if the document is not in Seaworthy's format
 */
export function readEyes(
  documents: Readonly<Record<string, string>>,
  { packages }: Pick<ClairReport, 'packages'>,
): ClairEyes | null {
  const text = Object.hasOwn(documents, CLAIR_APPLICATIONS) ? documents[CLAIR_APPLICATIONS] : undefined
  if (text === undefined) {
    return null
  }
  const asked = readAsked(text)
  const all = packages.flatMap(seenOf)
  const proven = CLAIR_ECOSYSTEMS.filter((ecosystem) => {
    const canary = asked.canaries[ecosystem]
    return canary !== undefined && all.some((one) => isCanary(one, ecosystem, canary) && tells(one, canary))
  })
  const own = all.filter((one) => {
    const canary = asked.canaries[one.ecosystem]
    return canary === undefined || !isCanary(one, one.ecosystem, canary)
  })
  return { ...asked, packages: own, proven: new Set(proven) }
}

function readAsked(text: string): AskedOfClair {
  try {
    return ASKED.parse(JSON.parse(text))
  } catch (cause) {
    const what = "a document in the evidence is not in Seaworthy's format"
    throw new SeaworthyError({ code: 'evidence-incomplete', what, where: CLAIR_APPLICATIONS }, { cause })
  }
}

function isCanary(
  one: IndexedPackage,
  ecosystem: ClairEcosystem,
  { name, version }: ApplicationCanary,
): boolean {
  return one.ecosystem === ecosystem && one.name === name && one.version === version
}

function tells({ reported }: SeenPackage, { id }: ApplicationCanary): boolean {
  return id === null ? reported.length > 0 : reported.some((one) => one.id === id)
}

/** One for each ecosystem that it was found in: Clair merges packages of the same name and version. */
function seenOf({ name, version, places, vulnerabilities }: ClairPackage): readonly SeenPackage[] {
  const byEcosystem = Map.groupBy(places, ({ database }) => ecosystemAt(database))
  return [...byEcosystem].flatMap(([ecosystem, there]): SeenPackage[] => {
    if (ecosystem === null) {
      return []
    }
    const reported = vulnerabilities.filter(({ updater }) => updater === updaterOf(ecosystem))
    return [{ ecosystem, name, version, places: there, reported }]
  })
}

/** Clair's packages without the paths at which it found application packages. */
export function withoutApplications(packages: readonly ClairPackage[]): readonly ClairPackage[] {
  return packages.flatMap((one) => {
    const places = one.places.filter(({ database }) => ecosystemAt(database) === null)
    return places.length === 0 ? [] : [{ ...one, places }]
  })
}

/** Whether a package that Clair lists is this one. Clair may write its version differently. */
export function isSamePackage(seen: IndexedPackage, name: string, version: string | null): boolean {
  const { ecosystem } = seen
  if (nameKey(ecosystem, seen.name) !== nameKey(ecosystem, name)) {
    return false
  }
  if (version === null) {
    return ecosystem === 'Go' && seen.version.startsWith('(devel)') // with what the checkout was, as Clair has it
  }
  if (seen.version === version || seen.version === asClairReads(ecosystem, version)) {
    return true
  }
  const order = ORDERS[ecosystem]
  const [one, other] = [order.read(seen.version), order.read(version)]
  return one !== null && other !== null && order.compare(one, other) === 0
}

const INDEX = z.object({
  packages: z.record(z.string(), z.object({ name: z.string(), version: z.string() })).nullable(),
  environments: z.record(z.string(), z.array(z.object({ package_db: z.string() }))).nullable(),
})

/** The application packages in an index report of Clair's; none if it is not in the expected form. */
export function indexedPackages(json: string): readonly IndexedPackage[] {
  const read = INDEX.safeParse(parsed(json))
  return Object.entries(read.data?.packages ?? {}).flatMap(([id, { name, version }]) => {
    const places = read.data?.environments?.[id] ?? []
    const ecosystems = new Set(places.map(({ package_db }) => ecosystemAt(package_db)))
    return [...ecosystems].flatMap((ecosystem) => (ecosystem === null ? [] : [{ ecosystem, name, version }]))
  })
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Names and versions that occur in several ecosystems. */
export function sharedAmong(packages: readonly IndexedPackage[]): AskedOfClair['shared'] {
  const groups = Map.groupBy(packages, ({ name, version }) => JSON.stringify([name, version]))
  return [...groups]
    .filter(([, group]) => new Set(group.map(({ ecosystem }) => ecosystem)).size > 1)
    .map(([key]) => JSON.parse(key) as [string, string])
    .sort(([a, x], [b, y]) => (`${a}\n${x}` < `${b}\n${y}` ? -1 : 1))
}
