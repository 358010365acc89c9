import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../../../src/judge/judge.js'
import { CHECK_IDS, type CheckId } from '../../../../src/model/checks.js'
import { SEVERITIES } from '../../../../src/model/severity.js'
import { covers } from '../../../../src/policy/whitelist/match.js'
import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../../src/reports/json/untrusted.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { whitelistEntries, whitelistEntry } from '../../../../src/reports/view/whitelist-entry.js'
import { aFinding, aJudgedInput, aPolicy, aRuledFinding, TODAY } from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const noted = (part: Parameters<typeof aRuledFinding>[0] = {}) =>
  aRuledFinding({ ruling: 'noted', blocks: false, severity: 'low', ...part })
const SUBJECT = { reference: 'app:1', codename: 'bookworm' }
const LIMIT = { today: TODAY, maxSpan: 365 }
const readFilled = (findings: Parameters<typeof whitelistEntries>[0]) => {
  const texts = whitelistEntries(findings, LIMIT)
  if (texts.length === 0) {
    return []
  }
  const filled = texts.map((text) => text.replace('reason: ""', 'reason: r').replace('owner: ""', 'owner: o'))
  return readWhitelist(fileOf(filled.join('\n')), 'w.yml', LIMIT).entries
}
const fileOf = (entry: string | null) => `version: 1\nentries:\n${entry}\n`

test('when a finding is noted then its entry is read by the reader of the file, once reason and owner are there', () => {
  const entry = whitelistEntry(noted({ severity: 'medium' }), LIMIT)
  expect(() => readWhitelist(fileOf(entry), 'w.yml')).toThrow()
  const filled = fileOf(entry).replace('reason: ""', 'reason: not used').replace('owner: ""', 'owner: me')
  expect(readWhitelist(filled, 'w.yml').entries).toEqual([
    {
      id: 'CVE-2026-10001',
      package: 'apt',
      path: null,
      sha256: null,
      fingerprint: null,
      check: 'clair',
      releases: null,
      images: null,
      reason: 'not used',
      owner: 'me',
      added: null,
      expires: '2027-02-22',
      maxSeverity: 'medium',
      despiteKev: false,
      despiteMalware: false,
      justification: null,
      place: { file: 'w.yml', line: 3 },
    },
  ])
})

test('when an entry may hold for less than that then the entry that is printed holds no longer', () => {
  for (const [maxSpan, end] of [
    [30, '2026-12-24'],
    [365, '2027-02-22'],
  ] as const) {
    const limit = { today: TODAY, maxSpan }
    const [text = ''] = whitelistEntries([noted()], limit)
    const filled = text.replace('reason: ""', 'reason: r').replace('owner: ""', 'owner: o')
    expect(readWhitelist(fileOf(filled), 'w.yml', limit).entries).toMatchObject([{ expires: end }])
    const verdict = judge([aJudgedInput([aFinding({ severity: 'low' })])], aPolicy([], { maxSpan }), TODAY)
    const reported = renderTerminal(verdict, { colour: false, width: 100, verbose: true })
    for (const report of [reported, renderMarkdown(verdict, { limit: 99_999 })]) {
      expect(report).toContain(text)
    }
    const again = readUntrustedReport(renderJson(verdict, { name: 'x', version: '1' }), 'x')
    expect(renderMarkdown(again, { limit: 99_999 })).toContain(text)
  }
})

test('when there is nothing to accept then there is no entry', () => {
  expect(whitelistEntry(noted({ agreement: 'refuted' }), LIMIT)).toBeNull()
  for (const ruling of ['act', 'accepted', 'deferred', 'unfixed'] as const) {
    expect(whitelistEntry(noted({ ruling }), LIMIT)).toBeNull()
  }
})

test('when another check noted it then there is no entry: one for an update would accept security updates too', () => {
  expect(whitelistEntry(noted({ check: 'security-updates', id: 'ordinary-update' }), LIMIT)).toBeNull()
  expect(whitelistEntry(noted({ check: 'security-updates', package: null }), LIMIT)).toBeNull()
  expect(whitelistEntry(noted({ check: 'docker-bench', id: '4.1', package: null }), LIMIT)).toBeNull()
})

test('when nobody rated it then the entry accepts what nobody rated', () => {
  const [entry] = readFilled([noted({ severity: 'unknown' })])
  expect(entry?.maxSeverity).toBe('critical')
})

test('when a finding is told of two databases then there is one entry, for the higher severity', () => {
  const two = [noted({ severity: 'low' }), noted({ severity: 'medium', packageDb: 'opt/x' })]
  for (const all of [two, two.toReversed()]) {
    expect(readFilled(all)).toMatchObject([{ id: 'CVE-2026-10001', maxSeverity: 'medium' }])
  }
})

/** Of checks whose findings have no other ids than ours. */
const OWN_IDS: Partial<Record<CheckId, string>> = {
  'security-updates': 'ordinary-update',
  'regression-test': 'regression-test-failed',
  credentials: 'token',
}

test('when names are hostile then whatever entries there are, the reader takes them, and they cover the findings', () => {
  const textFrom = (...likely: string[]) => fc.oneof(fc.constantFrom(...likely), hostileText())
  const findings = fc.record({
    id: textFrom('CVE-2026-10001', 'TEMP-0000000-5EA003', 'GHSA-aaaa-bbbb-cccc', 'ordinary-update', '4.1'),
    package: fc.option(textFrom('apt', 'null', 'linux*', 'Jinja2', '9base')),
    check: fc.constantFrom(...CHECK_IDS),
    severity: fc.constantFrom(...SEVERITIES),
  })
  let covered = 0
  fc.assert(
    fc.property(fc.array(findings, { maxLength: 5 }), (parts) => {
      const all = parts.map((part) => noted({ ...part, id: OWN_IDS[part.check] ?? part.id }))
      const entries = readFilled(all)
      for (const entry of entries) {
        expect(all.some((one) => covers(entry, one, SUBJECT, TODAY))).toBe(true)
      }
      for (const one of all.filter((each) => whitelistEntry(each, LIMIT) !== null)) {
        expect(entries.some((entry) => covers(entry, one, SUBJECT, TODAY))).toBe(true)
        covered++
      }
    }),
    runs(1000),
  )
  expect(covered).toBeGreaterThan(0)
  expect(whitelistEntry(noted({ package: 'null' }), LIMIT)).toContain('package: "null"')
})
