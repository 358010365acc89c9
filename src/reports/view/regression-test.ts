import type { RegressionTest } from '../../model/regression-test.js'
import type { ImageVerdict, Verdict } from '../../model/verdict.js'

/** Limit for images; the rest is in report.json. */
const MOST_LINES = 10

/** "not run", "passed (command, exit 0 after 12.3 s)". Contains text from outside. */
function testWords({ state, by, ended, seconds }: RegressionTest): string {
  const word = { passed: 'passed', failed: 'failed', 'no-answer': 'no answer', 'not-run': 'not run' }[state]
  return ended === null || seconds === null ? word : `${word} (${by ?? 'test'}, ${ended} after ${seconds} s)`
}

/** "regression test: not run", for the head of every report. */
export function regressionTestFact({ regressionTest }: Pick<ImageVerdict, 'regressionTest'>): string {
  return `regression test: ${testWords(regressionTest)}`
}

/** The same over all images: a line for each, or one if none was tested. */
export function regressionTestLines({ images }: Verdict): string[] {
  const facts = images.map(regressionTestFact)
  const [first = ''] = facts
  if (facts.every((fact) => fact === first)) {
    return [first]
  }
  const lines = images.map((image, index) => `${facts[index]} (${image.reference})`)
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more images`]
}
