import { CHECK_IDS, type ImageVerdict, type RegressionTest, type Verdict } from '../../model/index.js'

/** Limit for images; the rest is in report.json. */
const MAX_LINES = 10

/** "not run", "passed (command, exit 0 after 12.3 s)". Contains text from outside. */
function testText({ state, by, ended, seconds }: RegressionTest): string {
  const label = { passed: 'passed', failed: 'failed', 'no-answer': 'no answer', 'not-run': 'not run' }[state]
  return ended === null || seconds === null
    ? label
    : `${label} (${by ?? 'test'}, ${ended} after ${seconds} s)`
}

/** "regression test: not run". */
export function regressionTestFact({ regressionTest }: Pick<ImageVerdict, 'regressionTest'>): string {
  return `regression test: ${testText(regressionTest)}`
}

/** That a major release would not pass like this; `null` if it would. */
export function regressionTestLimit({ regressionTest }: Pick<ImageVerdict, 'regressionTest'>): string | null {
  return regressionTest.majorNeedsOne === true ? 'a major release would need a regression test' : null
}

/** The checks that would decide some ids of Docker Bench and did not run; `null` if there are none. */
export function notRunFact({ checks }: Pick<ImageVerdict, 'checks'>): string | null {
  const rows = checks.flatMap(({ bench }) => bench?.rows ?? [])
  const missingTests = rows.flatMap(({ id, because }) =>
    because.flatMap((one) => (one.reason === 'check-not-run' ? [{ id, check: one.check }] : [])),
  )
  const names = CHECK_IDS.filter((check) => missingTests.some((one) => one.check === check))
  const ids = missingTests.map(({ id }) => id).join(', ')
  return names.length === 0 ? null : `checks not run: ${names.join(', ')} (Docker Bench ${ids} not judged)`
}

/** What `regressionTestFact`, `regressionTestLimit` and `notRunFact` say, in one text. */
export function runFact(image: Pick<ImageVerdict, 'regressionTest' | 'checks'>): string {
  const facts = [regressionTestFact(image), regressionTestLimit(image), notRunFact(image)]
  return facts.filter((fact) => fact !== null).join('; ')
}

/** What `runFact` says over all images: a line for each, or one if none was tested. */
export function regressionTestLines({ images }: Verdict): string[] {
  const facts = images.map(runFact)
  const [first = ''] = facts
  if (facts.every((fact) => fact === first)) {
    return [first]
  }
  const lines = images.map((image, index) => `${facts[index]} (${image.reference})`)
  return lines.length <= MAX_LINES
    ? lines
    : [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more images`]
}
