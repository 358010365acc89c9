import {
  acceptsPackageName,
  groupsBy,
  hasFingerprint,
  type ImageVerdict,
  isAcceptedByPath,
  isKnownVulnerability,
  mostSevere,
  neededKeys,
  type RuledFinding,
} from '../../model/index.js'
import { usualEnd } from '../../policy/whitelist/change.js'
import { acceptablePaths, isPath } from '../../policy/whitelist/paths.js'
import type { SpanLimit } from '../../policy/whitelist/read.js'
import { yamlText } from '../../policy/yaml/edit.js'
import { findingsOf } from './counts.js'

/**
 * The entry that would accept a noted vulnerability, indented for `entries:`, without a final line break. `reason`
 * and `owner` are left empty on purpose: the file is invalid until a person fills them in. `null` if there is nothing
 * to accept, or no entry can name it. There is none for a noted update, because it would accept the package's
 * security updates too. Entries can name only ASCII without white space. For a finding that is accepted by path, whether
 * it blocks or not, an entry for each path.
 */
export function whitelistEntry(finding: RuledFinding, limit: SpanLimit): string | null {
  const { check, id, package: name } = finding
  if (isAcceptedByPath(check, id)) {
    const entries = pathEntries(finding, limit)
    return entries.length === 0 ? null : entries.join('\n')
  }
  if (finding.ruling !== 'noted' || finding.agreement === 'refuted' || isNotedWithoutEntry(finding)) {
    return null
  }
  if (!isKnownVulnerability(finding) || name === null || !acceptsPackageName(finding)) {
    return null
  }
  return entryText(id, [`package: ${yamlText(name)}`], limit, neededKeys(finding))
}

function entryText(
  id: string,
  about: readonly string[],
  limit: SpanLimit,
  more: readonly string[] = [],
): string {
  const expires = `expires: "${usualEnd(limit)}"`
  const lines = [`id: ${yamlText(id)}`, ...about, 'reason: ""', 'owner: ""', expires, ...more]
  return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')
}

/** Characters of the entries for one finding; a text in report.json has 20,000 at most. */
const MAX_CHARACTERS = 10_000

/** Entries for the paths of a finding, as many as there is room for. */
function pathEntries(finding: RuledFinding, limit: SpanLimit): string[] {
  const isOfKind = hasFingerprint(finding.check)
  if (
    ['accepted', 'due'].includes(finding.ruling) ||
    isNotedWithoutEntry(finding) ||
    (isOfKind && !finding.blocks)
  ) {
    return []
  }
  const check = isOfKind ? [`check: ${finding.check}`] : []
  let characters = 0
  return (acceptablePaths(finding) ?? []).flatMap(({ path, sha256, fingerprint }) => {
    const content = [
      ...(sha256 === null ? [] : [`sha256: ${yamlText(sha256)}`]),
      ...(fingerprint === null ? [] : [`fingerprint: ${yamlText(fingerprint)}`]),
    ]
    const text = entryText(finding.id, [...check, `path: ${yamlText(path)}`, ...content], limit)
    characters += text.length + 1
    // A terminal shows it as it is.
    const isPlain = /^[ -~]+$/.test(path) && isPath(path)
    return isPlain && characters <= MAX_CHARACTERS ? [text] : []
  })
}

/** Noted whatever the policy says: an entry would change nothing. */
function isNotedWithoutEntry({ because }: RuledFinding): boolean {
  return because.some(({ reason }) => reason === 'host-kernel' || reason === 'spared')
}

/** The entries for all of these; one if a vulnerability is reported for several databases of the image. */
export function whitelistEntries(findings: readonly RuledFinding[], limit: SpanLimit): string[] {
  const byPath = findings.filter(({ check, id }) => isAcceptedByPath(check, id))
  const byName = findings.filter((one) => !byPath.includes(one) && whitelistEntry(one, limit) !== null)
  return [
    ...groupsBy(byName, ({ id, package: name }) => `${id}\n${name}`).flatMap(
      (same) => whitelistEntry(mostSevere(same), limit) ?? [],
    ),
    ...byPath.flatMap((finding) => pathEntries(finding, limit)),
  ]
}

/** The entries that would accept an image's noted findings, and those that only entries for their paths accept. */
export function entriesOf(image: ImageVerdict, limit: SpanLimit): string[] {
  const ofPaths = findingsOf(image, 'act').filter(({ check, id }) => isAcceptedByPath(check, id))
  return whitelistEntries([...ofPaths, ...findingsOf(image, 'noted')], limit)
}
