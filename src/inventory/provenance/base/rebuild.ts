import * as z from 'zod'
import { compareVersions } from '../../../debian/version.js'
import { documentIn, type Evidence, type Rebuild, type UpdateFinding } from '../../../model/index.js'

/** base-packages.json: what the moved tag contains now; absent if it was not read. */
export const PACKAGES_DOCUMENT = 'base-packages.json'

const DOCUMENT = z.object({
  /** The tag, and the digest that it pointed to. */
  reference: z.string(),
  digest: z.string(),
  packages: z.array(z.object({ name: z.string(), architecture: z.string(), version: z.string() })),
})

/** The packages of a base as it is now. */
export type BasePackages = z.infer<typeof DOCUMENT>

/** @throws SeaworthyError `evidence-incomplete` */
export function readBasePackages({ documents }: Evidence): BasePackages | null {
  return documentIn(documents, PACKAGES_DOCUMENT, DOCUMENT)
}

/** Each update, with whether today's base has it, so that building again is enough. */
export function withRebuild(
  updates: readonly UpdateFinding[],
  now: BasePackages | null,
): readonly UpdateFinding[] {
  if (now === null) {
    return updates
  }
  const versions = new Map(now.packages.map((one) => [`${one.name} ${one.architecture}`, one.version]))
  return updates.map((update) => {
    const version = versions.get(`${update.package} ${update.architecture}`)
    return { ...update, rebuild: rebuildOf(update, version) }
  })
}

function rebuildOf({ fixedVersion }: UpdateFinding, version: string | undefined): Rebuild {
  if (version === undefined) {
    return { what: 'not-of-base' }
  }
  return { what: compareVersions(version, fixedVersion) >= 0 ? 'brings' : 'leaves', version }
}

export function rebuildNote(updates: readonly UpdateFinding[]): string[] {
  const security = updates.filter(({ id, rebuild }) => id === 'security-update' && rebuild !== null)
  if (security.length === 0) {
    return []
  }
  const fixedByRebuild = security.filter(({ rebuild }) => rebuild?.what === 'brings')
  return [`a rebuild alone would install ${fixedByRebuild.length} of the ${security.length} security updates`]
}
