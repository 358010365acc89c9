import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { CHECK_IDS, type CheckId } from '../../../src/model/checks.js'
import { benchFinding } from '../../../src/model/finding/bench.js'
import { evidenceOf } from '../../../src/policy/dictionary/compare.js'
import { entryFor, expectedIds } from '../../../src/policy/dictionary/match.js'
import { renderHtml } from '../../../src/reports/html/page.js'
import { renderTerminal } from '../../../src/reports/terminal/terminal.js'
import { runFact } from '../../../src/reports/view/regression-test.js'
import { aResult, engineResult } from '../../support/bench.js'
import { aJudgedInput, anAnswer, anEvidence, aPolicy, TODAY } from '../../support/builders.js'

/** Docker Bench finds all as the built-in dictionary expects it; the other checks answer, where they are asked. */
function judged(...checks: readonly CheckId[]) {
  const policy = aPolicy([], { checks })
  const { dictionary } = policy
  const ran = { ran: true, source: 'commit 1', tree: null } as const
  const findings = expectedIds(dictionary, 'app:1').flatMap((id) => {
    const { entry } = entryFor(dictionary, id, 'app:1', TODAY)
    const evidence = entry?.evidence ?? null
    return entry === null
      ? []
      : [
          benchFinding(
            aResult(id, {
              ...{ builtin: engineResult(entry.expect[0] ?? null), dbs: null },
              evidence: evidence === null || evidenceOf(CHECK_IDS).has(evidence) ? [] : [evidence],
            }),
          ),
        ]
  })
  const answers = checks.map((check) => ({
    evidence: anEvidence({ check }),
    answer: check === 'docker-bench' ? anAnswer(findings, check, { bench: ran }) : anAnswer([], check),
  }))
  return judge([aJudgedInput([], { reference: 'app:1', answers })], policy, TODAY)
}

describe('when Docker Bench is asked alone', () => {
  const verdict = judged('docker-bench')
  const [image] = verdict.images

  test('then it can pass, and what others decide is not judged', () => {
    expect([verdict.verdict, image?.findings]).toEqual(['pass', []])
    const rows = image?.checks[0]?.bench?.rows ?? []
    expect(rows.filter(({ because }) => because[0]?.reason === 'check-not-run').map(({ id }) => id)).toEqual([
      '4.2',
      '4.4',
    ])
  })

  test('then every report says which checks did not run, uncut, however wide it is', () => {
    const output = 'checks not run: security-updates, clair (Docker Bench 4.2, 4.4 not judged)'
    expect(renderHtml(verdict, { name: 'seaworthy', version: '1' })).toContain(output)
    for (const width of [40, 80, 100, 160]) {
      const text = renderTerminal(verdict, { width, colour: false, verbose: false })
      expect(text.replaceAll(/\s+/g, ' ')).toContain(output)
    }
  })

  test('then a part of the others is named too, and nothing if all run', () => {
    const facts = (...checks: readonly CheckId[]) =>
      judged('docker-bench', ...checks).images.map((one) => runFact(one))
    expect(facts('clair')).toEqual([
      'regression test: not run; checks not run: security-updates (Docker Bench 4.2 not judged)',
    ])
    expect(facts(...CHECK_IDS.filter((one) => ['clair', 'security-updates'].includes(one)))).toEqual([
      'regression test: not run',
    ])
  })
})
