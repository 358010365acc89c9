import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import type { CheckId } from '../../../src/model/checks.js'
import { readBaseline } from '../../../src/policy/baseline/compare.js'
import { readDictionary } from '../../../src/policy/dictionary/read.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aFinding,
  aJudgedInput,
  aPlace,
  aPolicy,
  aProblem,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { aRawStatement, aVexDocument } from '../../support/vex.js'
import { expired } from './ruling-of.js'

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

  test('when there is no file at a default path, then what applies instead is reported', () => {
    const missing = (checks: readonly CheckId[]) => {
      const policy = aPolicy([], { checks, file: null, mode: 'audit', auditUntil: TODAY })
      const files = { whitelist: { file: null, entries: [] }, baseline: readBaseline(null, 'report.json') }
      return judge([aJudgedInput([])], { ...policy, ...files }, TODAY).policyNotices
    }
    const notice = (kind: string, text: string) => ({ kind, place: null, text })
    const gate = notice('default', 'no policies/gate.yml, so the built-in thresholds apply')
    const whitelist = notice('default', 'no policies/whitelist.yml, so nothing is accepted')
    const dictionary = notice('default', 'no policies/dictionary.yml, so the built-in dictionary applies')
    // What is said of the mode comes first, what is said of a baseline last.
    const audit = notice('audit', `audit mode ended on ${TODAY} (audit-until), so the verdict is enforced`)
    const baseline = notice(
      'no-baseline',
      "the baseline report.json can't be used: there is no such file; nothing is compared",
    )
    expect(missing(['clair'])).toEqual([audit, gate, whitelist, baseline])
    expect(missing(['clair', 'docker-bench'])).toEqual([audit, gate, whitelist, dictionary, baseline])
  })

  test('when other jobs of the matrix judge other images then no statement is said to match nothing', () => {
    const vex = [aVexDocument([aRawStatement({ products: [{ '@id': 'pkg:deb/debian/gone' }] })])]
    const kinds = (isShared: boolean) =>
      judge([aJudgedInput([])], { ...aPolicy([], { isShared }), vex }, TODAY).policyNotices.map(
        ({ kind }) => kind,
      )
    expect([kinds(false), kinds(true)]).toEqual([['not-applied'], []])
  })
})
