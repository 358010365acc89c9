import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Collected } from '../../../src/gate/collected.js'
import { decide } from '../../../src/gate/decide.js'
import { judge } from '../../../src/judge/judge.js'
import { addDays } from '../../../src/model/dates.js'
import type { Evidence } from '../../../src/model/evidence.js'
import type { CommonFinding } from '../../../src/model/finding/common.js'
import type { Finding } from '../../../src/model/finding/index.js'
import { SEVERITIES } from '../../../src/model/severity.js'
import type { Verdict, VerdictStatus } from '../../../src/model/verdict.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  aPolicy,
  aSource,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { debian, evidenceOf, reportOf, scanned, statusOf } from '../checks/clair/builders.js'
import { archiveEvidence } from '../checks/security-updates/archive-evidence.js'

/** Only `pass` lets an image through; `fail` says more than `incomplete`, and neither is better for a release. */
const isBetter = (after: VerdictStatus, before: VerdictStatus) => after === 'pass' && before !== 'pass'

const ids = fc.constantFrom('CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3')
const packages = fc.constantFrom('apt', 'tar', 'zlib')
const days = fc.integer({ min: -40, max: 400 }).map((count) => addDays(TODAY, count))
const debians = fc.option(
  fc.record({
    kind: fc.constantFrom(
      'no-dsa' as const,
      'postponed' as const,
      'ignored' as const,
      'unimportant' as const,
    ),
    words: fc.constantFrom('', 'Minor issue'),
  }),
)
const findings: fc.Arbitrary<Finding> = fc
  .record({
    id: ids,
    package: packages,
    severity: fc.constantFrom(...SEVERITIES),
    fixedVersion: fc.option(fc.constant('2.6.2')),
    installable: fc.option(fc.boolean()),
    debian: debians,
    kev: fc.option(fc.boolean()),
  })
  .map((part) => aFinding(part))
const updates: fc.Arbitrary<Finding> = packages.map((name) =>
  aFinding({
    check: 'security-updates',
    id: 'security-update',
    package: name,
    cves: [],
    severity: 'unknown',
  }),
)
const entries: fc.Arbitrary<WhitelistEntry> = fc
  .record({
    id: fc.oneof(ids, fc.constant('*')),
    package: fc.option(packages),
    check: fc.constantFrom('clair' as const, 'security-updates' as const),
    releases: fc.option(fc.constantFrom(['bookworm'], ['trixie'])),
    images: fc.option(fc.constantFrom(['app:*'], ['other:*'])),
    expires: days,
    maxSeverity: fc.constantFrom(...SEVERITIES.slice(1)),
    despiteKev: fc.boolean(),
    line: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ line, ...part }) => aWhitelistEntry({ ...part, place: { file: 'w.yml', line } }))
const gates: fc.Arbitrary<Partial<GatePolicy>> = fc.record({
  failOn: fc.constantFrom(...SEVERITIES.slice(1)),
  failOnUnfixed: fc.option(fc.constantFrom(...SEVERITIES.slice(1)), { nil: null }),
})

function judged(
  clair: readonly Finding[],
  missing: readonly Finding[],
  whitelist: readonly WhitelistEntry[],
  gate: Partial<GatePolicy>,
  today = TODAY,
): Verdict {
  const answers = [
    { evidence: anEvidence(), answer: anAnswer(clair) },
    { evidence: anEvidence({ check: 'security-updates' }), answer: anAnswer(missing, 'security-updates') },
  ]
  const policy = aPolicy(whitelist, { checks: ['security-updates', 'clair'], ...gate })
  return judge([aJudgedInput([], { answers })], policy, today)
}
const foundOf = (verdict: Verdict) => verdict.images.flatMap((image) => image.findings)
const acceptedIn = (verdict: Verdict) => foundOf(verdict).filter(({ ruling }) => ruling === 'accepted').length
const setting = [fc.array(findings), fc.array(updates, { maxLength: 2 }), fc.array(entries), gates] as const

describe('the verdict', () => {
  test('when an entry is added to the whitelist, then it never becomes worse', () => {
    fc.assert(
      fc.property(...setting, entries, (clair, missing, whitelist, gate, added) => {
        const before = judged(clair, missing, whitelist, gate)
        const after = judged(clair, missing, [...whitelist, added], gate)
        expect(isBetter(before.verdict, after.verdict)).toBe(false)
        const blocking = (one: Verdict) => foundOf(one).filter(({ blocks }) => blocks).length
        expect(blocking(after)).toBeLessThanOrEqual(blocking(before))
      }),
    )
  })

  test('when findings and entries come in another order, then it is the same', () => {
    const shuffled = <T>(all: readonly T[]) =>
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length })
    fc.assert(
      fc.property(
        fc
          .tuple(...setting)
          .chain(([clair, missing, whitelist, gate]) =>
            fc.tuple(
              fc.constant({ clair, missing, whitelist: numbered(whitelist), gate }),
              shuffled(clair),
              shuffled(missing),
              shuffled(numbered(whitelist)),
            ),
          ),
        ([one, clair, missing, whitelist]) => {
          const verdict = judged(one.clair, one.missing, one.whitelist, one.gate)
          expect(judged(clair, missing, whitelist, one.gate)).toEqual(verdict)
        },
      ),
    )
  })

  test('when it is judged for a later day, then no entry covers more', () => {
    fc.assert(
      fc.property(...setting, fc.nat({ max: 500 }), (clair, missing, whitelist, gate, later) => {
        const now = judged(clair, missing, whitelist, gate)
        const then = judged(clair, missing, whitelist, gate, addDays(TODAY, later))
        expect(acceptedIn(then)).toBeLessThanOrEqual(acceptedIn(now))
        expect(isBetter(then.verdict, now.verdict)).toBe(false)
      }),
    )
  })

  test('when less is known of a finding, then it never becomes better', () => {
    fc.assert(
      fc.property(findings, gates, (finding, gate) => {
        const before = judged([finding], [], [], gate).verdict
        const { fixedVersion } = finding
        const less: Partial<CommonFinding>[] = [
          { debian: null },
          // Nobody asked the archive.
          ...(fixedVersion !== null ? [{ installable: null }] : []),
          // Nobody rated it, where a rating is what decides.
          ...(fixedVersion !== null && finding.installable !== false
            ? [{ severity: 'unknown' as const, severitySource: null }]
            : []),
        ]
        for (const part of less) {
          expect(isBetter(judged([{ ...finding, ...part } as Finding], [], [], gate).verdict, before)).toBe(
            false,
          )
        }
      }),
    )
  })
})

/** Lines of a file are of one entry each: the order in which they are handed on must not matter, that of lines may. */
function numbered(all: readonly WhitelistEntry[]): WhitelistEntry[] {
  return all.map((one, index) => ({ ...one, place: { ...one.place, line: index + 1 } }))
}

describe('the evidence', () => {
  const APT = { name: 'apt', version: '2.6.1' }
  const row = { status: 'resolved', fixed_version: '2.6.2', urgency: 'low' }
  const rows = { apt: { 'CVE-2026-1': row } }
  const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })
  const stanza = 'Package: apt\nVersion: 2.6.1\nArchitecture: amd64\n'
  const source = (name: string) =>
    aSource({ name, fetchedAt: `${TODAY}T06:00:00Z`, date: `${TODAY}T05:00:00Z` })
  const collected: Collected = {
    reference: 'app:1',
    image,
    problem: null,
    dockerfiles: [],
    platform: null,
    others: null,
    evidence: [
      { ...archiveEvidence({ bookworm: [stanza] }), sources: [source('debian-archive bookworm')] },
      { ...evidenceOf(reportOf(scanned([APT]), rows), rows), sources: [source('debian-security-tracker')] },
    ],
  }
  const policy = aPolicy([], { checks: ['security-updates', 'clair'] })
  const verdictOf = (evidence: readonly Evidence[], today = TODAY) =>
    decide([{ ...collected, evidence }], policy, today).verdict

  test('when all of it is there, then it is a pass, so that what follows means something', () => {
    expect(verdictOf(collected.evidence)).toBe('pass')
  })

  test('when any part of it is removed or emptied, then the verdict is never better, nor a pass by silence', () => {
    const parts = collected.evidence.flatMap((one, at) =>
      Object.keys(one.documents).map((name) => ({ at, name })),
    )
    expect(parts.length).toBeGreaterThan(6)
    for (const { at, name } of parts) {
      const without = (text: string | null) =>
        collected.evidence.map((one, index) => {
          if (index !== at) {
            return one
          }
          const { [name]: _, ...rest } = one.documents
          return { ...one, documents: text === null ? rest : { ...rest, [name]: text } }
        })
      // An index of a suite may be empty by right (-updates), and each of them is a text of its own.
      const isIndex = name.startsWith('packages-')
      expect([name, verdictOf(without(null))]).toEqual([name, 'incomplete'])
      if (!isIndex) {
        expect([name, verdictOf(without(''))]).toEqual([name, 'incomplete'])
      }
    }
    const unsourced = collected.evidence.map((one) => ({ ...one, sources: [] }))
    expect(verdictOf(unsourced, addDays(TODAY, 365))).toBe('incomplete')
    for (const at of [0, 1]) {
      expect(verdictOf(collected.evidence.filter((_, index) => index !== at))).toBe('incomplete')
    }
  })

  test('when it is judged for a later day, then it is never better, and in the end incomplete', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (first, more) => {
        const [earlier, later] = [addDays(TODAY, first), addDays(TODAY, first + more)]
        expect(isBetter(verdictOf(collected.evidence, later), verdictOf(collected.evidence, earlier))).toBe(
          false,
        )
      }),
    )
    expect(verdictOf(collected.evidence, addDays(TODAY, 365))).toBe('incomplete')
  })

  test.each<[string, number, string]>([
    ['a year', -365 * 24, 'incomplete'],
    ['two days and an hour', -49, 'incomplete'],
    ['a day, as where the clock is a day ahead', -24, 'pass'],
    ['minus 23 hours, as where the clock is nearly a day behind', 23, 'pass'],
    ['minus two days, as where the clock is behind', 48, 'incomplete'],
  ])('when the tracker is %s old, then that is told', (_, hours, expected) => {
    const date = new Date(Date.parse(`${TODAY}T06:00:00Z`) + hours * 3_600_000).toISOString()
    const [archive, clair] = collected.evidence as [Evidence, Evidence]
    const sources = [{ ...source('debian-security-tracker'), date }]
    expect(verdictOf([archive, { ...clair, sources }])).toBe(expected)
  })
})
