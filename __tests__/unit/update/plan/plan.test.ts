import { describe, expect, test } from '@jest/globals'
import { needlessAfter, worseAfter } from '../../../../src/update/plan/after.js'
import { plannedArgument, planOf } from '../../../../src/update/plan/plan.js'
import {
  aBinary,
  anImageVerdict,
  aRuledApplication,
  aRuledFinding,
  aVerdict,
} from '../../../support/builders.js'

const offer = aRuledFinding({
  check: 'security-updates',
  id: 'security-update',
  package: 'apt',
  version: '2.6.1',
  fixedVersion: '2.6.2+b1',
  binaries: [aBinary({ name: 'apt' })],
  blocks: true,
  ruling: 'act',
})
const cve = aRuledFinding({ id: 'CVE-2026-10001', binaries: [aBinary({ name: 'apt' }), aBinary()] })

describe('planOf', () => {
  test('when two checks ask for a package, then it is there once, with the version of the archive’s index', () => {
    const { packages, others } = planOf([anImageVerdict({ findings: [cve, offer] })])
    expect(packages.map((one) => plannedArgument(one, 'amd64'))).toEqual(['apt=2.6.2+b1', 'libapt-pkg6.0'])
    expect(packages[0]?.fixes).toEqual(['CVE-2026-10001', 'security-update'])
    expect(others).toEqual([])
  })

  test('when it is known what Debian’s update fixes, then its CVEs are named', () => {
    const known = { ...offer, cves: ['CVE-2026-20002', 'CVE-2026-10001'] }
    const { packages } = planOf([anImageVerdict({ findings: [cve, known] })])
    expect(packages[0]?.fixes).toEqual(['CVE-2026-10001', 'CVE-2026-20002', 'security-update'])
  })

  test('when a package is on hold, then it is named apart, and the rest of its source package is brought up', () => {
    const onHold = { ...offer, heldBack: { by: 'hold', text: 'it is on hold' } } as const
    const plan = planOf([anImageVerdict({ findings: [cve, onHold] })])
    expect(plan.packages.map(({ name }) => name)).toEqual(['libapt-pkg6.0'])
    expect(plan.packagesOnHold).toMatchObject([
      { name: 'apt', to: '2.6.2+b1', fixes: ['CVE-2026-10001', 'security-update'] },
    ])
  })

  test('when several verdicts ask, then the plan has the packages of all', () => {
    const other = aRuledFinding({ id: 'CVE-2026-2', binaries: [aBinary({ name: 'bash', version: '5.2' })] })
    const plan = planOf([anImageVerdict({ findings: [cve] }), anImageVerdict({ findings: [other] })])
    expect(plan.packages.map(({ name }) => name)).toEqual(['apt', 'bash', 'libapt-pkg6.0'])
  })

  test('when a finding does not block or has no fix, then no package is brought up for it', () => {
    const noted = aRuledFinding({ ruling: 'noted', blocks: false })
    const unfixed = aRuledFinding({ fixedVersion: null, installable: null })
    const notYet = aRuledFinding({ id: 'CVE-2026-3', installable: false })
    const plan = planOf([anImageVerdict({ findings: [noted, unfixed, notYet] })])
    expect(plan.packages).toEqual([])
    expect(plan.others).toEqual([unfixed, notYet])
  })

  test('when a package has a name that no archive of Debian has, then it is no word of a command', () => {
    const odd = aRuledFinding({ binaries: [aBinary({ name: 'x; reboot' })] })
    expect(planOf([anImageVerdict({ findings: [odd] })])).toMatchObject({ packages: [], others: [odd] })
  })

  test('when a package lies in another database of the image, then apt of its root is not asked for it', () => {
    const nested = aRuledFinding({ packageDb: 'srv/chroot/var/lib/dpkg/status' })
    expect(planOf([anImageVerdict({ findings: [nested] })])).toMatchObject({ packages: [], others: [nested] })
  })

  test('when a package is of a foreign architecture, then its word names it', () => {
    const foreign = aRuledFinding({ binaries: [aBinary({ name: 'libc6', architecture: 'i386' })] })
    const [one] = planOf([anImageVerdict({ findings: [foreign] })]).packages
    expect(one && plannedArgument(one, 'amd64')).toBe('libc6:i386')
  })
})

describe('worseAfter', () => {
  const before = anImageVerdict({ findings: [cve] })

  test('when the patched image blocks by nothing new, then it is not worse', () => {
    expect(worseAfter(before, before)).toEqual([])
  })

  test('when it blocks by something new, or a check is silent, then that is named', () => {
    const silent = before.checks.map((check) => ({ ...check, state: 'unanswered' as const }))
    const after = anImageVerdict({ findings: [cve, offer], checks: silent })
    expect(worseAfter(before, after)).toEqual([
      ...before.checks.map(({ check }) => `the ${check} check no longer has a result`),
      'security-updates security-update in apt now blocks',
    ])
  })
})

describe('needlessAfter', () => {
  const entry = (line: number, kind: 'unused' | 'expired' = 'unused') => ({
    kind,
    place: { file: 'policies/whitelist.yml', line },
    text: 'CVE-2026-1 in perl matches nothing any more',
  })
  const verdict = (...policyNotices: ReturnType<typeof entry>[]) => aVerdict({ policyNotices })

  test('when an entry matches nothing since the update, then its line is reported, and no other', () => {
    const after = verdict(entry(4), entry(9), entry(12, 'expired'))
    expect(needlessAfter(verdict(entry(4)), after)).toEqual([
      'policies/whitelist.yml:9 CVE-2026-1 in perl matches nothing any more',
    ])
    expect(needlessAfter(after, after)).toEqual([])
  })
})

test('when a vendor’s program blocks, then no package is planned: a person updates it', () => {
  const vendor = { title: 'nginx.org', packages: ['nginx'] }
  const nginx = aRuledApplication({ package: 'program/nginx', kind: 'bitnami', version: '1.27.3', vendor })
  const plan = planOf([anImageVerdict({ findings: [nginx] })])
  expect([plan.packages, plan.packagesOnHold, plan.others]).toEqual([[], [], [nginx]])
})
