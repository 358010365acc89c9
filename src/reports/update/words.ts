import { becauseText } from '../../model/because/words.js'
import { isApplication } from '../../model/finding/index.js'
import { describe } from '../../model/finding/kinds.js'
import type { RuledFinding } from '../../model/verdict.js'
import type { LeftOut, TestOutcome } from '../../update/plan/outcome.js'

/** Phrases for updates that the terminal and the pull request share. */

export const WHY_LEFT_OUT = {
  build: 'the image cannot be built with this update',
  apt: 'apt cannot install this update together with the others',
  test: 'the test fails with this update',
  hold: 'the package is on hold',
} as const satisfies Record<LeftOut['by'], string>

export function few(items: readonly string[], most = 6): string {
  const rest = items.length - most
  return `${items.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** "passes (exit code 0, 2.1 s)". `esc` is the escape function of the format. */
export function testWords(
  { ok, ended, seconds, attempt }: TestOutcome,
  esc: (text: string) => string,
): string {
  const flaky = ok && attempt > 1 ? `, but only on attempt ${attempt}, so it fails sometimes` : ''
  return `${ok ? 'passes' : 'fails'} (${esc(ended)}, ${seconds.toFixed(1)} s${flaky})`
}

/** Why it stays, and for an application package what a person changes: no Debian update contains it. */
export function leftWords(finding: RuledFinding): string {
  const because = becauseText(finding)
  return isApplication(finding) ? `${because}; ${describe(finding).todo}` : because
}

const MOST_TODOS = 10

/** What a person changes for application packages, each once. */
export function manifestTodos(findings: readonly RuledFinding[]): string[] {
  const all = [
    ...new Set(findings.filter((one) => isApplication(one)).map((finding) => describe(finding).todo)),
  ]
  const left = all.length - MOST_TODOS
  return [...all.slice(0, MOST_TODOS), ...(left > 0 ? [`and ${left} more`] : [])]
}
