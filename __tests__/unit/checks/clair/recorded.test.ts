import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import type { Image } from '../../../../src/model/image/image.js'
import { vulnerabilitiesIn } from './builders.js'

/**
 * Recorded from Clair 4.9.0 (claircore 1.5.48): an image of one layer with odd package databases, made for this,
 * and a tracker of 14 rows. It proves that Clair errs as builders.ts and docs/findings/clair.md say.
 */
const recorded: { readonly image: Image; readonly evidence: Evidence } = JSON.parse(
  readFileSync(new URL('./recorded/odd.json', import.meta.url), 'utf8'),
)

test('when a real Clair errs, then each error is found and explained, and nothing else is', () => {
  const findings = vulnerabilitiesIn(interpret(recorded.evidence, recorded.image))
  const lines = findings.map((one) =>
    [one.package, one.version, one.id, one.packageDb, one.agreement].filter(Boolean).join(' '),
  )
  expect(lines).toEqual([
    'apt 2.6.1 CVE-2026-0005 confirmed',
    'apt 2.5.0 CVE-2026-0005 srv/root/var/lib/dpkg/status confirmed',
    'apt 2.6.1 CVE-2026-0006 confirmed',
    'apt 2.5.0 CVE-2026-0006 srv/root/var/lib/dpkg/status confirmed',
    'apt 2.6.1 CVE-2026-0007 confirmed',
    'apt 2.5.0 CVE-2026-0007 srv/root/var/lib/dpkg/status confirmed',
    'apt 2.6.1 CVE-2026-0009 confirmed',
    'apt 2.5.0 CVE-2026-0009 srv/root/var/lib/dpkg/status confirmed',
    'apt 2.5.0 CVE-2026-0010 srv/root/var/lib/dpkg/status confirmed',
    'base 1 CVE-2026-0014 missed-by-clair',
    'foo 1:1.2 CVE-2026-0003 refuted',
    'foo 1:1.2 CVE-2026-0004 confirmed',
    'half 1 CVE-2026-0011 missed-by-clair',
    'held 1 CVE-2026-0012 confirmed',
    'openssl 3.0.1-1 CVE-2026-0013 missed-by-clair',
    'util-linux 2.36.1-8 CVE-2026-0001 missed-by-clair',
  ])
  const explained = findings.flatMap(({ explanation }) => explanation ?? [])
  expect(explained).toEqual([
    'Clair found no source package for base; the source package base is at version 1, and the security tracker lists the vulnerability as open',
    'Clair compared the version of the binary package libfoo1 1.2; the source package foo is at version 1:1.2, not below the fixed version 1:1.1',
    'Clair skips half, because its dpkg status is "install ok half-configured"; the source package half is at version 1, below the fixed version 2',
    'Clair attributed libssl3 to the source package "openssl (3.0.1-1)"; the source package openssl is at version 3.0.1-1, below the fixed version 3.0.2-1',
    'Clair compared the version of the binary package bsdutils 1:2.36.1-8; the source package util-linux is at version 2.36.1-8, below the fixed version 2.36.1-8+deb11u2',
  ])
})

test("when a real Clair's report loses one package or the canary's row, then it is unanswered", () => {
  const report = recorded.evidence.documents['vulnerability-report.json'] ?? ''
  const codeOf = (changed: string) => {
    expect(changed).not.toBe(report)
    const documents = { ...recorded.evidence.documents, 'vulnerability-report.json': changed }
    const answer = interpret({ ...recorded.evidence, documents }, recorded.image)
    return answer.state === 'unanswered' ? answer.problem.code : 'answered'
  }
  expect(codeOf(report.replace('"name":"held"', '"name":"other"'))).toBe('clair-missed-packages')
  expect(codeOf(report.replaceAll('TEMP-0000000-5EA003', 'TEMP-0000000-000000'))).toBe('canary-not-found')
  expect(codeOf(report.replaceAll('"did":"debian"', '"did":"ubuntu"'))).toBe('clair-wrong-distribution')
})
