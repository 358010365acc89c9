import type { ImageVerdict, PolicyNotice, RuledFinding, Verdict } from '../../model/verdict.js'

/** What the patched image's verdict has that the one before had not, worst first: nothing may be worse. */
export function worseAfter(before: ImageVerdict, after: ImageVerdict): string[] {
  const answered = (image: ImageVerdict, check: string) =>
    image.checks.find((one) => one.check === check)?.state === 'answered'
  const lost = before.checks
    .filter(({ check }) => answered(before, check) && !answered(after, check))
    .map(({ check }) => `${check} gives no answer any more`)
  const known = new Set(before.findings.filter(({ blocks }) => blocks).map(keyOf))
  const added = after.findings
    .filter((finding) => finding.blocks && !known.has(keyOf(finding)))
    .map(
      (finding) =>
        `${finding.check} ${finding.id}${finding.package === null ? '' : ` in ${finding.package}`} blocks now`,
    )
  return [...lost, ...new Set(added)]
}

/** Entries of the whitelist that matched something before and match nothing now, each with its line: to be pruned. */
export function needlessAfter(before: Verdict, after: Verdict): string[] {
  const unused = ({ policyNotices }: Verdict) => policyNotices.filter(({ kind }) => kind === 'unused')
  const known = new Set(unused(before).map(lineOf))
  return unused(after)
    .map(lineOf)
    .filter((line) => !known.has(line))
}

function lineOf({ text, place }: PolicyNotice): string {
  return place === null ? text : `${place.file}:${place.line} ${text}`
}

/** A version is no part of it: another version of the same finding is the same finding. */
function keyOf({ check, id, package: name }: RuledFinding): string {
  return JSON.stringify([check, id, name])
}
