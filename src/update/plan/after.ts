import type { ImageVerdict, PolicyNotice, RuledFinding, Verdict } from '../../model/index.js'
import type { OmittedPackage } from './outcome.js'
import { type PlannedPackage, planOf } from './plan.js'

/** What the patched image's verdict has that the previous one did not, worst first: nothing may be worse. */
export function worseAfter(before: ImageVerdict, after: ImageVerdict): string[] {
  const answered = (image: ImageVerdict, check: string) =>
    image.checks.find((one) => one.check === check)?.state === 'answered'
  const lost = before.checks
    .filter(({ check }) => answered(before, check) && !answered(after, check))
    .map(({ check }) => `the ${check} check no longer has a result`)
  const known = new Set(before.findings.filter(({ blocks }) => blocks).map(keyOf))
  const added = after.findings
    .filter((finding) => finding.blocks && !known.has(keyOf(finding)))
    .map(({ check, id, package: name }) => `${check} ${id}${name === null ? '' : ` in ${name}`} now blocks`)
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

/** The version is not included: the same finding in another version is the same finding. */
function keyOf({ check, id, package: name }: RuledFinding): string {
  return JSON.stringify([check, id, name])
}

/**
 * Which packages the patched image really has updated: an apt-get that succeeds and does nothing has updated nothing,
 * whatever it says.
 */
export function checkDone(
  packages: readonly PlannedPackage[],
  after: Verdict,
  by: OmittedPackage['by'],
): { readonly done: readonly PlannedPackage[]; readonly notDone: readonly OmittedPackage[] } {
  const nameOf = ({ name, architecture, from }: PlannedPackage) => JSON.stringify([name, architecture, from])
  const still = new Set(planOf(after.images).packages.map(nameOf))
  const message = 'the build succeeded, but the old version is still there'
  const notDone = packages.filter((one) => still.has(nameOf(one)))
  return {
    done: packages.filter((one) => !notDone.includes(one)),
    notDone: notDone.map((one) => ({ package: one, by, message })),
  }
}
