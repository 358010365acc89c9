import { architectureOf, isApplication, isObstacle, otherDatabase } from '../../model/finding/index.js'
import { platformName } from '../../model/image.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { visible } from '../escape.js'

/**
 * The name under which alerts of one image and platform persist, whatever its tag:
 * `seaworthy/ghcr.io/acme/app/linux/amd64`.
 */
export function categoryOf(image: ImageVerdict, all: readonly ImageVerdict[]): string {
  const same = all.filter((other) => sameName(other, image))
  const [name, platform] = nameOf(image)
  // Several tags of one image in one run need the whole reference, or one would close the other's alerts.
  const whole = same.length > 1 ? image.reference : name
  const twins = same.filter(({ reference }) => reference === image.reference)
  const number = twins.indexOf(image)
  return visible(['seaworthy', whole, platform, ...(number > 0 ? [String(number + 1)] : [])].join('/'), 250)
}

/**
 * What distinguishes a finding from all others of its image and stays when versions, lines, tags and policies change.
 * GitHub recognizes the alert of an earlier upload by it.
 */
export function identityOf(image: ImageVerdict, finding: RuledFinding): string {
  const { check, package: name } = finding
  const id = isApplication(finding) ? finding.own : finding.id
  const parts = [
    ...nameOf(image),
    check,
    id,
    name ?? '',
    architectureOf(finding) ?? '',
    otherDatabase(finding) ?? '',
    isObstacle(finding, 'testing-or-unstable') ? finding.details.suite : '',
    ...folderOf(finding),
  ]
  return JSON.stringify(parts)
}

/** Content that could not be read has a finding for each folder. */
function folderOf(finding: RuledFinding): string[] {
  const folder = 'details' in finding && 'folder' in finding.details ? finding.details.folder : null
  return folder === null ? [] : [folder]
}

/** Fingerprints in the order of the identities; GitHub wants `hash:count` (codeql-action, fingerprints.ts). */
export function fingerprintsOf(identities: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return identities.map((identity) => {
    const hash = fnv1a64(identity)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  })
}

function sameName(a: ImageVerdict, b: ImageVerdict): boolean {
  return nameOf(a).join('\n') === nameOf(b).join('\n')
}

function nameOf({ reference, platform }: ImageVerdict): readonly [string, string] {
  const name = reference.replace(/@[a-z0-9]+:[0-9a-f]+$/i, '').replace(/:[\w.-]+$/, '')
  return [name, platform === null ? 'unknown' : platformName(platform)]
}

/** FNV-1a, 64 bits (draft-eastlake-fnv), over UTF-16 code units: to distinguish, not to keep secret. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

/** GitHub reads only `primaryLocationLineHash`; the other is for comparing files. */
export function fingerprints(fingerprint: string): Readonly<Record<string, string>> {
  return { primaryLocationLineHash: fingerprint, 'seaworthyFinding/v1': fingerprint }
}
