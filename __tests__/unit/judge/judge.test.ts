import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { becauseText } from '../../../src/model/because/texts.js'
import { START_TEST } from '../../../src/model/bench-ids.js'
import type { CheckId } from '../../../src/model/checks.js'
import { addDays } from '../../../src/model/dates.js'
import { benchFinding } from '../../../src/model/finding/bench.js'
import type { Finding } from '../../../src/model/finding/index.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import { readDictionary } from '../../../src/policy/dictionary/read.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { aResult, engineResult } from '../../support/bench.js'
import {
  aBase,
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anUnfixedFinding,
  aPlace,
  aPolicy,
  aProblem,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

/** The ruling of one finding under this policy. */
function ruling(
  finding: Finding,
  entries: readonly WhitelistEntry[] = [],
  gate: Partial<GatePolicy> = {},
  codename: string | null = 'bookworm',
): Pick<RuledFinding, 'ruling' | 'blocks' | 'policy'> & { readonly because: string } {
  const [image] = judge([aJudgedInput([finding], { codename })], aPolicy(entries, gate), TODAY).images
  const [ruled] = image?.findings ?? []
  if (ruled === undefined) {
    throw new Error('the finding was lost')
  }
  const { ruling, blocks, policy } = ruled
  return { ruling, blocks, because: becauseText(ruled), policy }
}

const noDsa = { kind: 'no-dsa', words: 'Minor issue' } as const
const expired = aWhitelistEntry({ expires: '2026-10-01', place: aPlace({ line: 12 }) })

describe('the ordered rulings', () => {
  test('when a finding is refuted then it is noted, whatever KEV, thresholds and whitelist say', () => {
    const refuted = aFinding({ agreement: 'refuted', kev: true, severity: 'critical', version: '2.6.3' })
    expect(ruling(refuted, [], { failOn: 'negligible' })).toEqual({
      ruling: 'noted',
      blocks: false,
      because:
        "refuted: the source package's version 2.6.3 is at or above the fix 2.6.2; Clair compared the binary package's version",
      policy: null,
    })
  })

  test('when a CVE is in KEV then it is acted on, even if it is low, has no fix and Debian defers it', () => {
    expect(ruling(anUnfixedFinding({ kev: true, severity: 'low', debian: noDsa }))).toEqual({
      ruling: 'act',
      blocks: true,
      because: "in CISA's Known Exploited Vulnerabilities; no fix in Debian bookworm",
      policy: null,
    })
  })

  test('when a KEV finding has an entry without despite: kev then the entry does not help, and is named', () => {
    const found = ruling(aFinding({ kev: true, severity: 'low' }), [aWhitelistEntry()])
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace() })
    expect(found.because).toBe(
      "in CISA's Known Exploited Vulnerabilities; fix 2.6.2 can be installed; the entry at policies/whitelist.yml:21 does not set despite: kev",
    )
  })

  test('when a KEV finding has an entry with despite: kev then that entry accepts it, not a longer one without', () => {
    const without = aWhitelistEntry({ expires: '2027-12-31', place: aPlace({ line: 1 }) })
    const despite = aWhitelistEntry({ despiteKev: true, place: aPlace({ line: 7 }) })
    const found = ruling(aFinding({ kev: true, severity: 'low' }), [without, despite])
    expect(found).toMatchObject({ ruling: 'accepted', blocks: false, policy: aPlace({ line: 7 }) })
  })

  test('when a KEV finding is above max-severity then despite: kev does not accept it', () => {
    const entry = aWhitelistEntry({ despiteKev: true })
    const found = ruling(aFinding({ kev: true, severity: 'medium' }), [entry], { failOn: 'critical' })
    expect(found).toMatchObject({ ruling: 'act', blocks: true })
  })

  test('when KEV is not known then it does not count', () => {
    expect(ruling(aFinding({ kev: null, severity: 'low' })).ruling).toBe('noted')
  })

  test('when a live entry covers it then it is accepted, with line, date, reason and owner', () => {
    const entry = aWhitelistEntry({ reason: 'apt-key is\n  not used in the image\n' })
    expect(ruling(aFinding({ severity: 'low' }), [entry])).toEqual({
      ruling: 'accepted',
      blocks: false,
      because:
        'policies/whitelist.yml:21 accepts it until 2027-03-31: apt-key is not used in the image (platform)',
      policy: aPlace(),
    })
  })

  test('when several live entries cover it then the latest expiry decides, ties by line', () => {
    const short = aWhitelistEntry({ expires: '2026-12-01', place: aPlace({ line: 1 }) })
    const late = aWhitelistEntry({ place: aPlace({ line: 30 }) })
    const early = aWhitelistEntry({ place: aPlace({ line: 20 }) })
    for (const entries of [
      [short, late, early],
      [early, late, short],
      [late, short, early],
    ]) {
      expect(ruling(aFinding({ severity: 'low' }), entries).policy).toEqual(aPlace({ line: 20 }))
    }
  })

  test('when an entry is about another release then it is not named', () => {
    const found = ruling(aFinding(), [aWhitelistEntry({ releases: ['trixie'] })])
    expect(found).toMatchObject({ ruling: 'act', policy: null })
    expect(found.because).not.toContain('the entry at')
  })

  test('when the last day of an entry is today then it still counts, and the day after not', () => {
    const low = aFinding({ severity: 'low' })
    expect(ruling(low, [aWhitelistEntry({ expires: TODAY })]).ruling).toBe('accepted')
    expect(ruling(low, [aWhitelistEntry({ expires: '2026-11-23' })]).ruling).toBe('noted')
  })

  test('when the severity is above max-severity then the entry does not cover it, and is named', () => {
    const found = ruling(aFinding({ severity: 'high' }), [aWhitelistEntry()])
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace() })
    expect(found.because).toBe(
      'fix 2.6.2 can be installed; high (Debian) is at or above fail-on high; the entry at policies/whitelist.yml:21 accepts severities only up to low',
    )
  })

  test('when an entry has expired then it covers nothing, and is named', () => {
    const found = ruling(aFinding({ severity: 'low' }), [expired], { failOn: 'low' })
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace({ line: 12 }) })
    expect(found.because).toBe(
      'fix 2.6.2 can be installed; low (Debian) is at or above fail-on low; the entry at policies/whitelist.yml:12 expired on 2026-10-01',
    )
  })

  test('when there is no fix and Debian says why then it is deferred in Debian’s words', () => {
    const found = ruling(anUnfixedFinding({ debian: noDsa, severity: 'critical' }), [], {
      failOnUnfixed: 'low',
    })
    expect(found).toEqual({
      ruling: 'deferred',
      blocks: false,
      because: 'no fix in Debian bookworm; Debian: no-dsa "Minor issue"',
      policy: null,
    })
  })

  test('when Debian gives no words then only its kind is reported', () => {
    const debian = { kind: 'unimportant', words: '' } as const
    expect(ruling(anUnfixedFinding({ debian }), [], {}, null).because).toBe(
      'no fix in this Debian release; Debian: unimportant',
    )
  })

  test('when Debian defers it but a fix can be installed then the fix counts', () => {
    expect(ruling(aFinding({ debian: noDsa })).ruling).toBe('act')
  })

  test('when a fix is announced but cannot be installed then it is as if there were none', () => {
    const finding = aFinding({ installable: false })
    expect(ruling(finding)).toMatchObject({ ruling: 'unfixed', blocks: false })
    expect(ruling(finding).because).toBe(
      'fix 2.6.2 is announced but not in the archive yet: Debian bookworm offers nothing newer',
    )
    expect(ruling({ ...finding, debian: noDsa }).ruling).toBe('deferred')
  })

  test('when nobody looked whether the fix can be installed then it counts as if it could', () => {
    expect(ruling(aFinding({ installable: null })).ruling).toBe('act')
  })

  test.each([
    ['critical', null, 'unfixed', 'no fix in Debian bookworm'],
    ['high', 'critical', 'unfixed', 'no fix in Debian bookworm'],
    ['unknown', 'negligible', 'unfixed', 'no fix in Debian bookworm'],
    [
      'critical',
      'critical',
      'act',
      'no fix in Debian bookworm; critical (Debian) is at or above fail-on-unfixed critical',
    ],
  ] as const)(
    'when %s has no fix and fail-on-unfixed is %s then %s',
    (severity, failOnUnfixed, expectedRuling, because) => {
      expect(ruling(anUnfixedFinding({ severity }), [], { failOnUnfixed })).toEqual({
        ruling: expectedRuling,
        blocks: expectedRuling === 'act',
        because,
        policy: null,
      })
    },
  )

  test.each([
    ['high', 'high', 'act', 'fix 2.6.2 can be installed; high (Debian) is at or above fail-on high'],
    ['critical', 'high', 'act', 'fix 2.6.2 can be installed; critical (Debian) is at or above fail-on high'],
    ['unknown', 'critical', 'act', 'a fix can be installed, and the vulnerability is not rated'],
    ['medium', 'high', 'noted', 'fix 2.6.2 can be installed; medium (Debian) is below fail-on high'],
    [
      'negligible',
      'negligible',
      'act',
      'fix 2.6.2 can be installed; negligible (Debian) is at or above fail-on negligible',
    ],
  ] as const)('when %s has a fix and fail-on is %s then %s', (severity, failOn, expectedRuling, because) => {
    expect(ruling(aFinding({ severity }), [], { failOn })).toEqual({
      ruling: expectedRuling,
      blocks: expectedRuling === 'act',
      because,
      policy: null,
    })
  })

  test('when a security update is missing then it is acted on unless an entry accepts it', () => {
    const finding = aFinding({ check: 'security-updates', id: 'security-update', severity: 'unknown' })
    const judged = (entries: readonly WhitelistEntry[]) => {
      const input = aJudgedInput([], {
        answers: [{ evidence: anEvidence({ check: 'security-updates' }), answer: anAnswer([finding]) }],
      })
      return judge([input], aPolicy(entries, { checks: ['security-updates'] }), TODAY).images[0]?.findings[0]
    }
    expect(judged([])).toMatchObject({ ruling: 'act', blocks: true })
    expect(judged([aWhitelistEntry()])).toMatchObject({ ruling: 'act', blocks: true })
    const entry = { check: 'security-updates', id: '*' } as const
    expect(judged([aWhitelistEntry({ ...entry, expires: TODAY })])?.ruling).toBe('accepted')
    expect(judged([aWhitelistEntry({ ...entry, expires: addDays(TODAY, -1) })])?.ruling).toBe('act')
  })
})

describe('the verdict word', () => {
  const problem = aProblem()
  const unanswered = aJudgedInput([], {
    answers: [{ evidence: anEvidence(), answer: { state: 'unanswered', problem } }],
  })
  const passing = aJudgedInput([anUnfixedFinding()])
  const failing = aJudgedInput([aFinding()])

  test('when nothing blocks and all is answered then pass', () => {
    expect(judge([passing], aPolicy(), TODAY).verdict).toBe('pass')
  })

  test('when a check is unanswered then incomplete, with its problem', () => {
    const verdict = judge([unanswered], aPolicy(), TODAY)
    expect(verdict.verdict).toBe('incomplete')
    expect(verdict.images[0]?.checks).toEqual([
      { check: 'clair', state: 'unanswered', problem, tookMs: 2100, notes: [], limits: [], bench: null },
    ])
  })

  test('when evidence carries a problem then even an empty answer is none', () => {
    const input = aJudgedInput([], { answers: [{ evidence: anEvidence({ problem }), answer: anAnswer([]) }] })
    expect(judge([input], aPolicy(), TODAY).verdict).toBe('incomplete')
  })

  test('when a check that is asked for has no evidence then incomplete, and fail if another blocks', () => {
    const both = aPolicy([], { checks: ['clair', 'docker-bench'] })
    expect(judge([passing], both, TODAY).verdict).toBe('incomplete')
    expect(judge([failing], both, TODAY).verdict).toBe('fail')
    expect(judge([passing], both, TODAY).images[0]?.checks[1]?.problem?.code).toBe('no-evidence')
  })

  test('when an entry about a result of Docker Bench has expired then it acts, and the entry is named', () => {
    const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([]) }]
    const because = (expires: string) => {
      const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.1', package: null, expires })
      const policy = aPolicy([entry], { checks: ['docker-bench'] })
      const [image] = judge([aJudgedInput([], { answers })], policy, TODAY).images
      const found = image?.findings.find(({ id }) => id === '4.1')
      return [found?.ruling, found && becauseText(found), found?.blocks]
    }
    expect(because('2026-12-01')).toMatchObject({ 0: 'accepted', 2: false })
    const place = aWhitelistEntry().place
    expect(because('2026-10-01')).toEqual([
      'act',
      expect.stringContaining(`; the entry at ${place.file}:${place.line} expired on 2026-10-01`),
      true,
    ])
  })

  test('when Docker Bench judged several images then each has its own table, with who accepts what is worse', () => {
    const ran = { ran: true, source: 'commit 1', tree: null } as const
    const of = (reference: string, expectedRuling: 'PASS' | 'WARN') => {
      const finding = benchFinding(
        aResult('4.6', { builtin: engineResult(expectedRuling), dbs: engineResult(expectedRuling) }),
      )
      const answer = { ...anAnswer([finding]), bench: ran } as const
      const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer }]
      return aJudgedInput([], { reference, answers })
    }
    const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.6', package: null })
    const policy = aPolicy([entry], { checks: ['docker-bench'] })
    const { images } = judge([of('app:1', 'PASS'), of('app:2', 'WARN')], policy, TODAY)
    const tables = images.map(({ checks }) => checks[0]?.bench)
    expect(tables.map((table) => table?.run)).toEqual([ran, ran])
    const rowOf = (at: number) => tables[at]?.rows.find(({ id }) => id === '4.6')
    expect(rowOf(0)).toMatchObject({
      outcome: 'match',
      dbs: engineResult('PASS'),
      because: [{ reason: 'as-expected' }],
    })
    expect(rowOf(1)).toMatchObject({
      outcome: 'worse',
      builtin: engineResult('WARN'),
      because: [{ reason: 'accepted', owner: 'platform' }],
    })
    // What is expected and has no result is a row too.
    expect(tables[0]?.rows.filter(({ outcome }) => outcome === 'missing').map(({ id }) => id)).toContain(
      '4.1',
    )
  })

  test('when Docker Bench gave no answer, or it is another check, then there is no table', () => {
    const answers = [{ evidence: anEvidence({ check: 'docker-bench', problem }), answer: anAnswer([]) }]
    const both = aPolicy([], { checks: ['clair', 'docker-bench'] })
    const input = aJudgedInput([], { answers: [...passing.answers, ...answers] })
    const [image] = judge([input], both, TODAY).images
    expect(image?.checks.map(({ state, bench }) => [state, bench])).toEqual([
      ['answered', null],
      ['unanswered', null],
    ])
  })

  test('when a result of Docker Bench does not block then an entry about it accepts nothing', () => {
    const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([]) }]
    const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.1', package: null })
    const policy = aPolicy([entry], { checks: ['docker-bench'] })
    const defaults = { ...policy.dictionary.defaults, missing: 'report' as const }
    const lenient = { ...policy, dictionary: { ...policy.dictionary, defaults } }
    const [image] = judge([aJudgedInput([], { answers })], lenient, TODAY).images
    expect(image?.findings.find(({ id }) => id === '4.1')).toMatchObject({ ruling: 'noted', blocks: false })
  })

  test('when the made-up result that the dictionary rules out is not told then Docker Bench gave no answer', () => {
    const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([]) }]
    const policy = aPolicy([], { checks: ['docker-bench'] })
    // No file can say this: of the start test only PASS is as expected, whatever a dictionary says.
    const entries = policy.dictionary.entries
      .slice(0, 1)
      .map((one) => ({ ...one, id: START_TEST, host: null, expect: ['NOTE', 'INFO', 'WARN'] }) as const)
    const broken = { ...policy, dictionary: { ...policy.dictionary, entries } }
    const verdict = judge([aJudgedInput([], { answers })], broken, TODAY)
    expect(verdict.verdict).toBe('incomplete')
    expect(verdict.images[0]?.checks[0]?.problem?.code).toBe('dictionary-canary-not-found')
  })

  test('when an image could not be opened then every check of it is unanswered for that reason', () => {
    const input = aJudgedInput([], { image: null, problem })
    const [image] = judge([input], aPolicy([], { checks: ['clair', 'docker-bench'] }), TODAY).images
    expect(image?.verdict).toBe('incomplete')
    expect(image?.checks.map((check) => check.problem)).toEqual([problem, problem])
    expect(image).toMatchObject({ digest: null, platform: null })
    // Whoever gives no reason gives no image all the same: an answer about it is none.
    const unexplained = judge([{ ...passing, image: null }], aPolicy(), TODAY)
    expect(unexplained.verdict).toBe('incomplete')
    expect(unexplained.images[0]?.checks[0]?.problem?.code).toBe('image-not-opened')
  })

  test.each([
    [[passing, passing], 'pass'],
    [[passing, unanswered], 'incomplete'],
    [[unanswered, failing, passing], 'fail'],
  ])('when there are several images then the worst counts (%#)', (images, expectedRuling) => {
    expect(judge(images, aPolicy(), TODAY).verdict).toBe(expectedRuling)
  })

  test('when a check is not asked for then what it says is not judged', () => {
    const [image] = judge([failing], aPolicy([], { checks: ['docker-bench'] }), TODAY).images
    expect(image?.findings).toEqual([])
    expect(image?.verdict).toBe('incomplete')
  })

  test.each([
    ['no image', [], aPolicy(), TODAY],
    ['no check', [passing], aPolicy([], { checks: [] }), TODAY],
    ['no date', [passing], aPolicy(), 'today'],
    ['two answers', [{ ...passing, answers: [...passing.answers, ...passing.answers] }], aPolicy(), TODAY],
  ])('when there is %s to judge then it throws', (_, images, policy, today) => {
    expect(() => judge(images, policy, today)).toThrow()
  })
})

describe('the order of findings', () => {
  test('when findings differ then blocking, ruling, severity, package and id decide', () => {
    const findings = [
      anUnfixedFinding({ id: 'CVE-6', package: 'a' }),
      aFinding({ id: 'CVE-7', severity: 'low' }),
      anUnfixedFinding({ id: 'CVE-5', debian: noDsa }),
      aFinding({ id: 'CVE-4', severity: 'unknown' }),
      aFinding({ id: 'CVE-3', package: 'b' }),
      aFinding({ id: 'CVE-2', package: 'b' }),
      aFinding({ id: 'CVE-1', severity: 'critical', package: 'z' }),
      aFinding({ id: 'CVE-0', package: 'Z' }),
    ]
    const [image] = judge([aJudgedInput(findings)], aPolicy(), TODAY).images
    expect(image?.findings.map(({ id }) => id)).toEqual([
      'CVE-1',
      'CVE-0',
      'CVE-2',
      'CVE-3',
      'CVE-4',
      'CVE-5',
      'CVE-6',
      'CVE-7',
    ])
  })
})

describe('policy notices', () => {
  const notices = (entries: readonly WhitelistEntry[], ...images: ReturnType<typeof aJudgedInput>[]) =>
    judge(images, aPolicy(entries), TODAY).policyNotices
  const other = aWhitelistEntry({ id: 'CVE-2020-2', place: aPlace({ line: 5 }) })

  test('when entries are expired or match nothing then each is reported with its line, in the order of the file', () => {
    expect(notices([expired, other, aWhitelistEntry()], aJudgedInput([aFinding()]))).toEqual([
      { kind: 'unused', place: aPlace({ line: 5 }), text: 'CVE-2020-2 (apt) matches nothing' },
      { kind: 'expired', place: aPlace({ line: 12 }), text: 'CVE-2026-10001 (apt) expired on 2026-10-01' },
    ])
  })

  test('when other jobs of the matrix judge other images then nobody is told that an entry matches nothing', () => {
    const shared = aPolicy([expired, other, aWhitelistEntry()], { isShared: true })
    expect(judge([aJudgedInput([aFinding()])], shared, TODAY).policyNotices.map(({ kind }) => kind)).toEqual([
      'expired',
    ])
  })

  test('when the check is unanswered for one image then nothing is said about use', () => {
    const broken = aJudgedInput([], { image: null, problem: aProblem() })
    expect(notices([other], aJudgedInput([]), broken)).toEqual([])
  })

  test('when an entry is about another check then its use is not known', () => {
    expect(notices([aWhitelistEntry({ check: 'docker-bench' })], aJudgedInput([]))).toEqual([])
  })

  test('when an entry is for images or releases that were not judged then its use is not known', () => {
    const elsewhere = aWhitelistEntry({ images: ['db:*'] })
    const older = aWhitelistEntry({ releases: ['bullseye'] })
    expect(notices([elsewhere, older], aJudgedInput([]))).toEqual([])
    expect(notices([elsewhere], aJudgedInput([]), aJudgedInput([], { reference: 'db:2' }))).toHaveLength(1)
  })

  test('when one of several images needs the entry then it is used', () => {
    expect(notices([aWhitelistEntry()], aJudgedInput([]), aJudgedInput([aFinding()]))).toEqual([])
  })

  test('when an override of the dictionary lacks the tag of the judged image then that is reported with its line', () => {
    const dictionary = readDictionary(
      'extends: builtin/3\nversion: 1\noverrides:\n  - {images: [app], checks: {"4.6": {expect: [WARN], owner: o, reason: r, expires: 2027-01-01}}}\n',
      'd.yml',
    )
    const rulingsWith = (checks: readonly CheckId[]) => {
      const policy = aPolicy()
      return judge([aJudgedInput([])], { ...policy, dictionary, gate: { ...policy.gate, checks } }, TODAY)
        .policyNotices
    }
    expect(rulingsWith(['clair', 'docker-bench'])).toEqual([
      {
        kind: 'unused',
        place: { file: 'd.yml', line: 4 },
        text: 'the override for "app" matches no judged image: a pattern must match the full name, including the tag; did you mean "app:*" for app:1.4.0?',
      },
    ])
    expect(rulingsWith(['clair'])).toEqual([])
  })

  test('when there is no file at the default path then that is reported', () => {
    const policy = { ...aPolicy(), whitelist: { file: null, entries: [] } }
    expect(judge([aJudgedInput([])], policy, TODAY).policyNotices).toEqual([
      { kind: 'default', place: null, text: 'no policies/whitelist.yml, so nothing is accepted' },
    ])
  })
})

describe('the base', () => {
  const { official: _, ...base } = aBase({ movedOn: true })
  const judged = (gate: Partial<GatePolicy>) => {
    const answer = { ...anAnswer([]), base }
    const input = aJudgedInput([], {
      answers: [{ evidence: anEvidence({ check: 'security-updates' }), answer }],
    })
    const [image] = judge([input], aPolicy([], { checks: ['security-updates'], ...gate }), TODAY).images
    if (image === undefined) {
      throw new Error('the image was lost')
    }
    return image
  }

  test('when no bases are named then it is reported, and only noted', () => {
    const { verdict, base: baseInVerdict, findings } = judged({})
    expect(baseInVerdict).toEqual({ ...base, official: true })
    expect([verdict, findings.map(({ id, ruling }) => [id, ruling])]).toEqual([
      'pass',
      [['base-moved-on', 'noted']],
    ])
  })

  test('when another base is named then it blocks', () => {
    const { verdict, base: baseInVerdict, findings } = judged({ allowedBases: ['ghcr.io/acme/*'] })
    expect(baseInVerdict?.official).toBe(false)
    expect(verdict).toBe('fail')
    expect(findings.map(({ id, ruling }) => [id, ruling])).toEqual([
      ['unofficial-base', 'act'],
      ['base-moved-on', 'noted'],
    ])
  })

  test('when the check did not answer then nothing is said of the base', () => {
    const answers = [
      { evidence: anEvidence({ check: 'security-updates', problem: aProblem() }), answer: anAnswer() },
    ]
    const policy = aPolicy([], { checks: ['security-updates'], allowedBases: ['debian'] })
    const [image] = judge([aJudgedInput([], { answers })], policy, TODAY).images
    expect([image?.base, image?.findings, image?.verdict]).toEqual([null, [], 'incomplete'])
  })

  test('when only Clair was asked then there is no finding about it', () => {
    const [image] = judge([aJudgedInput([])], aPolicy([], { allowedBases: ['debian'] }), TODAY).images
    expect([image?.base, image?.findings]).toEqual([null, []])
  })
})
