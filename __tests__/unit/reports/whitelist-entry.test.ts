import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { load } from 'js-yaml'
import { readWhitelist } from '../../../src/core/whitelist-file.js'
import { whitelistEntry } from '../../../src/reports/whitelist-entry.js'
import { aRuledFinding, TODAY } from '../../support/builders.js'
import { hostileText } from '../../support/hostile.js'

const noted = (part: Parameters<typeof aRuledFinding>[0] = {}) =>
  aRuledFinding({ ruling: 'noted', blocks: false, severity: 'low', ...part })
const fileOf = (entry: string | null) => `version: 1\nentries:\n${entry}\n`

test('when a finding is noted then its entry is read by the reader of the file, once reason and owner are there', () => {
  const entry = whitelistEntry(noted({ severity: 'medium' }), TODAY)
  expect(() => readWhitelist(fileOf(entry), 'w.yml')).toThrow()
  const filled = fileOf(entry).replace('reason: ""', 'reason: not used').replace('owner: ""', 'owner: me')
  expect(readWhitelist(filled, 'w.yml').entries).toEqual([
    {
      id: 'CVE-2026-10001',
      package: 'apt',
      check: 'clair',
      releases: null,
      images: null,
      reason: 'not used',
      owner: 'me',
      added: null,
      expires: '2027-02-22',
      maxSeverity: 'medium',
      despiteKev: false,
      justification: null,
      place: { file: 'w.yml', line: 3 },
    },
  ])
})

test('when there is nothing to accept then there is no entry', () => {
  expect(whitelistEntry(noted({ agreement: 'refuted' }), TODAY)).toBeNull()
  for (const ruling of ['act', 'accepted', 'deferred', 'unfixed'] as const) {
    expect(whitelistEntry(noted({ ruling }), TODAY)).toBeNull()
  }
})

test('when another check noted it then the entry names the check, and holds no longer than it may', () => {
  expect(whitelistEntry(noted({ check: 'security-updates' }), '2028-02-01')).toBe(
    [
      '  - id: CVE-2026-10001',
      '    package: apt',
      '    check: security-updates',
      '    reason: ""',
      '    owner: ""',
      '    expires: "2028-03-02"',
    ].join('\n'),
  )
})

test('when names are hostile then YAML reads them as text, in the lines they were given', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      fc.pre(text.isWellFormed())
      const entry = whitelistEntry(noted({ id: text, package: text }), TODAY)
      expect(entry?.split('\n')).toHaveLength(5)
      expect(entry).toMatch(/^[ -~\n]*$/)
      expect(load(fileOf(entry))).toMatchObject({ entries: [{ id: text, package: text, reason: '' }] })
    }),
    { numRuns: 1000 },
  )
  expect(whitelistEntry(noted({ package: 'null' }), TODAY)).toContain('package: "null"')
})
