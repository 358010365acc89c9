import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import { MAX_PER_LEVEL, renderAnnotations } from '../../../../src/reports/github/annotations.js'
import {
  aBinary,
  aCheckResult,
  anImageVerdict,
  aPlace,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aVerdict,
  type RuledPart,
} from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { parseWorkflowCommand } from '../../../support/workflow-command.js'

const annotationsOf = (verdict: Parameters<typeof renderAnnotations>[0]) =>
  renderAnnotations(verdict).map((line) => parseWorkflowCommand(line))

const bench = (id: string, because: string, own: RuledPart) =>
  aRuledFinding({
    check: 'docker-bench',
    id,
    package: null,
    version: null,
    fixedVersion: null,
    severity: 'unknown',
    because,
    ...own,
  })

test('when findings block then there is one error for each task, in the order of the tasks', () => {
  const apt = [aBinary({ name: 'apt' })]
  const findings = [
    aRuledFinding({ severity: 'medium', kev: true, package: 'bash', binaries: [aBinary({ name: 'bash' })] }),
    aRuledFinding({ id: 'CVE-2026-2', binaries: apt }),
    aRuledFinding({ id: 'CVE-2026-3', severity: 'critical', binaries: apt }),
    aRuledFinding({ id: 'CVE-2026-5', package: 'tar', ruling: 'noted', blocks: false }),
    bench('4.1', 'WARN, and PASS is expected', {
      ours: { title: 'Not root', advice: 'Name a user.' },
      why: 'No user is set.',
    }),
  ]
  const image = anImageVerdict({ findings })
  const all = renderAnnotations(aVerdict({ images: [image] }))
  expect(all).toEqual([
    '::error title=app%3A1.4.0%3A Update 2 packages::fixes 3 CVEs: 1 critical, 1 high, 1 medium (CVE-2026-10001 in KEV)%0Aapt 2.6.1 → the newest version that apt offers: CVE-2026-2, CVE-2026-3%0Abash 2.6.1 → the newest version that apt offers: CVE-2026-10001',
    '::error title=app%3A1.4.0%3A Name a user::docker-bench 4.1: WARN, and PASS is expected. No user is set.',
  ])
  expect(all).toHaveLength(imageTasks(image).length)
})

test('when a task settles much then five of it are named and the rest is counted', () => {
  const findings = Array.from({ length: 8 }, (_, index) =>
    aRuledFinding({ package: `p${index}`, binaries: [aBinary({ name: `p${index}` })] }),
  )
  const [one] = annotationsOf(aVerdict({ images: [anImageVerdict({ findings })] }))
  expect(one?.data.split('\n').slice(1)).toEqual([
    ...[0, 1, 2, 3, 4].map((index) => `p${index} 2.6.1 → the newest version that apt offers: CVE-2026-10001`),
    'and 3 more',
  ])
})

test('when all findings of a task are of one line then its annotation is there, and else nowhere', () => {
  const policy = aPlace()
  const line = (...findings: ReturnType<typeof aRuledFinding>[]) =>
    annotationsOf(aVerdict({ images: [anImageVerdict({ findings })] }))[0]?.properties.line
  expect(line(aRuledFinding({ policy }))).toBe('21')
  expect(line(aRuledFinding({ policy }), aRuledFinding({ id: 'CVE-2026-2' }))).toBeUndefined()
})

test('when several checks of Docker Bench could not look for one reason then that is one error, as it is one task', () => {
  const lacking = (id: string) => bench(id, 'not examined: no history', { state: 'not-evaluated' })
  const image = anImageVerdict({ findings: [lacking('4.7'), lacking('4.9')] })
  expect(renderAnnotations(aVerdict({ images: [image] }))).toEqual([
    '::error title=app%3A1.4.0%3A Build the image with a history (docker build%2C without docker import or --squash)%2C or list 4.9 and 4.7 under not_applica…::docker-bench 4.9, 4.7: not examined: no history.%0A4.9: not examined: no history%0A4.7: not examined: no history',
  ])
})

test('when a check has no answer then that comes before any package', () => {
  const image = anImageVerdict({
    checks: [aCheckResult({ state: 'unanswered', problem: aProblem() })],
  })
  expect(annotationsOf(aVerdict({ images: [image] })).map((one) => one?.properties.title)).toEqual([
    'app:1.4.0 could not be judged',
    'app:1.4.0: Update 2 packages',
  ])
})

test('when policies have notices with a place then they are warnings there; the default is none', () => {
  const policyNotices = [aPolicyNotice(), aPolicyNotice({ kind: 'default', place: null })]
  const image = anImageVerdict({ verdict: 'pass', findings: [] })
  expect(renderAnnotations(aVerdict({ images: [image], policyNotices }))).toEqual([
    '::warning file=policies/whitelist.yml,line=21,title=Whitelist::CVE-2022-0563 (util-linux) expired on 2026-10-01',
  ])
})

test('when there are more than GitHub shows then the first are kept and the rest is counted', () => {
  const images = Array.from({ length: 13 }, (_, index) => anImageVerdict({ reference: `app:${index}` }))
  const policyNotices = Array.from({ length: 11 }, (_, index) =>
    aPolicyNotice({ place: aPlace({ line: index + 1 }) }),
  )
  const all = annotationsOf(aVerdict({ images, policyNotices }))
  const count = (name: string) => all.filter((one) => one?.name === name).length
  expect([count('error'), count('warning'), count('notice')]).toEqual([MAX_PER_LEVEL, MAX_PER_LEVEL, 1])
  expect(all[0]?.properties.title).toBe('app:0: Update 2 packages')
  expect(all.at(-1)?.data).toBe('4 more errors and 2 more warnings in the summary')
})

test('when names are hostile then each line is still one command with the same properties', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const finding = aRuledFinding({ id: text, package: text, version: text, because: text })
      const image = anImageVerdict({
        reference: text,
        findings: [{ ...finding, policy: { file: `x${text}x`, line: 3 } }],
        checks: [aCheckResult({ state: 'unanswered', problem: aProblem({ what: text, todo: text }) })],
      })
      const place = { file: `x${text}x`, line: 4 }
      const lines = renderAnnotations(
        aVerdict({ images: [image], policyNotices: [aPolicyNotice({ text, place })] }),
      )
      expect(lines.join('')).not.toMatch(/[\r\n]/)
      const shown = lines.map((line) => parseWorkflowCommand(line))
      expect(shown.map((one) => [one?.name, ...Object.keys(one?.properties ?? {})])).toEqual([
        ['error', 'title'],
        ['error', 'file', 'line', 'title'],
        ['warning', 'file', 'line', 'title'],
      ])
      expect(shown.map((one) => one?.properties.line)).toEqual([undefined, '3', '4'])
    }),
  )
})
