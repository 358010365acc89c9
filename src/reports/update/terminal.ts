import { vendorCommand } from '../../judge/tasks/vendor-command.js'
import {
  becauseText,
  describe,
  firstOf,
  isApplication,
  isObstacle,
  listText,
  plural,
  type RuledFinding,
} from '../../model/index.js'
import { errorLines } from '../../update/plan/apt-output.js'
import type { OmittedPackage, TestOutcome, UpdateOutcome, UpdateResult } from '../../update/plan/outcome.js'
import { renderDiff } from '../diff.js'
import { escapeTerminal } from '../escape.js'

const MAX_LISTED = 6

/** Phrases for updates that the terminal and the pull request share. */

export const WHY_LEFT_OUT = {
  build: 'the image cannot be built with this update',
  apt: 'apt cannot install this update together with the others',
  test: 'the test fails with this update',
  hold: 'the package is on hold',
} as const satisfies Record<OmittedPackage['by'], string>

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** "passes (exit code 0, 2.1 s)". `esc` is the escape function of the format. */
export function testText(
  { ok, ended, seconds, attempt, isImageUnused }: TestOutcome,
  esc: (text: string) => string,
): string {
  const flaky = ok && attempt > 1 ? `, but only on attempt ${attempt}, so it fails sometimes` : ''
  const unused = isImageUnused ? ', but it may not test this image' : ''
  return `${ok ? 'passes' : 'fails'} (${esc(ended)}, ${seconds.toFixed(1)} s${flaky}${unused})`
}

/** Why a finding stays, and for an application package what a person changes: no Debian update contains it. */
export function findingText(finding: RuledFinding): string {
  const because = becauseText(finding)
  return isApplication(finding) ? `${because}; ${todoOf(finding)}` : because
}

const MAX_TASKS = 10

/**
 * What a person changes, with the vendor's command: an update installs nothing from a repository that only the image
 * names.
 */
function todoOf(finding: RuledFinding): string {
  const { todo } = describe(finding)
  const vendor = isApplication(finding) && finding.fixedVersion !== null ? finding.vendor : undefined
  const command = vendor === undefined ? null : vendorCommand(vendor)
  return command === null ? todo : `${todo}: ${command}`
}

/** What a person changes for application packages, programs and vendors' packages, each once. */
function manifestTasks(findings: readonly RuledFinding[]): string[] {
  const isManual = (one: RuledFinding) =>
    isApplication(one) ||
    isObstacle(one, 'program-end-of-life') ||
    (isObstacle(one, 'no-security-support') && one.details.vendor !== null)
  return firstOf([...new Set(findings.filter(isManual).map(todoOf))], MAX_TASKS)
}

const TITLES = {
  'nothing-to-do': 'Nothing to update',
  rebuild: "Rebuild the image without changes; it passes on today's base",
  updated: 'Updated, and the image still works',
  'partly-updated': 'Partly updated, and the image still works',
  'broken-before': 'Not updated: the test fails on the unchanged image',
  breaks: 'Not updated: no package can be updated without breaking the application',
  worse: 'Not updated: the patched image is worse',
} as const satisfies Record<UpdateResult, string>

/** The result of an update for a terminal: the outcome in a line, then what was done, then what was not. */
export function renderUpdate(update: UpdateOutcome): string {
  const esc = escapeTerminal
  const { packages, leftOut, along, patched, worse, others, needless } = update
  const lines = [titleOf(update)]
  for (const { name, from, to, fixes } of packages) {
    lines.push(
      `  ${esc(name)} ${esc(from)} → ${esc(to ?? 'the newest version that apt offers')}  ${esc(listText(fixes, MAX_LISTED))}`,
    )
  }
  if (along.length > 0) {
    lines.push(
      `also installed by apt: ${esc(
        listText(
          along.map(({ name, to }) => `${name}=${to}`),
          MAX_LISTED,
        ),
      )}`,
    )
  }
  for (const [index, { package: one, by, message }] of leftOut.entries()) {
    lines.push(`left out: ${esc(one.name)}=${esc(one.to ?? '?')}: ${WHY_LEFT_OUT[by]}`)
    // A failing build reports the same for all of them.
    if (leftOut[index + 1]?.message !== message) {
      lines.push(...indented(errorLines(message).split('\n')))
    }
  }
  lines.push(...worse.map((one) => `worse: ${esc(one)}`))
  lines.push(...tests(update))
  if (update.after !== null) {
    lines.push(`verdict: ${update.before} before, ${update.after} after`)
  }
  if (update.dockerfile !== null) {
    const { file, before, after } = update.dockerfile
    lines.push(`${esc(file)} itself was not changed; to keep the update, apply this change:`)
    lines.push(...renderDiff(file, before, after, false).trimEnd().split('\n'))
  }
  if (patched !== null && patched.name !== null) {
    lines.push(`patched image: ${esc(patched.name)} (${mebibytes(patched.grewBytes)} larger)`)
  }
  if (patched !== null && patched.pushed !== null) {
    lines.push(`pushed: ${esc(patched.pushed)}`)
  }
  if (others.length > 0) {
    const names = others.map(({ id, package: name }) => (name === null ? id : `${id} in ${name}`))
    lines.push(
      `${plural(others.length, 'finding')} that no update resolves: ${esc(listText(names, MAX_LISTED))}`,
    )
    lines.push(...manifestTasks(others).map((todo) => `  ${esc(todo)}`))
  }
  lines.push(...needless.map((one) => `no longer needed in the whitelist: ${esc(one)}`))
  return `${lines.join('\n')}\n`
}

/** Other findings than packages may keep a rebuilt image from release. */
const REBUILT = "Rebuild the image without changes; today's base has the updates"

const ON_HOLD = 'Not updated: every package that has an update is on hold in the image'

function titleOf({ outcome, packages, leftOut, after }: UpdateOutcome): string {
  if (outcome === 'breaks' && leftOut.every(({ by }) => by === 'hold')) {
    return ON_HOLD
  }
  const title = outcome === 'rebuild' && after !== 'pass' ? REBUILT : TITLES[outcome]
  return packages.length === 0 ? title : `${title}: ${plural(packages.length, 'package')}`
}

function tests({ test, testBefore, testAfter, outcome }: UpdateOutcome): string[] {
  if (outcome === 'nothing-to-do') {
    return []
  }
  const line = (when: string, result: TestOutcome | null) =>
    result === null
      ? []
      : [
          `${test} ${when}: ${testText(result, (text) => escapeTerminal(text))}`,
          ...(result.ok || result.output === '' ? [] : indented(result.output.split('\n').slice(-10))),
        ]
  const tasksText =
    outcome === 'broken-before'
      ? ['to do: make the test pass on the unchanged image, or pass another --test']
      : []
  return [...line('before', testBefore), ...line('after', testAfter), ...tasksText]
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${escapeTerminal(line)}`)
}
