import { NO_RATINGS } from '../feeds/formats/documents.js'
import { readEndsDocument } from '../feeds/formats/ends.js'
import { mainOf } from '../inventory/listing.js'
import { withBranch } from '../inventory/programs/ends.js'
import { deduceBase } from '../inventory/provenance/base/deduce.js'
import { readBaseDocument } from '../inventory/provenance/base/document.js'
import { BASE_TAG, type BaseTag } from '../inventory/provenance/base/tag.js'
import {
  type ApplicationFinding,
  type BaseImage,
  type Evidence,
  type Image,
  KNOWN_PROGRAMS,
  parseReference,
  problemOf,
  type Reference,
  readOrNull,
  referenceName,
} from '../model/index.js'
import { judgeApplications } from './clair/applications/judge.js'

/** Official images whose name differs from their program's: image name -> program. */
const PROGRAM_NAMES: Readonly<Record<string, string>> = {
  golang: 'go',
  postgres: 'postgresql',
  mongo: 'mongodb',
  'eclipse-temurin': 'openjdk',
}

/** Whether a registry has a tag; rejects if the registry does not answer. */
export type HasTag = (reference: Reference) => Promise<boolean>

/**
 * Asks the base's registry once whether the base has a tag with the fixed version of its program, and adds the answer
 * to the evidence that describes the base.
 */
export async function withBaseTag(
  evidence: readonly Evidence[],
  image: Image,
  hasTag: HasTag,
): Promise<readonly Evidence[]> {
  const archive = evidence.find(({ check }) => check === 'security-updates')
  const expectedTag = archive === undefined ? null : tagToRequest(evidence, archive, image)
  const reference = expectedTag === null ? null : parseReference(expectedTag.to)
  if (archive === undefined || expectedTag === null || reference === null) {
    return evidence
  }
  const outcome = await hasTag(reference).then(
    (has) => (has ? 'ok' : 'registry-not-found'),
    (error: unknown) => problemOf(error, expectedTag.to).code,
  )
  const documents = { ...archive.documents, [BASE_TAG]: JSON.stringify({ ...expectedTag, outcome }) }
  return evidence.map((one) => (one === archive ? { ...one, documents } : one))
}

/** @returns `null` if there is nothing to ask about */
function tagToRequest(
  evidence: readonly Evidence[],
  archive: Evidence,
  image: Image,
): Omit<BaseTag, 'outcome'> | null {
  const clair = evidence.find(({ check }) => check === 'clair')
  // Invalid evidence is reported when the image is judged.
  return readOrNull(() => {
    const base = deduceBase(image, readBaseDocument(archive))
    const name = programOfBase(base)
    const hasProgram = clair !== undefined && name !== null
    return hasProgram ? tagOf(base, name, fixableFinding(name, clair, image, base)) : null
  })
}

/** The program that an image is for, by its name; `null`: none, or nothing proves the base. */
function programOfBase({ restsOn, name }: BaseImage): string | null {
  const repository = restsOn === 'layers' ? parseReference(name ?? '')?.repository : undefined
  const last = repository?.split('/').at(-1) ?? ''
  const program = Object.hasOwn(PROGRAM_NAMES, last) ? (PROGRAM_NAMES[last] ?? '') : last
  return Object.hasOwn(KNOWN_PROGRAMS, program) ? program : null
}

/** A vulnerability of the base's program that is only in the base's layers and that a known version fixes. */
function fixableFinding(
  name: string,
  { documents }: Evidence,
  image: Image,
  { layers }: BaseImage,
): ApplicationFinding | null {
  const installedPackages = { installed: mainOf(image), foreign: [] }
  const endsOfLife = readEndsDocument(documents)
  const findings = judgeApplications(documents, image, installedPackages, NO_RATINGS)?.findings ?? []
  const ofBase = new Set(image.layers.slice(0, layers).map(({ diffId }) => diffId))
  const findingOfBase = findings.find(
    (one) =>
      one.package === `program/${name}` &&
      one.agreement !== 'refuted' &&
      one.settles !== null &&
      one.layers.every((layer) => ofBase.has(layer)),
  )
  return findingOfBase && endsOfLife !== null
    ? withBranch(findingOfBase, endsOfLife)
    : (findingOfBase ?? null)
}

/**
 * The base's name, such as `node:22.1.0-slim`, with the fixed version in place of the one in its tag; `null` if the tag
 * does not state the installed version, or would stay the same.
 */
function tagOf({ name }: BaseImage, program: string, finding: ApplicationFinding | null) {
  const from = parseReference(name ?? '')
  const { version = null, settles = null } = finding ?? {}
  const [, tagVersion, variant = ''] = /^(\d+(?:\.\d+)*)(-[\w.-]+)?$/.exec(from?.tag ?? '') ?? []
  if (from === null || version === null || settles === null || tagVersion === undefined) {
    return null
  }
  const isStatedVersion = version === tagVersion || version.startsWith(`${tagVersion}.`)
  const newBase = { ...from, tag: `${settles}${variant}`, digest: null }
  return !isStatedVersion || newBase.tag === from.tag
    ? null
    : {
        package: `program/${program}`,
        version,
        from: referenceName({ ...from, digest: null }),
        to: referenceName(newBase),
      }
}
