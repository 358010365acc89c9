import * as z from 'zod'
import {
  type AdvisedCode,
  type Evidence,
  type InstalledPackage,
  listText,
  neededDocument,
  type Problem,
  sorted,
  withAdvice,
} from '../../../model/index.js'
import { type Database, isFromDebianRelease } from './databases.js'
import type { ClairPackage, ClairReport } from './report.js'

/**
 * A made-up package that Clair must report in every run; otherwise "nothing found" proves nothing. It has a tiny layer
 * and a dpkg database of its own, and a row in the tracker that Clair gets.
 */
const CANARY = z.object({
  /**
   * `own`: its CVE is a row that Seaworthy added to the tracker, and Clair may report no other CVE for it. `tracker`:
   * its CVE is a real row of the tracker.
   */
  kind: z.enum(['own', 'tracker']),
  /** Binary package. */
  package: z.string(),
  /** Source package, its name in the tracker. */
  source: z.string(),
  version: z.string(),
  cve: z.string(),
  /** diff_id of its layer. */
  layer: z.string(),
})
export type Canary = Readonly<z.infer<typeof CANARY>>

/** What Clair must report if it gets no layer of ours: a vulnerability of a package in the image. */
const PAIR = z.object({ kind: z.literal('pair'), package: z.string(), cve: z.string() })
export type CanaryPair = Readonly<z.infer<typeof PAIR>>

/** @throws SeaworthyError `evidence-incomplete` */
export function readCanary({ documents }: Pick<Evidence, 'documents'>): Canary | CanaryPair {
  return neededDocument(documents, 'canary.json', z.union([CANARY, PAIR]))
}

const REQUESTED = z.object({
  hash: z.string(),
  layers: z.array(z.string()),
  /** Digest of a layer's blob -> its diff_id; absent: Clair was told of layers by their diff_ids. */
  diffIds: z.record(z.string(), z.string()).optional(),
})
type RequestedManifest = Readonly<z.infer<typeof REQUESTED>>

/** The manifest that Clair was asked about. @throws SeaworthyError `evidence-incomplete` */
export function readRequestedManifest({ documents }: Pick<Evidence, 'documents'>): RequestedManifest {
  return neededDocument(documents, 'manifest.json', REQUESTED)
}

/** What Clair found, with the diff_ids of layers. */
export function byDiffIds(
  packages: readonly ClairPackage[],
  { diffIds }: Pick<RequestedManifest, 'diffIds'>,
): readonly ClairPackage[] {
  const known = new Map(Object.entries(diffIds ?? {}))
  return packages.map((one) => {
    const places = one.places.map((place) => ({ ...place, layer: known.get(place.layer) ?? place.layer }))
    return { ...one, places }
  })
}

/**
 * Why Clair's report is about other layers; `null` if it is not. Clair indexes a manifest once, by a digest that nothing
 * verifies: whoever may use it can have had others indexed under this one.
 */
export function otherLayersProblem(
  packages: readonly ClairPackage[],
  { hash, layers }: RequestedManifest,
): Problem | null {
  const requested = new Set(layers)
  const others = packages.flatMap(({ name, places }) =>
    places.filter(({ layer }) => !requested.has(layer)).map(({ layer }) => `${name} in ${layer}`),
  )
  const what = `Clair lists packages of layers that this image does not have: ${listText(sorted(others), 2)}`
  const where = `Clair, manifest ${hash}`
  return others.length === 0 ? null : withAdvice({ code: 'clair-other-layers', what, where })
}

/** Whether this package was planted and so is not part of the image. */
export function isCanary({ name }: ClairPackage, canary: Canary | CanaryPair): boolean {
  return canary.kind !== 'pair' && name === canary.package
}

/** The problem if the canary shows that Clair's answer cannot be trusted; `null` if it can. */
export function clairCanaryProblem({ packages }: ClairReport, canary: Canary | CanaryPair): Problem | null {
  const hasCanaryCve = (one: ClairPackage) => one.vulnerabilities.some(({ id }) => id === canary.cve)
  if (canary.kind === 'pair') {
    const source = canary.package
    const isReported = packages.some(({ vulnerabilities }) =>
      vulnerabilities.some((one) => one.id === canary.cve && one.package === source),
    )
    return isReported ? null : canaryNotFound(`${canary.cve} for ${source}`)
  }
  const [found, ...more] = packages.filter((one) => isCanary(one, canary))
  if (!found || !hasCanaryCve(found)) {
    return canaryNotFound(`${canary.cve} for the canary package ${canary.package}`)
  }
  if (more.length > 0) {
    return otherImageProblem(`${canary.package} appears ${more.length + 1} times`)
  }
  if (found.version !== canary.version) {
    return otherImageProblem(
      `Clair found ${canary.package} ${found.version}, but the gate added version ${canary.version}`,
    )
  }
  const place = found.places.find(({ layer }) => layer !== canary.layer)
  if (place) {
    return otherImageProblem(`${canary.package} comes from layer ${place.layer}, not from ${canary.layer}`)
  }
  if (canary.kind === 'tracker') {
    return null
  }
  // Only the planted vulnerability can be about the planted package, and about no other.
  const otherVulnerability = found.vulnerabilities.find(({ id }) => id !== canary.cve)
  if (otherVulnerability) {
    return otherImageProblem(`${canary.package} is reported as affected by ${otherVulnerability.id}`)
  }
  const otherPackage = packages.find((one) => one !== found && hasCanaryCve(one))
  return otherPackage
    ? otherImageProblem(`${otherPackage.name} is reported as affected by ${canary.cve}`)
    : null
}

/**
 * Why Clair cannot have seen the whole image; `null` if it has.
 * @param packages what dpkg lists in the image's own database
 * @param reported Clair's packages of that database
 */
export function completenessProblem(
  packages: readonly InstalledPackage[],
  reported: readonly ClairPackage[],
  codename: string,
): Problem | null {
  // One entry per name, even with several architectures; anything but `ok installed` is skipped (claircore,
  // dpkg/scanner.go).
  const names = new Set(reported.map(({ name }) => name.toLowerCase()))
  const expected = packages.filter(({ flag, state }) => flag === 'ok' && state === 'installed')
  const missingNames = sorted(expected.map(({ name }) => name)).filter((name) => !names.has(name))
  if (missingNames.length > 0) {
    const what = `Clair did not see ${missingNames.length} of the packages that dpkg lists: ${listText(missingNames, 5)}`
    return adviceProblem('clair-missed-packages', what)
  }
  const others = reported.filter((one) => !isFromDebianRelease(one, codename))
  const byRelease = Map.groupBy(others, ({ places: [place] }) =>
    place?.distribution ? Object.values(place.distribution).join(' ') : 'no distribution',
  )
  const [other] = [...byRelease.keys()].sort()
  if (other === undefined) {
    return null
  }
  const names5 = sorted((byRelease.get(other) ?? []).map(({ name }) => name))
    .slice(0, 5)
    .join(', ')
  const what = `this image is Debian ${codename}, but Clair attributed some of its packages to ${other}: ${names5}`
  return adviceProblem('clair-wrong-distribution', what)
}

/**
 * Why Clair has read another database than the final one of the image; `null` if it has not. Clair uses a database only
 * if `status` and `info` are in one layer (claircore, dpkg/scanner.go), so it skips a layer that changed only one of
 * them. What it reports about versions of an earlier layer says nothing about the installed ones; the same holds for
 * architectures. Of a package with several architectures, Clair lists one.
 */
export function otherVersionsProblem(databases: readonly Database[]): Problem | null {
  const others = databases.flatMap(({ installed, reported }) => {
    const installedByName = Map.groupBy(installed, ({ name }) => name)
    return reported.flatMap(({ name, version, architecture }) => {
      const own = installedByName.get(name) ?? []
      const sameVersion = own.filter((one) => one.version === version)
      const [first] = own
      if (first === undefined || sameVersion.some((one) => one.architecture === architecture)) {
        return []
      }
      const [same] = sameVersion
      return same === undefined
        ? [`${name} ${version} (dpkg: ${first.version})`]
        : [`${name} ${version} ${architecture} (dpkg: ${same.architecture})`]
    })
  })
  const texts = sorted(others)
  if (texts.length === 0) {
    return null
  }
  const what = `Clair read package versions that differ from those in dpkg's list: ${listText(texts, 5)}`
  return adviceProblem('clair-other-versions', what)
}

function canaryNotFound(what: string): Problem {
  return adviceProblem('canary-not-found', `Clair did not report ${what}, so its results cannot be trusted`)
}

function otherImageProblem(why: string): Problem {
  const what = `Clair returned an unexpected result for the canary package: ${why}`
  return adviceProblem('canary-elsewhere', what)
}

function adviceProblem(code: AdvisedCode, what: string): Problem {
  return withAdvice({ code, what, where: 'Clair' })
}
