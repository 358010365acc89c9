import { describe, expect, test } from '@jest/globals'
import { anEvidence, aProblem } from '../../../support/builders.js'
import { APT, answered, codeOf, FIXED, ids, image, OPENSSL, THREE } from './answered.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

describe('what stands in the way', () => {
  const security = archiveEvidence({ 'bookworm-security': [FIXED] })
  const sources = (text: string) => image([APT, OPENSSL], { 'etc/apt/sources.list': text })

  test('when the image has no security source, then that is reported, and the update is judged all the same', () => {
    const of = sources('deb http://deb.debian.org/debian bookworm main\n')
    const { findings } = answered(security, of)
    expect(ids(findings)).toEqual(['security-update', 'no-security-source'])
    expect(findings[0]).toMatchObject({ asConfigured: null })
    expect(findings[1]).toMatchObject({
      details: { lines: expect.stringContaining('bookworm-security main'), codename: 'bookworm' },
    })
  })

  test.each([
    ['a pin', { 'etc/apt/preferences': 'Package: *\nPin: release l=Debian-Security\nPin-Priority: -1\n' }],
    ['Default-Release', { 'etc/apt/apt.conf.d/9': 'APT::Default-Release "bookworm";\n' }],
  ])('when %s hides the update, then that is told', (_, files) => {
    const packages = { bookworm: [stanza('openssl 3.0.1')], 'bookworm-security': [FIXED] }
    const { findings } = answered(archiveEvidence(packages), image([APT, OPENSSL], files))
    expect(ids(findings)).toEqual(['security-update', 'hidden-security-updates'])
  })

  test('when it reads the security suite of another release alone, then nothing is hidden: its own is missing', () => {
    const evidence = archiveEvidence({
      'bookworm-security': [FIXED],
      'bullseye-security': [stanza('openssl 3.0.0')],
    })
    const of = sources('deb http://security.debian.org/debian-security bullseye-security main\n')
    const found = ids(answered(evidence, of).findings)
    expect(found).toContain('no-security-source')
    expect(found).not.toContain('hidden-security-updates')
  })

  test('when a pin is about one package, then it hides the updates of that one alone', () => {
    const pinned = (name: string) => {
      const files = { 'etc/apt/preferences': `Package: ${name}\nPin: release *\nPin-Priority: -1\n` }
      return ids(answered(security, image([APT, OPENSSL], files)).findings)
    }
    for (const name of ['openssl', 'openssl:amd64', 'src:openssl']) {
      expect(pinned(name)).toEqual(['security-update', 'hidden-security-updates'])
    }
    for (const name of ['zlib1g', 'openssl:i386']) {
      expect(pinned(name)).toEqual(['security-update'])
    }
    // Without `src:` it is the name of the binary package.
    const lib = installed('libssl3 3.0.1', { Source: 'openssl' })
    const evidence = archiveEvidence({
      'bookworm-security': [stanza('libssl3 3.0.2', { Source: 'openssl' })],
    })
    const files = { 'etc/apt/preferences': 'Package: openssl\nPin: release *\nPin-Priority: -1\n' }
    expect(ids(answered(evidence, image([APT, lib], files)).findings)).toEqual(['security-update'])
  })

  test('when the component is updates/main, then that is reported', () => {
    const of = sources('deb http://deb.debian.org/debian-security bookworm-security updates/main\n')
    expect(ids(answered(security, of).findings)).toContain('updates-main-component')
  })

  test('when a source is a snapshot, then that is reported', () => {
    const of = sources('deb http://snapshot.debian.org/archive/debian/20250520T000000Z bookworm main\n')
    expect(ids(answered(security, of).findings)).toContain('snapshot-source')
  })

  test("when the image's own mirror is past its Valid-Until and another one gave the suite, then that is reported", () => {
    const answers = [
      { suite: 'bookworm-security', url: 'http://old.example/debian-security/', from: 'image' },
      { suite: 'bookworm-security', url: 'http://deb.debian.org/debian-security/', from: 'image' },
    ].map((one, at) => ({
      ...one,
      date: null,
      outcome: at === 0 ? 'archive-expired' : 'ok',
      detail: at === 0 ? 'old' : null,
    }))
    const evidence = archiveEvidence({ 'bookworm-security': [FIXED] }, { asked: answers })
    const old = 'deb http://me:secret@old.example/debian-security bookworm-security main\n'
    const { findings } = answered(evidence, sources(old))
    expect(ids(findings)).toEqual(['security-update', 'no-security-source', 'expired-source'])
    expect(findings[0]).toMatchObject({ asConfigured: null })
    expect(findings[1]).toMatchObject({ why: expect.stringContaining('old') })
    expect(ids(answered(evidence, sources(THREE)).findings)).toEqual(['security-update'])
    // Of the other suites there it says nothing.
    const updates = { ...answers[0], suite: 'bookworm-updates', url: 'http://deb.debian.org/debian/' }
    const one = archiveEvidence({ 'bookworm-security': [FIXED] }, { asked: [updates] })
    expect(ids(answered(one, sources(THREE)).findings)).toEqual(['security-update', 'expired-source'])
  })

  test('when a source names its suite by an alias, then it is that suite', () => {
    const { findings } = answered(security, sources(THREE.replaceAll('bookworm', 'stable')))
    expect(ids(findings)).toEqual(['security-update'])
    expect(findings[0]).toMatchObject({ asConfigured: '3.0.2' })
  })

  test('when the archive has no such suite, then it is neither a snapshot nor an old copy', () => {
    const of = sources(`${THREE}deb http://deb.debian.org/debian bookworm-backports main\n`)
    expect(answered(archiveEvidence({}), of).findings).toEqual([])
  })

  test('when sources are of another release, then that is reported; backports are of this one', () => {
    const both = archiveEvidence({ trixie: [], 'bookworm-backports': [] })
    const more = (suite: string) => sources(`${THREE}deb http://deb.debian.org/debian ${suite} main\n`)
    expect(answered(both, more('bookworm-backports')).findings).toEqual([])
    expect(answered(both, more('trixie')).findings).toMatchObject([
      { id: 'mixed-releases', details: { suites: ['trixie'] } },
    ])
  })

  test('when a source is of others, then it is named and not judged', () => {
    const of = sources(`${THREE}deb [signed-by=/k.gpg] https://apt.example.org/x stable main\n`)
    expect(answered(security, of).limits?.join('\n')).toContain(
      'third-party sources are not judged: apt.example.org stable',
    )
  })

  test.each([
    [
      { support: { state: 'end-of-life', row: { eol: '2026-01-01', eolLts: null, released: null } } },
      'stable',
      ['end-of-life'],
    ],
    [{ stable: { codename: 'trixie', from: 'archive' } }, 'oldstable', ['not-current-stable']],
    [{ stable: null }, 'stable', ['stable-not-known']],
    [{ support: { state: 'unreleased', row: null } }, 'testing', ['testing-or-unstable']],
    [{}, 'testing', ['testing-or-unstable']],
    [{}, 'unstable', ['testing-or-unstable']],
    [{ support: { state: 'unknown', row: null } }, 'stable', []],
  ])('when archive.json says %j and the archive %s, then the findings are %j', (more, own, expected) => {
    expect(ids(answered(archiveEvidence({}, more, own)).findings)).toEqual(expected)
  })

  test('when the whole release is gone from the mirrors, then that is the finding', () => {
    const problem = aProblem({ code: 'archive-release-archived' })
    const documents = { 'archived.json': JSON.stringify(problem) }
    const evidence = anEvidence({ check: 'security-updates', documents })
    expect(ids(answered(evidence).findings)).toEqual(['archived-release'])
  })

  test('when dpkg has not finished, then that is reported', () => {
    const half = installed('gzip 1', { Status: 'install ok half-configured' })
    const archive = archiveEvidence({ bookworm: [stanza('gzip 1')] })
    expect(ids(answered(archive, image([APT, half])).findings)).toEqual(['dpkg-broken'])
    // With apt in the image it is more: apt stops.
    const again = installed('gzip 1', { Status: 'install reinstreq installed' })
    expect(ids(answered(archive, image([again])).findings)).toEqual(['dpkg-broken'])
    expect(codeOf(archiveEvidence({}), image([APT, again]))).toBe('apt-stops')
  })
})
