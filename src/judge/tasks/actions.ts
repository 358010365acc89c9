import { becauseText, debianSays } from '../../model/because/words.js'
import type { BenchFinding } from '../../model/finding/bench.js'
import { isBench, otherDatabase } from '../../model/finding/index.js'
import { describe } from '../../model/finding/kinds.js'
import type { Action } from '../../model/task.js'
import type { CheckResult, ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { placeOf } from '../locations/lines.js'
import { installableFix } from '../rulings.js'
import { nestedUpdate, updateAction } from './update-action.js'

/** What has to be done for one image, as few things as possible: answers first, then the update, then the rest. */
export function thingsToDo(image: ImageVerdict): Action[] {
  const blocking = image.findings.filter((finding) => finding.blocks)
  const updates = blocking.filter((finding) => finding.package !== null && installableFix(finding) !== null)
  const others = blocking.filter((finding) => !updates.includes(finding))
  const byDatabase = Map.groupBy(updates, otherDatabase)
  const update = [...byDatabase].map(([database, findings]) =>
    database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings),
  )
  const unseen = Map.groupBy(others.filter(isUnseen), becauseText)
  const rest = others.flatMap((finding) => {
    if (!isUnseen(finding)) return [decide(finding)]
    const group = unseen.get(becauseText(finding)) ?? []
    return group[0] === finding ? [look(group)] : []
  })
  return [...answers(image.checks), ...update, ...rest]
}

/** Docker Bench could not look: its advice is about what it would have found. */
function isUnseen(finding: RuledFinding): boolean {
  return isBench(finding) && finding.state === 'not-evaluated'
}

/** Docker Bench's checks that could not look for one and the same reason are one thing to do. */
function look(findings: readonly RuledFinding[]): Action {
  const [first] = findings
  const ids = findings.map(({ id }) => id)
  const all = ids.length === 1 ? ids.join() : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`
  return {
    ...decide(first as RuledFinding),
    title: `Let Docker Bench look at ${all}, or name what is left out under not_applicable`,
    why: `docker-bench ${ids.join(', ')}: ${first === undefined ? '' : becauseText(first).replace(/\.$/, '')}.`,
    findings,
  }
}

/** Checks that failed for one and the same reason (the image could not be opened) are one thing to do. */
function answers(checks: readonly CheckResult[]): Action[] {
  const byProblem = new Map<string, CheckResult[]>()
  for (const check of checks) {
    if (check.problem === null) continue
    const key = JSON.stringify(check.problem)
    byProblem.set(key, [...(byProblem.get(key) ?? []), check])
  }
  return [...byProblem.values()].flatMap((group): Action[] => {
    const problem = group[0]?.problem
    if (problem === null || problem === undefined) return []
    const checks = group.map(({ check }) => check)
    return [
      {
        kind: 'answer',
        title: `Get an answer: ${problem.todo}`,
        why: `${checks.join(', ')}: ${problem.what} (${problem.where})`,
        command: null,
        dockerfile: null,
        where: null,
        checks,
        packages: [],
        findings: [],
      },
    ]
  })
}

function decide(finding: RuledFinding): Action {
  return {
    kind: 'decide',
    title: describe(finding).todo,
    why: whyOf(finding),
    command: null,
    dockerfile: isBench(finding) ? benchLines(finding) : null,
    where: placeOf(finding),
    checks: [finding.check],
    packages: [],
    findings: [finding],
  }
}

function whyOf(finding: RuledFinding): string {
  const { id, because, debian } = finding
  const text = becauseText(finding)
  if (!isBench(finding)) return debian === null ? text : `${text}; ${debianSays(debian)}`
  // What was seen is told once, and some reasons tell it.
  const isTold = finding.why === '' || because.some((one) => 'why' in one && one.why === finding.why)
  return `docker-bench ${id}: ${text.replace(/\.$/, '')}.${isTold ? '' : ` ${finding.why}`}`
}

/**
 * Lines for a Dockerfile, as an example of what settles a result of Docker Bench; `null` where no example would fit
 * most images. They hold nothing from outside but paths of plain characters.
 */
export function benchLines({ id, held }: Pick<BenchFinding, 'id' | 'held'>): string | null {
  // Anything else is settled in the dictionary, or by looking.
  if (held?.outcome !== 'worse') return null
  if (id === '4.8') return setuidLines(held.unexpected)
  return EXAMPLES[id] ?? null
}

const EXAMPLES: Readonly<Record<string, string>> = {
  '4.1': `# below all that needs root; in an image without a shell the USER line alone
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent \\
      --shell /usr/sbin/nologin app
USER 10001`,
  '4.6': `# the command is yours to write: one that fails when the service does
HEALTHCHECK --interval=30s --timeout=5s CMD ["/usr/local/bin/healthcheck"]`,
  '4.7': `# in the place of the RUN that only updates; ca-certificates stands for what you install
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates \\
 && rm -rf /var/lib/apt/lists/*`,
}

/** Those that have capabilities (`/usr/bin/x cap_net_raw`), or an odd name, are left to people. */
function setuidLines(items: readonly string[]): string | null {
  const paths = items.filter((item) => /^(?:\/[A-Za-z0-9_+@][\w.+@-]*)+$/.test(item))
  if (paths.length === 0) return null
  const left = items.length - paths.length
  const more = left === 0 ? '' : `; ${left} more ${left === 1 ? 'is' : 'are'} left to you`
  return `# above the USER line, below what installs them${more}\nRUN chmod a-s ${paths.join(' \\\n      ')}`
}
