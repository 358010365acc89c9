import { architectureOf, listText, otherDatabase, type PolicyNotice, type Verdict } from '../model/index.js'

const MAX_NAMES = 5

/**
 * Sentences about what a pull request's policies would change. Both verdicts are about the same evidence: `current`
 * under the base branch's policies, `changed` under the changed ones, which count after the merge. Empty if no report
 * would differ.
 */
export function policyChange(current: Verdict, changed: Verdict): PolicyNotice[] {
  const [before, after] = [blockingSubjects(current), blockingSubjects(changed)]
  const parts = [
    ...moreText('would accept more findings', before, after),
    ...moreText('would treat more findings as blocking', after, before),
    ...(current.mode === changed.mode ? [] : [`would run in ${changed.mode} mode, not ${current.mode} mode`]),
    ...(current.verdict === changed.verdict
      ? []
      : [`would reach the verdict "${changed.verdict}", not "${current.verdict}"`]),
  ]
  if (parts.length === 0) {
    return []
  }
  const text = `with this pull request's policies, the gate ${parts.join('; ')}. These policies apply after the merge`
  return [{ kind: 'proposed', place: null, text }]
}

/**
 * A notice for a pull request that ends audit mode: audit mode still applies to it, and without the notice the report
 * would ask the user to end audit mode.
 * @param branch the one whose policies hold
 */
export function auditEnd(current: Verdict, changed: Verdict, branch = 'the base branch'): PolicyNotice[] {
  const text = `Audit mode, by ${branch}; this pull request ends it after the merge`
  return current.mode === 'audit' && changed.mode === 'enforce'
    ? [{ kind: 'ends-audit', place: null, text }]
    : []
}

/** The subjects that keep images from being released: a key of image and subject -> the subject's name. */
function blockingSubjects({ images }: Verdict): ReadonlyMap<string, string> {
  return new Map(
    images.flatMap((image, index) =>
      image.findings
        .filter(({ blocks }) => blocks)
        .map((finding) => {
          const { check, id, package: name, version } = finding
          const key = [index, check, id, name, version, architectureOf(finding), otherDatabase(finding)]
          return [JSON.stringify(key), name === null ? id : `${id} (${name})`] as const
        }),
    ),
  )
}

/** What is in `all`, but not in `others`, with its number. */
function moreText(title: string, all: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) {
  const names = [...all].filter(([key]) => !others.has(key)).map(([, name]) => name)
  return names.length === 0 ? [] : [`${title} (${names.length}): ${listText([...new Set(names)], MAX_NAMES)}`]
}
