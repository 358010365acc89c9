import { architectureOf, otherDatabase } from '../model/finding/index.js'
import { listText } from '../model/text.js'
import type { PolicyNotice, RuledFinding, Verdict } from '../model/verdict.js'

const MAX_NAMES = 5

/**
 * What a pull request's policies would change, in words. Both verdicts are about the same evidence: `now` under the
 * base's policies, `then` under the changed ones, which count after the merge. Empty if people would notice no
 * difference.
 */
export function policyChange(now: Verdict, then: Verdict): PolicyNotice[] {
  const [before, after] = [blocking(now), blocking(then)]
  const accepted = [...before].filter(([key]) => !after.has(key)).map(([, name]) => name)
  const refused = [...after].filter(([key]) => !before.has(key)).map(([, name]) => name)
  const parts = [
    ...(accepted.length === 0 ? [] : [`would accept more findings (${accepted.length}): ${list(accepted)}`]),
    ...(refused.length === 0
      ? []
      : [`would treat more findings as blocking (${refused.length}): ${list(refused)}`]),
    ...(now.mode === then.mode ? [] : [`would run in ${then.mode} mode, not ${now.mode} mode`]),
    ...(now.verdict === then.verdict
      ? []
      : [`would reach the verdict "${then.verdict}", not "${now.verdict}"`]),
  ]
  if (parts.length === 0) {
    return []
  }
  const text = `with this pull request's policies, the gate ${parts.join('; ')}. These policies apply after the merge`
  return [{ kind: 'proposed', place: null, text }]
}

/**
 * A pull request that ends audit mode is judged in it: its heading says so, because it would otherwise ask for what the
 * pull request does.
 * @param branch the one whose policies hold
 */
export function auditEnd(now: Verdict, then: Verdict, branch = 'the base branch'): PolicyNotice[] {
  const text = `Audit mode, by ${branch}; this pull request ends it after the merge`
  return now.mode === 'audit' && then.mode === 'enforce' ? [{ kind: 'ends-audit', place: null, text }] : []
}

/** What keeps images from being released, by image and subject. */
function blocking({ images }: Verdict): ReadonlyMap<string, string> {
  return new Map(
    images.flatMap((image, index) =>
      image.findings
        .filter(({ blocks }) => blocks)
        .map((finding) => [JSON.stringify([index, ...subjectOf(finding)]), nameOf(finding)] as const),
    ),
  )
}

function subjectOf(finding: RuledFinding) {
  const { check, id, package: name, version } = finding
  return [check, id, name, version, architectureOf(finding), otherDatabase(finding)]
}

function nameOf({ id, package: name }: RuledFinding): string {
  return name === null ? id : `${id} (${name})`
}

function list(names: readonly string[]): string {
  return listText([...new Set(names)], MAX_NAMES)
}
