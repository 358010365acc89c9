import {
  acceptsPackageName,
  becauseText,
  changeText,
  type ImageVerdict,
  isApplication,
  isKnownVulnerability,
  isVulnerability,
  OFFICIAL_IMAGES,
  parseReference,
  type Reference,
  type RuledFinding,
  withNeededKeys,
} from '../model/index.js'
import { debPurl, ociPurl } from '../policy/vex/purl.js'
import { OWNER_NAMES } from './view/owners.js'

/** Names of images and packages in documents for other programs. */

/** `null` for an image that was named by the path of an archive, or not opened. */
export function imagePurl({ reference, platform }: ImageVerdict): string | null {
  const name = parseReference(reference)
  return name === null || platform === null ? null : ociPurl(name, platform.architecture, isLocal(name))
}

/**
 * True if the name shows that the image is only here: Docker Hub's `library` has Docker's official images alone, and
 * `localhost` is this machine.
 */
function isLocal({ registry, repository }: Reference): boolean {
  const [, name] = /^library\/(.+)$/.exec(repository) ?? []
  const isHub = registry === 'docker.io'
  return registry === 'localhost' || (isHub && name !== undefined && !OFFICIAL_IMAGES.has(name))
}

/** SHA-256 of the image's config, in hex. */
export function configHash({ digest }: ImageVerdict): string | null {
  return /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1] ?? null
}

/** The binary packages of a finding; its source package if none is known; the application package. */
export function findingPurls(finding: RuledFinding, image: ImageVerdict): string[] {
  if (isApplication(finding)) {
    return [finding.purl]
  }
  const { codename } = image
  const { package: name, version, binaries } = finding
  if (binaries.length > 0) {
    return [...new Set(binaries.map((binary) => debPurl(binary, codename)))].sort()
  }
  return name === null ? [] : [debPurl({ name, version, architecture: 'source' }, codename)]
}

/** Vulnerabilities only: an update or a setting is not one. */
export function vulnerabilitiesOf(image: ImageVerdict): RuledFinding[] {
  return image.findings.filter((finding) => isKnownVulnerability(finding))
}

/** "act, base": the ruling, and who has to act. */
export function rulingText({ ruling, owner }: RuledFinding): string {
  return owner === null ? ruling : `${ruling}, ${OWNER_NAMES[owner]}`
}

/** What to do about a finding, in a sentence. Not escaped. */
export function adviceOf(finding: RuledFinding): string {
  const { ruling, package: name, fixedVersion, installable } = finding
  const because = becauseText(finding)
  if (ruling === 'accepted') {
    return `Nothing to do for now: ${because}`
  }
  if (finding.due !== null) {
    return `Update ${name} to ${fixedVersion} by ${finding.due}.`
  }
  if (ruling === 'deferred') {
    return `Nothing to do until Debian decides otherwise: ${because}`
  }
  if (fixedVersion !== null && isApplication(finding)) {
    return `${changeText(finding)}: use ${name} ${fixedVersion} or later.`
  }
  if (fixedVersion !== null && installable !== false) {
    return `Update ${name} to ${fixedVersion}.`
  }
  if (ruling === 'act' && isVulnerability(finding) && finding.essential !== undefined) {
    const todo = acceptsPackageName(finding)
      ? `Accept it${withNeededKeys(finding)} until there is a fix, or wait,`
      : 'Wait for a fix,'
    return `${todo} because an essential package cannot be removed: ${because}`
  }
  return ruling === 'act' ? `Remove or replace ${name}: ${because}` : `Wait for a fix: ${because}`
}
