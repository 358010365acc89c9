import { describe, expect, test } from '@jest/globals'
import { decideFor } from '../../../src/gate/decide.js'
import { judge } from '../../../src/judge/judge.js'
import { policyChange } from '../../../src/judge/policy-change.js'
import { TOOL } from '../../../src/model/tool.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import { renderComment } from '../../../src/reports/comment/comment.js'
import { jobOf } from '../../../src/reports/comment/job-of.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../src/reports/json/untrusted.js'
import { renderMarkdown } from '../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../src/reports/terminal/terminal.js'
import {
  aFinding,
  aJudgedInput,
  anImage,
  anImageVerdict,
  aPolicy,
  aRuledFinding,
  aVerdict,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

const findings = ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003'].map((id) => aFinding({ id }))
const input = aJudgedInput(findings)
const entries = (...ids: string[]) =>
  ids.map((id) => aWhitelistEntry({ id, package: 'apt', maxSeverity: 'critical' }))
const judged = (policy: ReturnType<typeof aPolicy>) => judge([input], policy, TODAY)
const RULED = aRuledFinding({ id: 'CVE-1' })
const UPDATE = aRuledFinding({ check: 'security-updates', id: 'security-update' })
const clair = { checks: ['clair'] } as const

describe('when a pull request changes the policies', () => {
  test('and accepts more, then it is reported how many, which, and what the verdict would be', () => {
    const change = policyChange(
      judged(aPolicy([], clair)),
      judged(aPolicy(entries(...findings.map(({ id }) => id)), clair)),
    )
    expect(change).toEqual([{ kind: 'proposed', place: null, text: expect.any(String) }])
    expect(change[0]?.text).toContain(
      'would accept more findings (3): CVE-2026-0001 (apt), CVE-2026-0002 (apt), CVE-2026-0003 (apt)',
    )
    expect(change[0]?.text).toContain('would reach the verdict "pass", not "fail"')
    expect(change[0]?.text).toContain('These policies apply after the merge')
  })

  test.each([
    [5, 'CVE-1 (apt), CVE-2 (apt), CVE-3 (apt), CVE-4 (apt), CVE-5 (apt);'],
    [6, 'CVE-1 (apt), CVE-2 (apt), CVE-3 (apt), CVE-4 (apt), CVE-5 (apt) and 1 more;'],
  ])('and accepts %i more, then at most five are named', (count, named) => {
    const ids = Array.from({ length: count }, (_, at) => `CVE-${at + 1}`)
    const inputs = [aJudgedInput(ids.map((id) => aFinding({ id })))]
    const [change] = policyChange(
      judge(inputs, aPolicy([], clair), TODAY),
      judge(inputs, aPolicy(entries(...ids), clair), TODAY),
    )
    expect(change?.text).toContain(`would accept more findings (${count}): ${named}`)
  })

  test('and accepts less, then that is reported too', () => {
    const change = policyChange(judged(aPolicy(entries('CVE-2026-0001'), clair)), judged(aPolicy([], clair)))
    expect(change[0]?.text).toContain('would treat more findings as blocking (1): CVE-2026-0001 (apt)')
    expect(change[0]?.text).not.toContain('verdict')
  })

  test('and nothing but the mode changes, then the whole of what is said is that', () => {
    expect(
      policyChange(judged(aPolicy([], clair)), judged(aPolicy([], { ...clair, mode: 'audit' }))),
    ).toEqual([
      {
        ...{ kind: 'proposed', place: null },
        text: "with this pull request's policies, the gate would run in audit mode, not enforce mode. These policies apply after the merge",
      },
    ])
  })

  test('and accepts one of two findings that differ in their version or image alone, then that one is named', () => {
    const of = (...all: ReturnType<typeof aFinding>[]) => all.map((one) => aJudgedInput([one]))
    const verdict = (inputs: ReturnType<typeof of>, images: string[] | null) => {
      const entry = aWhitelistEntry({ id: 'CVE-1', package: 'apt', maxSeverity: 'critical', images })
      return judge(inputs, aPolicy(images === null ? [] : [entry], clair), TODAY)
    }
    const [one, two] = of(aFinding({ id: 'CVE-1' }), aFinding({ id: 'CVE-1' }))
    if (one === undefined || two === undefined) {
      throw new Error('there are two')
    }
    const inputs = [one, { ...two, reference: 'other:1' }]
    expect(policyChange(verdict(inputs, null), verdict(inputs, ['other:1']))).toEqual([
      {
        ...{ kind: 'proposed', place: null },
        text: "with this pull request's policies, the gate would accept more findings (1): CVE-1 (apt). These policies apply after the merge",
      },
    ])
  })

  test.each<[string, RuledFinding, RuledFinding]>([
    ['check', RULED, { ...RULED, check: 'credentials' } as unknown as RuledFinding],
    ['id', RULED, { ...RULED, id: 'CVE-2' }],
    ['package', RULED, { ...RULED, package: 'tar' }],
    ['version', RULED, { ...RULED, version: '2.6.0' }],
    ['database', RULED, { ...RULED, packageDb: 'opt/x/var/lib/dpkg/status' }],
    ['architecture', UPDATE, { ...UPDATE, architecture: 'i386' } as RuledFinding],
  ])('and accepts one of two findings that differ in their %s alone, then it is one', (_, one, other) => {
    const verdict = (...findings: RuledFinding[]) => aVerdict({ images: [anImageVerdict({ findings })] })
    const [change] = policyChange(verdict(one, other), verdict(other))
    expect(change?.text).toContain('would accept more findings (1): ')
    const [back] = policyChange(verdict(other), verdict(one, other))
    expect(back?.text).toContain('would treat more findings as blocking (1): ')
  })

  test('and nothing comes of it, then nothing is said', () => {
    expect(policyChange(judged(aPolicy([], clair)), judged(aPolicy(entries('CVE-2020-1'), clair)))).toEqual(
      [],
    )
  })
})

describe('when it is decided with a proposed policy', () => {
  const modes = (mode: 'audit' | 'enforce', proposed: 'audit' | 'enforce') => {
    const base = { kind: 'base', place: null, text: 'policies from main_2 at 1', branch: 'main_2' } as const
    const deciding = {
      policy: aPolicy([], { ...clair, mode }),
      proposed: aPolicy([], { ...clair, mode: proposed }),
      ...{ notices: [base], today: TODAY },
    }
    const subject = { reference: 'app:1', image: anImage(), problem: null, evidence: [], dockerfiles: [] }
    return decideFor(deciding, [{ ...subject, platform: null, others: null }])
  }

  test('and only that ends audit mode, then each heading says so, and that it counts after the merge', () => {
    const verdict = modes('audit', 'enforce')
    const ends = 'Audit mode, by main_2; this pull request ends it after the merge'
    const until = 'Until then, the verdict "incomplete" does not fail the run (exit code 0)'
    const run = { key: '0'.repeat(16), family: '0'.repeat(16), run: 1, attempt: 1, head: 'a'.repeat(40) }
    const job = jobOf(verdict, { ...run, url: 'https://a.b/c', change: null })
    expect(renderTerminal(verdict, { colour: false, width: 200 }).split('\n')[0]).toBe(`${ends}. ${until}`)
    for (const text of [renderMarkdown(verdict, { limit: 65_536 }), renderComment([job], 'gate')]) {
      // The branch's name is text from outside.
      expect(text).toContain(`${ends.replace('_', '&#95;')}. ${until}.\n`)
      expect(text).not.toContain('to enforce it')
    }
    const passed = { ...verdict, verdict: 'pass' } as const
    expect(renderTerminal(passed, { colour: false, width: 200 }).split('\n')[0]).toBe(ends)
    const reread = readUntrustedReport(renderJson(verdict, TOOL), 'report.json')
    expect(renderTerminal(reread, { colour: false, width: 200 }).split('\n')[0]).toBe(`${ends}. ${until}`)
  })

  test.each([
    ['audit', 'audit'],
    ['enforce', 'audit'],
    ['enforce', 'enforce'],
  ] as const)(
    'and the mode is %s and would be %s, then no heading says that audit mode ends',
    (now, then) => {
      const { policyNotices } = modes(now, then)
      expect(policyNotices.filter(({ kind }) => kind === 'ends-audit')).toEqual([])
    },
  )

  test('then the held one decides, whatever the other would do', () => {
    const collected = [
      {
        reference: 'app:1',
        image: anImage(),
        problem: null,
        evidence: [],
        dockerfiles: [],
        platform: null,
        others: null,
      },
    ]
    const notice = { kind: 'laxer', place: null, text: 'so' } as const
    const verdict = decideFor(
      {
        policy: aPolicy([], clair),
        proposed: aPolicy([], { checks: ['docker-bench'] }),
        notices: [notice],
        today: TODAY,
      },
      collected,
    )
    expect(verdict.verdict).toBe('incomplete')
    expect(verdict.images[0]?.checks.map(({ check }) => check)).toEqual(['clair'])
    expect(verdict.policyNotices[0]).toEqual(notice)
    expect(verdict.policyNotices.filter(({ kind }) => kind === 'proposed')).toEqual([])
  })
})
