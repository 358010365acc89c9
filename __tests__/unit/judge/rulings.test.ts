import { describe, expect, test } from '@jest/globals'
import { rule } from '../../../src/judge/rulings.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { Finding } from '../../../src/model/finding/index.js'
import { KINDS } from '../../../src/model/finding/kinds.js'
import type { InstalledPackage } from '../../../src/model/packages/package.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aFinding,
  anApplicationFinding,
  anUnfixedFinding,
  anUpdate,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const ruled = (finding: Finding, gate: Partial<GatePolicy> = {}, entries: readonly WhitelistEntry[] = []) =>
  rule(finding, SUBJECT, aPolicy(entries, gate), TODAY)
const debian = { kind: 'no-dsa', words: 'Minor issue' } as const
const low = aFinding({ severity: 'low' })
const epss = { probability: 0.9, percentile: 0.9, date: TODAY }

test.each<[string, readonly string[], Finding, Partial<GatePolicy>, readonly WhitelistEntry[]]>([
  ['noted', ['refuted'], aFinding({ agreement: 'refuted' }), {}, []],
  ['act', ['kev', 'no-fix'], anUnfixedFinding({ kev: true }), {}, []],
  ['act', ['kev', 'fix-offered', 'entry-not-despite'], { ...low, kev: true }, {}, [aWhitelistEntry()]],
  ['accepted', ['accepted'], low, {}, [aWhitelistEntry()]],
  ['deferred', ['no-fix', 'debian'], anUnfixedFinding({ debian }), {}, []],
  ['unfixed', ['no-fix'], anUnfixedFinding(), {}, []],
  ['unfixed', ['fix-announced'], aFinding({ installable: false }), {}, []],
  ['act', ['no-fix', 'at-or-above'], anUnfixedFinding(), { failOnUnfixed: 'high' }, []],
  ['act', ['unrated'], aFinding({ severity: 'unknown' }), {}, []],
  ['act', ['fix-offered', 'at-or-above'], aFinding(), {}, []],
  ['act', ['fix-offered', 'at-or-above', 'entry-too-mild'], aFinding(), {}, [aWhitelistEntry()]],
  ['act', ['fix-offered', 'likely'], { ...low, epss }, { epssAtLeast: 0.5 }, []],
  ['noted', ['fix-offered', 'below'], low, {}, []],
  ['noted', ['fix-offered', 'below', 'entry-expired'], low, {}, [aWhitelistEntry({ expires: '2026-01-01' })]],
  ['act', ['fix-offered', 'at-or-above'], low, { failOn: 'negligible' }, []],
  ['act', ['security-update', 'fixes'], anUpdate({ cves: ['CVE-2026-1'] }), {}, []],
  ['noted', ['ordinary-update'], anUpdate({ id: 'ordinary-update', cves: [] }), {}, []],
  [
    'act',
    ['ordinary-update', 'any-update'],
    anUpdate({ id: 'ordinary-update', cves: [] }),
    { release: 'major' },
    [],
  ],
  ['act', ['as-found'], aFinding({ check: 'security-updates', id: 'end-of-life' }), {}, []],
])('when the ruling is %s, then its reasons are %j', (expectedRuling, reasons, finding, gate, entries) => {
  const { ruling, because } = ruled(finding, gate, entries)
  expect([ruling, because.map(({ reason }) => reason)]).toEqual([expectedRuling, reasons])
})

test.each<[string, Finding, Partial<GatePolicy>, readonly WhitelistEntry[]]>([
  ['refuted', aFinding({ agreement: 'refuted' }), {}, []],
  ['accepted', low, {}, [aWhitelistEntry()]],
  ['application-report', anApplicationFinding(), { application: 'report' }, []],
  ['below', low, {}, []],
  ['no-fix', anUnfixedFinding(), {}, []],
  ['ordinary-update', anUpdate({ id: 'ordinary-update', cves: [] }), {}, []],
])('when a finding is let pass as %s, then it does not block', (reason, finding, gate, entries) => {
  const { blocks, because } = ruled(finding, gate, entries)
  expect([blocks, because.map((one) => one.reason).includes(reason as 'below')]).toEqual([false, true])
})

test('when Clair is refuted, then what it compared is explained for applications alone', () => {
  const explained = anApplicationFinding({ agreement: 'refuted', explanation: 'why', version: '1' })
  expect(ruled(explained).because).toEqual([
    { reason: 'refuted', version: '1', fixedVersion: '4.17.21', explanation: 'why' },
  ])
  expect(ruled(aFinding({ agreement: 'refuted' })).because).toEqual([
    { reason: 'refuted', version: '2.6.1', fixedVersion: '2.6.2', explanation: null },
  ])
})

test('when KEV applies to an update, then the CVEs that it fixes are named, if they are known', () => {
  const fixes = (exploited: readonly string[]) => ruled({ ...anUpdate({ kev: true }), exploited }).because[0]
  expect(fixes(['CVE-1'])).toEqual({ reason: 'kev', fixes: ['CVE-1'] })
  expect(fixes([])).toEqual({ reason: 'kev', fixes: null })
  expect(ruled(aFinding({ kev: true })).because[0]).toEqual({ reason: 'kev', fixes: null })
})

test('when a file of an update may not be there, then it has no time, whatever it fixes', () => {
  const gate = {
    actWithin: { critical: 0, high: 14, medium: 0, low: 0, negligible: 0 },
  } as const
  const subject = { ...SUBJECT, updateSeverity: () => 'high' as const }
  const rulingOf = (installable: boolean | null, of: object = subject) =>
    rule(anUpdate({ installable, fixDay: TODAY }), of as typeof subject, aPolicy([], gate), TODAY).ruling
  expect([rulingOf(true), rulingOf(null), rulingOf(false), rulingOf(true, SUBJECT)]).toEqual([
    'due',
    'act',
    'act',
    'act',
  ])
})

test('when Debian calls it unimportant, then fail-on-deferred does not count; for any other reason it does', () => {
  const of = (kind: 'unimportant' | 'no-dsa') =>
    ruled(anUnfixedFinding({ debian: { kind, words: '' } }), { failOnDeferred: 'high' })
  expect(of('unimportant').ruling).toBe('deferred')
  expect(of('no-dsa')).toMatchObject({ ruling: 'act', blocks: true })
  expect(of('no-dsa').because.at(-1)).toMatchObject({
    ...{ reason: 'at-or-above', input: 'fail-on-deferred', threshold: 'high', of: null },
    rated: { severity: 'high', source: 'debian-tracker', score: null, takenFor: null },
  })
})

describe('the kernel of the host', () => {
  const aPackage = (): InstalledPackage => ({
    ...{ name: 'apt', version: '2.6.1', architecture: 'amd64', source: 'apt', sourceVersion: '2.6.1' },
    ...{ want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' },
  })
  const installed = (...names: string[]) =>
    names.map((name) => ({
      ...aPackage(),
      name,
      source: 'linux',
      version: '6.1.1-1',
      sourceVersion: '6.1.1-1',
    }))
  const headers = installed('linux-libc-dev', 'linux-headers-6.1.0-1-amd64', 'linux-doc', 'linux-doc-6.1')
  const sources = installed('linux-source-6.1', 'linux-kbuild-6.1')
  const finding = aFinding({
    package: 'linux',
    severity: 'critical',
    kev: true,
    binaries: [{ name: 'linux-libc-dev', version: '6.1.1-1', architecture: 'amd64' }],
  })
  const of = (packages: readonly InstalledPackage[] | null, one: Finding = finding) =>
    rule(one, { ...SUBJECT, packages }, aPolicy([], { failOn: 'negligible' }), TODAY)

  test('when nothing of its source is a program, then it is noted before anything else', () => {
    expect(of([...headers, ...sources, aPackage()])).toMatchObject({
      ruling: 'noted',
      blocks: false,
      because: [{ reason: 'host-kernel', packages: ['linux-libc-dev'] }],
    })
    expect(of(installed('linux-libc-dev')).ruling).toBe('noted')
    expect(becauseText(of(headers))).toBe(
      "a container uses its host's kernel, and linux-libc-dev contains no kernel program",
    )
  })

  test.each(['linux-perf', 'bpftool', 'usbip', 'linux-image-6.1.0-1-amd64', 'linux-libc-dev-amd64-cross'])(
    'when %s is installed too, then it acts, whichever packages the finding names',
    (name) => {
      expect(of([...headers, ...installed(name)]).ruling).toBe('act')
    },
  )

  test('when a kernel is installed that is signed from that source, then it acts', () => {
    const signed = {
      ...aPackage(),
      name: 'linux-image-amd64',
      source: 'linux-signed-amd64',
      sourceVersion: '6.1.1+1',
    }
    expect(of([...headers, signed]).ruling).toBe('act')
  })

  test('when the finding names a program that the database does not list, then it acts', () => {
    const perf = { name: 'linux-perf', version: '6.1.1-1', architecture: 'amd64' }
    expect(of(headers, { ...finding, binaries: [...finding.binaries, perf] }).ruling).toBe('act')
  })

  test('when what is installed is not known, or it is of another database, or another source, then it acts', () => {
    expect(of(null).ruling).toBe('act')
    expect(of([]).ruling).toBe('act')
    expect(of(headers, { ...finding, packageDb: 'srv/var/lib/dpkg/status' }).ruling).toBe('act')
    expect(of(headers, { ...finding, package: 'linux-tools' }).ruling).toBe('act')
  })

  test('when a security update of them is missing, then that acts', () => {
    expect(of(headers, anUpdate({ package: 'linux-libc-dev', source: 'linux', cves: [] })).ruling).toBe('act')
  })
})

test.each(
  Object.entries(KINDS).flatMap(([id, { check, blocks }]) =>
    check === 'security-updates' ? [[id, blocks] as const] : [],
  ),
)('when it is %s, then its row, %s, decides whether it blocks', (id, blocks) => {
  const lax = { requireRelease: 'supported', allowedBases: 'any', release: null } as const
  const strict = { requireRelease: 'stable', allowedBases: ['debian'], release: 'major' } as const
  const details = { support: 'lts', newer: ['unrar 7.1'] }
  const doesBlock = (gate: Partial<GatePolicy>) =>
    ruled(aFinding({ check: 'security-updates', id, details }), gate).blocks
  const always = ['always', 'unless-of-base', 'if-newer'].includes(blocks)
  expect([doesBlock(lax), doesBlock(strict)]).toEqual([always, blocks !== 'never'])
})

test.each([
  [{ newer: ['unrar 7.1'] }, true],
  [{ newer: ['unrar 7.1'], base: 'node:24' }, false],
  [{}, false],
])('when a package is from another release, with %j, then it blocks: %s', (details, blocks) => {
  const left = aFinding({ check: 'security-updates', id: 'other-release', details })
  expect(ruled(left, {}).blocks).toBe(blocks)
})

test('when it is a result of Docker Bench, then that is not for these rulings', () => {
  expect(() => ruled(aFinding({ check: 'docker-bench', id: '4.1' }))).toThrow(
    'only the docker-bench check can rule on its own findings',
  )
})
