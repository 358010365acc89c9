import * as z from 'zod'
import { compareVersions } from '../../../debian/version.js'
import type { Evidence } from '../../../model/evidence.js'
import type { Finding } from '../../../model/finding.js'
import { incomplete } from '../archive/document.js'

/** base-packages.json: what the tag that has moved on holds now; absent where it was not read. */
export const PACKAGES_DOCUMENT = 'base-packages.json'

const DOCUMENT = z.object({
  /** The tag, and what it pointed at. */
  reference: z.string(),
  digest: z.string(),
  packages: z.array(z.object({ name: z.string(), architecture: z.string(), version: z.string() })),
})

/** The packages of a base as it is now. */
export type BasePackages = z.infer<typeof DOCUMENT>

/** @throws SeaworthyError `evidence-incomplete` */
export function readBasePackages({ documents }: Evidence): BasePackages | null {
  const text = Object.hasOwn(documents, PACKAGES_DOCUMENT) ? documents[PACKAGES_DOCUMENT] : undefined
  if (text === undefined) return null
  try {
    return DOCUMENT.parse(JSON.parse(text))
  } catch {
    throw incomplete(`${PACKAGES_DOCUMENT} is not as expected`, PACKAGES_DOCUMENT)
  }
}

/** Each update with `facts.rebuild`: whether the base of now has it, so that building again is enough. */
export function withRebuild(updates: readonly Finding[], now: BasePackages | null): readonly Finding[] {
  if (now === null) return updates
  const versions = new Map(now.packages.map((one) => [`${one.name} ${one.architecture}`, one.version]))
  return updates.map((finding) => {
    const version = versions.get(`${finding.package} ${finding.facts.architecture}`)
    return { ...finding, facts: { ...finding.facts, rebuild: rebuildOf(finding, version) } }
  })
}

function rebuildOf({ fixedVersion }: Finding, version: string | undefined): string {
  if (version === undefined || fixedVersion === null) return 'not of the base'
  return compareVersions(version, fixedVersion) >= 0 ? `brings ${version}` : `leaves ${version}`
}

/** One line for the notes. */
export function rebuildNote(updates: readonly Finding[]): string[] {
  const security = updates.filter(({ facts }) => facts.kind === 'security' && facts.rebuild !== undefined)
  if (security.length === 0) return []
  const brought = security.filter(({ facts }) => facts.rebuild?.startsWith('brings '))
  return [`a rebuild alone brings ${brought.length} of the ${security.length} security updates`]
}
