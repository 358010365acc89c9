import { describe, expect, test } from '@jest/globals'
import { pendingOf } from '../../../../src/checks/security-updates/apt/pending.js'
import type { AptIndex } from '../../../../src/checks/security-updates/apt/state.js'
import { archiveCanaryProblem } from '../../../../src/checks/security-updates/canary.js'
import {
  debOf,
  isSecurity,
  originOf,
  updateFinding,
} from '../../../../src/checks/security-updates/updates.js'
import type { ReleaseFacts } from '../../../../src/debian/apt/preferences.js'
import { anAptState, anIndex, installed, stanza } from './apt/states.js'

const RELEASE: ReleaseFacts = {
  ...{ origin: 'Debian', label: null, suite: null, codename: null, version: null, component: 'main' },
  ...{ architecture: 'amd64', site: null },
}
const index = (
  name: string,
  packages: readonly string[],
  release: Partial<ReleaseFacts>,
  more: Partial<AptIndex> = {},
) => anIndex(name, packages, { release: { ...RELEASE, ...release }, ...more })
const SECURITY = { label: 'Debian-Security' }

/** The one pending update of `a 1`. */
function pendingIn(...indexes: readonly AptIndex[]) {
  const [pending, ...more] = pendingOf(anAptState([installed('a 1')], indexes)).pending
  if (pending === undefined || more.length > 0) {
    throw new Error('not one')
  }
  return pending
}

describe('where an update is from', () => {
  test.each<[string, Partial<ReleaseFacts>, boolean]>([
    ['the label', SECURITY, true],
    ['the suite', { suite: 'stable-security' }, true],
    ['the codename', { codename: 'bookworm-security' }, true],
    ['nothing', { label: 'Debian', suite: 'stable', codename: 'bookworm' }, false],
    ['nothing at all', {}, false],
  ])('when %s shows that an index is for security, then it is', (_, release, is) => {
    expect(isSecurity(index('x', [], release))).toBe(is)
  })

  test.each<[string, readonly AptIndex[], string]>([
    ['is in security', [index('s', [stanza('a 2')], SECURITY)], 'security'],
    [
      'is above one in security',
      [index('s', [stanza('a 2')], SECURITY), index('m', [stanza('a 3')], {})],
      'security',
    ],
    [
      'is above what is installed only',
      [index('s', [stanza('a 1')], SECURITY), index('m', [stanza('a 3')], {})],
      'point-release',
    ],
    ['is of -updates', [index('u', [stanza('a 2')], { codename: 'bookworm-updates' })], 'updates'],
    ['is of -updates, by its suite', [index('u', [stanza('a 2')], { suite: 'stable-updates' })], 'updates'],
    [
      'is of -updates and of the release',
      [index('u', [stanza('a 2')], { suite: 'stable-updates' }), index('m', [stanza('a 2')], {})],
      'point-release',
    ],
    ['is another build', [index('m', [stanza('a 1', { Depends: 'apt' })], SECURITY)], 'rebuilt'],
  ])('when the candidate %s, then so it is called', (_, indexes, origin) => {
    expect(originOf(pendingIn(...indexes))).toBe(origin)
  })

  test('when security has a version above the candidate only, then it is not one', () => {
    const hidden = index('s', [stanza('a 9')], SECURITY, { notAutomatic: true })
    expect(originOf(pendingIn(hidden, index('m', [stanza('a 2')], {})))).toBe('point-release')
  })
})

describe('the finding of an update', () => {
  const deb = { Filename: 'pool/a.deb', SHA256: 'f' }
  const archive = { archive: 'http://deb.debian.org/debian//' }

  test('when it is made, then it has all that is known', () => {
    const fields = { ...deb, Source: 'c++ (2-1)' }
    const pending = pendingIn(index('s/main amd64', [stanza('a 2', fields)], SECURITY, archive))
    const keptBack = { pending, because: 'hold', text: 'it is on hold' } as const
    const finding = {
      ...{ check: 'security-updates', id: 'security-update', cves: ['CVE-1'], package: 'a', version: '1' },
      ...{ fixedVersion: '2', installable: true, architecture: 'amd64', indexes: ['s/main amd64'] },
      ...{ binaries: [{ name: 'a', version: '1', architecture: 'amd64' }], origin: 'security' },
      links: ['https://security-tracker.debian.org/tracker/source-package/a'],
      ...{ source: 'a', sourceVersion: '1', fixedSource: 'c++', fixedSourceVersion: '2-1' },
      ...{ asConfigured: '1.5', heldBack: { by: 'hold', text: 'it is on hold' }, hasApt: true },
      deb: { url: 'http://deb.debian.org/debian/pool/a.deb', sha256: 'f' },
      ...{ aptSource: null, rebuild: null, exploited: [] },
    }
    expect(updateFinding(pending, ['CVE-1'], keptBack, '1.5')).toMatchObject(finding)
    const same = pendingIn(index('m', [stanza('a 2')], {}))
    expect(updateFinding(same, null, null, null)).toMatchObject({
      ...{
        id: 'ordinary-update',
        cves: null,
        fixedSource: null,
        heldBack: null,
        asConfigured: null,
        deb: null,
      },
    })
  })

  test('when the archive or the path of a file is not known, then the file is not', () => {
    const known = pendingIn(index('s', [stanza('a 2', deb)], {}, archive)).candidate
    expect(debOf(known)?.url).toBe('http://deb.debian.org/debian/pool/a.deb')
    expect(debOf(pendingIn(index('s', [stanza('a 2', deb)], {})).candidate)).toBeNull()
    expect(debOf({ ...known, indexes: [] })).toBeNull()
    expect(debOf(pendingIn(index('s', [stanza('a 2')], {}, archive)).candidate)).toBeNull()
  })
})

describe('updates in phases', () => {
  const id = '0'.repeat(32)
  const phased = (
    percentage: string,
    {
      apt = '2.6.1',
      release = {},
      machineId = id as string | null,
      how = 'as-apt' as 'as-apt' | 'listed',
    } = {},
  ) => {
    const indexes = [index('x', [stanza('a 2', { 'Phased-Update-Percentage': percentage })], release)]
    const { pending } = pendingOf(
      anAptState([installed(`apt ${apt}`), installed('a 1')], indexes, { machineId }),
      how,
    )
    return pending.map((one) => one.phased)
  }

  test.each([
    ['0', true],
    ['99', true],
    ['100', false],
  ])('when the archive offers one to %s percent, then it is still in phases: %s', (percentage, is) => {
    expect(phased(percentage)).toEqual([is])
  })

  test('when it is from security, or the machine has no identity, then it is for all', () => {
    expect(phased('10', { release: { suite: 'stable-security' } })).toEqual([false])
    expect(phased('10', { machineId: null })).toEqual([false])
  })

  test('when apt is older than 2.5, then it does not choose such an update, and it is pending all the same', () => {
    expect([phased('10', { apt: '2.4.9' }), phased('10', { apt: '2.5' })]).toEqual([[], [true]])
    expect(phased('10', { apt: '2.4.9', how: 'listed' })).toEqual([true])
    expect(phased('100', { apt: '2.4.9' })).toEqual([false])
  })
})

describe('the canary', () => {
  const what = (...indexes: readonly AptIndex[]) =>
    archiveCanaryProblem(anAptState([installed('a 1')], indexes))?.what ?? null
  const failed = (why: string) => `the comparison with the archive cannot be trusted: ${why}`

  test('when it is found by the indexes, then there is no problem', () => {
    expect(what(index('s', [stanza('b 1')], SECURITY))).toBeNull()
    expect(what(index('m', [stanza('b 1', { Architecture: 'all' })], {}))).toBeNull()
    // The security index has none that can be one.
    const foreign = stanza('b 1', { Architecture: 'i386' })
    expect(what(index('s', [foreign], SECURITY), index('m', [foreign, stanza('b 1')], {}))).toBeNull()
  })

  test.each<[string, readonly AptIndex[]]>([
    [failed("none of the release's indexes has a package that could serve as the canary"), []],
    [
      failed('the made-up package b 0~ was not reported as outdated, although s has 0~'),
      [index('s', [stanza('b 0~')], SECURITY)],
    ],
    [
      failed('the made-up package b 0~ was not reported as outdated, although s has 1'),
      [index('s', [stanza('b 1')], SECURITY, { notAutomatic: true })],
    ],
    [
      failed('the made-up package b 0~ was not reported as outdated, although s has 2'),
      [index('s', [stanza('b 2')], SECURITY, { notAutomatic: true }), index('m', [stanza('b 1')], {})],
    ],
  ])('when it is not, then the problem is: %s', (text, indexes) => {
    expect(what(...indexes)).toBe(text)
  })
})
