import * as z from 'zod'
import { judgedAs } from '../../../debian/signed.js'
import {
  documentIn,
  type Evidence,
  type ForeignPackage,
  type InstalledPackage,
  incomplete,
} from '../../../model/index.js'

/** The other releases with rows in tracker.json, and their source packages; absent if there is only the image's. */
export const RELEASES_DOCUMENT = 'releases.json'

const DOCUMENT = z.array(z.object({ release: z.string(), sources: z.array(z.string()) }))

type VersionedPackage = Pick<InstalledPackage, 'name' | 'version'>

/** Which release's tracker rows a package is judged by. */
export interface Releases {
  /** The release whose tracker rows apply to the package; `null`: the image's own release. */
  releaseOf(one: VersionedPackage): string | null
  /** The version to compare with a fixed one: for a backport, the version that it was made from. */
  comparableVersion(one: VersionedPackage & Pick<InstalledPackage, 'sourceVersion'>): string
}

/**
 * For a system in the image: all of its packages are from its own release.
 * @param release `null`: the image's release
 * @throws SeaworthyError like `releasesOf`
 */
export function releasesOfNested(
  release: string | null,
  installed: readonly InstalledPackage[],
  { documents }: Evidence,
): Releases {
  if (release === null) {
    return SAME_RELEASE
  }
  assertCollected(
    installed.map((one) => ({ ...one, release })),
    documents,
  )
  return { ...SAME_RELEASE, releaseOf: () => release }
}

export const SAME_RELEASE: Releases = {
  releaseOf: () => null,
  comparableVersion: ({ sourceVersion }) => sourceVersion,
}

/**
 * @param foreign packages of the image's own database that are from elsewhere
 * @throws SeaworthyError `evidence-incomplete` if rows for one were not collected: without them it would look
 * unaffected
 */
export function releasesOf(foreign: readonly ForeignPackage[], { documents }: Evidence): Releases {
  const judged = foreign.filter(({ release }) => release !== null)
  if (judged.length === 0) {
    return SAME_RELEASE
  }
  assertCollected(judged, documents)
  const foreignByKey = new Map(judged.map((one) => [keyOf(one), one]))
  return {
    releaseOf: (one) => foreignByKey.get(keyOf(one))?.release ?? null,
    comparableVersion: (one) => {
      const isBackport = foreignByKey.get(keyOf(one))?.origin === 'backports'
      // Without this, the backport of a fixed version would sort below it (deb-version(7): ~).
      return isBackport ? one.sourceVersion.replace(/~bpo\d+\+\d+$/, '') : one.sourceVersion
    },
  }
}

/** Asserts that the rows of these packages' releases were collected. @throws SeaworthyError `evidence-incomplete` */
function assertCollected(
  packages: readonly (InstalledPackage & Pick<ForeignPackage, 'release'>)[],
  documents: Evidence['documents'],
): void {
  const collected = documentIn(documents, RELEASES_DOCUMENT, DOCUMENT) ?? []
  for (const one of packages) {
    const sources = collected.find(({ release }) => release === one.release)?.sources ?? []
    const missingSource = judgedAs(one).find(({ source }) => !sources.includes(source))
    if (missingSource !== undefined) {
      const what = `the evidence has no security tracker rows for ${missingSource.source} in ${one.release}, the release that this package comes from`
      throw incomplete(what, RELEASES_DOCUMENT)
    }
  }
}

function keyOf({ name, version }: VersionedPackage): string {
  return `${name} ${version}`
}
