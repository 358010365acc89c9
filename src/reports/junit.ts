import {
  becauseText,
  type CheckResult,
  describe,
  type ImageVerdict,
  type RuledFinding,
  type Verdict,
} from '../model/index.js'
import { escapeHtml } from './escape.js'
import { answerTexts } from './view/checks.js'
import { subjectName } from './view/finding.js'
import { imageName } from './view/platforms.js'
import { statementLines, statementsOf } from './view/statements.js'

/** Numeric references and visible characters only, so what is HTML here is XML too. */
const esc = (text: string) => escapeHtml(text, 2000)

/**
 * JUnit's XML, as GitLab, Jenkins and others read it: a suite for each image, a case for each check and for each
 * finding that blocks; limits are the output of a separate suite.
 */
export function renderJunit(verdict: Verdict): string {
  const limits = statementLines(statementsOf(verdict, 'limits')).map((line) => `${esc(line)}\n`)
  const suites = verdict.images.map(suiteOf)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seaworthy: ${verdict.verdict}">
${suites.join('\n')}
<testsuite name="limits" tests="0" failures="0" errors="0"><system-out>${limits.join('')}</system-out></testsuite>
</testsuites>
`
}

function suiteOf(image: ImageVerdict): string {
  const blocking = image.findings.filter(({ blocks }) => blocks)
  const errors = image.checks.filter(({ problem }) => problem !== null)
  const cases = [...image.checks.map(checkCase), ...blocking.map(findingCase)]
  return `<testsuite name="${esc(imageName(image))}" tests="${cases.length}" failures="${blocking.length}" errors="${errors.length}">
${cases.join('\n')}
</testsuite>`
}

function checkCase({ check, problem, tookMs, ...answer }: CheckResult): string {
  const head = `<testcase classname="seaworthy" name="${check}" time="${(tookMs / 1000).toFixed(3)}">`
  return problem === null
    ? `${head}<system-out>${esc(answerTexts(answer).join('; '))}</system-out></testcase>`
    : `${head}<error message="${esc(problem.what)}">${esc(problem.todo)}</error></testcase>`
}

function findingCase(finding: RuledFinding): string {
  const { check, id } = finding
  const name = `${id} in ${subjectName(finding)}`
  return `<testcase classname="seaworthy.${check}" name="${esc(name)}"><failure message="${esc(becauseText(finding))}">${esc(describe(finding).todo)}</failure></testcase>`
}
