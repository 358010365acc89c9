import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import type { PackageRecords } from '../../../../src/model/image.js'
import { aLayer, anEvidence, anImage, aProblem, someRecords } from '../../../support/builders.js'
import { withFacts } from '../../../support/facts.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

const OS_RELEASE = 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n'
const THREE = `deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
`
const APT = installed('apt 2.6.1')
const OPENSSL = installed('openssl 3.0.1')
const FIXED = stanza('openssl 3.0.2')

function image(status: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const root = {
    'etc/os-release': OS_RELEASE,
    'etc/apt/sources.list': THREE,
    'var/lib/dpkg/status': status.join(''),
    ...files,
  }
  return anImage({ layers: [aLayer({ files: root })] })
}

/** Findings and notes; fails where there is no answer. */
function answered(evidence = archiveEvidence({}), of = image([APT, OPENSSL])) {
  const answer = interpret(evidence, of)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  return { ...answer, findings: withFacts(answer.findings) }
}

function codeOf(evidence = archiveEvidence({}), of = image([APT, OPENSSL])): string {
  const answer = interpret(evidence, of)
  return answer.state === 'unanswered' ? answer.problem.code : 'answered'
}

const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id)

describe('mirrors', () => {
  const answerOf = (suite: string, host: string, date: string | null) => ({
    suite,
    url: `http://${host}/debian/`,
    from: 'machine',
    date,
    outcome: date === null ? 'http-timeout' : 'ok',
    detail: null,
  })

  test.each([
    ['2026-11-16T01:00:00.000Z', '7 days'],
    ['2026-11-22T01:00:00.000Z', '1 day'],
    ['2026-11-22T23:09:33.000Z', '3 hours'],
    ['2026-11-23T02:09:30.000Z', '1 minute'],
  ])('when one is of %s, then a note says that it is %s behind', (date, span) => {
    const all = [
      answerOf('bookworm', 'one', '2026-11-23T02:09:33.000Z'),
      answerOf('bookworm', 'two', date),
      answerOf('bookworm', 'three', null),
    ]
    expect(answered(archiveEvidence({}, { asked: all })).notes).toContain(
      `mirrors differ; the newest copy is used: bookworm: http://two/debian/ is ${span} behind`,
    )
  })

  test('when all that answered are of one date, then there is no such note', () => {
    const all = [answerOf('bookworm', 'one', '2026-11-23T02:09:33.000Z'), answerOf('bookworm', 'three', null)]
    expect(answered(archiveEvidence({}, { asked: all })).notes.join()).not.toContain('mirrors differ')
  })

  test('when the image names one that was not asked, then a note says how it would be', () => {
    const unused = ['http://mirror.example/debian/']
    expect(answered(archiveEvidence({}, { notAsked: unused })).limits).toContain(
      'http://mirror.example/debian/ was not contacted, because only the image names it (to use it, set debian-mirror or debian-security-mirror to this URL)',
    )
  })
})

describe('updates', () => {
  test('when nothing is newer, then there is no finding', () => {
    expect(answered().findings).toEqual([])
  })

  test('when security has a fix, then it is a security update with all that is known', () => {
    const { findings, notes } = answered(archiveEvidence({ 'bookworm-security': [FIXED] }))
    expect(findings).toMatchObject([
      {
        check: 'security-updates',
        id: 'security-update',
        package: 'openssl',
        version: '3.0.1',
        fixedVersion: '3.0.2',
        installable: true,
        severity: 'unknown',
        facts: { kind: 'security', indexes: 'bookworm-security/main amd64', asConfigured: '3.0.2' },
      },
    ])
    expect(notes.join()).not.toContain('apt-get install')
  })

  test.each([
    ['bookworm', 'ordinary-update', 'point-release'],
    ['bookworm-updates', 'ordinary-update', 'updates'],
    ['bookworm-security', 'security-update', 'security'],
  ])('when only %s has a newer version, then it is an %s (%s)', (suite, id, kind) => {
    expect(answered(archiveEvidence({ [suite]: [FIXED] })).findings).toMatchObject([{ id, facts: { kind } }])
  })

  test('when a point release came after a security update, then it is still one', () => {
    const packages = { bookworm: [stanza('openssl 3.0.9')], 'bookworm-security': [FIXED] }
    expect(answered(archiveEvidence(packages)).findings).toMatchObject([
      { id: 'security-update', fixedVersion: '3.0.9', facts: { kind: 'security' } },
    ])
  })

  test('when security holds only what is installed or older, then it is none', () => {
    const packages = { bookworm: [FIXED], 'bookworm-security': [stanza('openssl 3.0.1')] }
    expect(answered(archiveEvidence(packages)).findings).toMatchObject([{ facts: { kind: 'point-release' } }])
  })

  test('when the archive has another build, then it is no security update', () => {
    const other = stanza('openssl 3.0.1', { Depends: 'apt' })
    expect(answered(archiveEvidence({ bookworm: [other] })).findings).toMatchObject([
      { id: 'ordinary-update', facts: { kind: 'rebuilt' } },
    ])
  })

  test('when apt would hold it back, then the reason is reported', () => {
    const packages = { 'bookworm-security': [stanza('openssl 3.0.2', { Depends: 'libnew' })] }
    expect(answered(archiveEvidence(packages)).findings[0]?.facts.heldBack).toBe('Depends: libnew')
  })

  test('when a version is above every index, then nobody is known to support it', () => {
    const { findings } = answered(archiveEvidence({ bookworm: [stanza('openssl 3.0.0')] }))
    expect(findings).toMatchObject([{ id: 'no-security-support', package: 'openssl', version: '3.0.1' }])
  })
})

test('when an image has status.d and neither apt nor sources, then it gets the answer of its full twin', () => {
  const lacking = installed('libssl3 3.0.1', { Depends: 'debconf' })
  const evidence = archiveEvidence({ 'bookworm-security': [FIXED, stanza('libssl3 3.0.2')] })
  const withoutStatus = (text: string) => text.replace(/^Status:.*\n/m, '')
  const small = anImage({
    layers: [
      aLayer({
        files: {
          'etc/os-release': OS_RELEASE,
          'var/lib/dpkg/status.d/openssl': withoutStatus(OPENSSL),
          'var/lib/dpkg/status.d/libssl3': withoutStatus(lacking),
        },
      }),
    ],
  })
  const short = ({ findings }: { findings: readonly Finding[] }) =>
    findings.map(({ id, package: name, version, fixedVersion }) => [id, name, version, fixedVersion])
  const full = answered(evidence, image([APT, OPENSSL, installed('debconf 1'), lacking]))
  expect(short(answered(evidence, small))).toEqual(short(full))
  expect(full.findings).toHaveLength(2)
  expect([full, answered(evidence, small)].map((one) => one.findings[0]?.facts.apt)).toEqual([
    undefined,
    'none',
  ])
})

describe('the CVEs of an update', () => {
  const row = (fixed_version: string | undefined, status = 'resolved') => ({
    releases: {
      bookworm: {
        status,
        urgency: 'not yet assigned',
        ...(fixed_version === undefined ? {} : { fixed_version }),
      },
    },
  })
  const ROWS = {
    openssl: {
      'CVE-2026-0001': row('3.0.1'),
      'CVE-2026-0002': row('3.0.1+deb12u1'),
      'CVE-2026-0003': row('3.0.2'),
      'CVE-2026-0004': row('3.0.3'),
      'CVE-2026-0005': row(undefined, 'open'),
      'CVE-2026-0006': row('0'),
      'TEMP-0000000-ABCDEF': row('3.0.2'),
    },
  }
  const withRows = (rows: unknown, packages = { 'bookworm-security': [FIXED] }) => {
    const evidence = archiveEvidence(packages)
    return { ...evidence, documents: { ...evidence.documents, 'tracker.json': JSON.stringify(rows) } }
  }

  test('when the tracker has them, then those above the installed version and not above the candidate count', () => {
    expect(answered(withRows(ROWS)).findings[0]?.cves).toEqual(['CVE-2026-0002', 'CVE-2026-0003'])
  })

  test('when a binary has a version of its own, then its source package decides', () => {
    const own = installed('libssl3 9:1', { Source: 'openssl (3.0.1)' })
    const next = stanza('libssl3 9:2', { Source: 'openssl (3.0.2)' })
    const found = answered(withRows(ROWS, { 'bookworm-security': [next] }), image([APT, own])).findings
    expect(found[0]?.cves).toEqual(['CVE-2026-0002', 'CVE-2026-0003'])
  })

  test('when the tracker has none for it, then there is none', () => {
    expect(answered(withRows({ apt: ROWS.openssl })).findings[0]?.cves).toEqual([])
  })

  test('when there is not a tracker, or the candidate is of another source package, then they are not known', () => {
    expect(answered(archiveEvidence({ 'bookworm-security': [FIXED] })).findings[0]?.cves).toBeNull()
    const other = stanza('openssl 3.0.2', { Source: 'openssl3' })
    expect(answered(withRows(ROWS, { 'bookworm-security': [other] })).findings[0]?.cves).toBeNull()
  })

  test('when the tracker could not be had, then a note says why, and the updates are found', () => {
    const evidence = archiveEvidence({ 'bookworm-security': [FIXED] })
    const problem = JSON.stringify(aProblem({ what: 'the server answered 503' }))
    const { findings, limits } = answered({
      ...evidence,
      documents: { ...evidence.documents, 'tracker-problem.json': problem },
    })
    expect(ids(findings)).toEqual(['security-update'])
    expect(limits).toContain('the CVEs that the updates fix are not known: the server answered 503')
  })
})

describe('the base', () => {
  const answerOf = (diffIds: readonly string[]) => ({
    reference: 'docker.io/library/debian:bookworm',
    reason: 'allowed',
    outcome: 'ok',
    detail: null,
    digest: null,
    manifest: null,
    created: null,
    diffIds,
  })
  const withBase = (text: string) => {
    const evidence = archiveEvidence({})
    return { ...evidence, documents: { ...evidence.documents, 'base.json': text } }
  }

  test('when base.json has its layers, then the answer and a note name the base', () => {
    const of = image([APT, OPENSSL])
    const diffIds = of.layers.map(({ diffId }) => diffId)
    const { base, notes } = answered(withBase(JSON.stringify({ asked: [answerOf(diffIds)], atHand: [] })), of)
    expect(base).toMatchObject({ name: 'docker.io/library/debian:bookworm', restsOn: 'layers' })
    expect(notes.join()).toContain('built on debian:bookworm: the image begins with the layers')
  })

  test('when evidence has no base.json, then it is not known', () => {
    expect(answered().base).toMatchObject({ name: null, restsOn: 'nothing', movedOn: null })
  })

  test('when base.json is damaged, then there is no answer', () => {
    expect(codeOf(withBase('{'))).toBe('evidence-incomplete')
  })
})

describe('what stands in the way', () => {
  const security = archiveEvidence({ 'bookworm-security': [FIXED] })
  const sources = (text: string) => image([APT, OPENSSL], { 'etc/apt/sources.list': text })

  test('when the image has no security source, then that is reported, and the update is judged all the same', () => {
    const of = sources('deb http://deb.debian.org/debian bookworm main\n')
    const { findings } = answered(security, of)
    expect(ids(findings)).toEqual(['security-update', 'no-security-source'])
    expect(findings[0]?.facts.asConfigured).toBe('not offered')
    expect(findings[1]?.facts.lines).toContain('bookworm-security main')
    expect(findings[1]?.facts.codename).toBe('bookworm')
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
    expect(findings[0]?.facts.asConfigured).toBe('not offered')
    expect(findings[1]?.facts.why).toContain('old')
    expect(ids(answered(evidence, sources(THREE)).findings)).toEqual(['security-update'])
    // Of the other suites there it says nothing.
    const updates = { ...answers[0], suite: 'bookworm-updates', url: 'http://deb.debian.org/debian/' }
    const one = archiveEvidence({ 'bookworm-security': [FIXED] }, { asked: [updates] })
    expect(ids(answered(one, sources(THREE)).findings)).toEqual(['security-update', 'expired-source'])
  })

  test('when a source names its suite by an alias, then it is that suite', () => {
    const { findings } = answered(security, sources(THREE.replaceAll('bookworm', 'stable')))
    expect(ids(findings)).toEqual(['security-update'])
    expect(findings[0]?.facts.asConfigured).toBe('3.0.2')
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
      { id: 'mixed-releases', facts: { suites: 'trixie' } },
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

describe('no answer', () => {
  test.each(['archived.json', 'tracker-problem.json'])(
    'when %s is not as it was written, then the evidence is to be collected again',
    (name) => {
      for (const text of ['', '{', '{}', 'null', '{"what": 1}']) {
        const { documents } = archiveEvidence({})
        const evidence = anEvidence({ check: 'security-updates', documents: { ...documents, [name]: text } })
        expect(interpret(evidence, image([APT, OPENSSL]))).toMatchObject({
          state: 'unanswered',
          problem: { code: 'evidence-incomplete', where: name },
        })
      }
    },
  )

  test.each([
    ['a malformed source', { 'etc/apt/sources.list.d/x.list': 'deb http://x.example bookworm\n' }],
    ['a pin of priority 0', { 'etc/apt/preferences': 'Package: *\nPin: release *\nPin-Priority: 0\n' }],
    ['a Default-Release that is nowhere', { 'etc/apt/apt.conf': 'APT::Default-Release "sarge";\n' }],
  ])('when apt would stop at %s, then we say so', (_, files) => {
    expect(codeOf(archiveEvidence({}), image([APT, OPENSSL], files))).toBe('apt-stops')
  })

  test('when an installed package lacks a dependency, then apt would stop', () => {
    expect(codeOf(archiveEvidence({}), image([APT, installed('a 1', { Depends: 'gone' })]))).toBe('apt-stops')
  })

  test('when a document is missing, then the evidence is incomplete', () => {
    const { documents, ...rest } = archiveEvidence({})
    const { 'packages-2.txt': _, ...fewer } = documents
    expect(codeOf({ ...rest, documents: fewer })).toBe('evidence-incomplete')
    expect(codeOf({ ...rest, documents: {} })).toBe('evidence-incomplete')
    expect(codeOf({ ...rest, documents: { 'archive.json': '{' } })).toBe('evidence-incomplete')
  })

  test('when the security suite is missing, then the evidence is incomplete', () => {
    expect(codeOf(archiveEvidence({}, { suites: [] }))).toBe('evidence-incomplete')
    const { documents, ...rest } = archiveEvidence({})
    const contrib = (documents['archive.json'] ?? '').replaceAll(
      '"component":"main"',
      '"component":"contrib"',
    )
    expect(codeOf({ ...rest, documents: { ...documents, 'archive.json': contrib } })).toBe(
      'evidence-incomplete',
    )
  })

  test('when an index is cut short, then it is refused', () => {
    const evidence = archiveEvidence({ bookworm: ['Package: a\nVersion'] })
    expect(codeOf(evidence)).toBe('archive-index-broken')
  })

  test('when the evidence is about another release, then it is refused', () => {
    expect(codeOf(archiveEvidence({}, { codename: 'trixie' }))).toBe('evidence-incomplete')
  })

  test('when os-release lies about the release, then nothing is compared', () => {
    const evidence = archiveEvidence({ bookworm: [stanza('base-files 12.4+deb12u15')] })
    expect(codeOf(evidence, image([APT, installed('base-files 13.8')]))).toBe('release-mismatch')
    expect(codeOf(evidence, image([APT, installed('base-files 12.4+deb12u5')]))).toBe('answered')
    // A release counts its own updates behind the dot, as long as it is in the making.
    expect(codeOf(evidence, image([APT, installed('base-files 12.1')]))).toBe('answered')
    expect(codeOf(archiveEvidence({}), image([APT, installed('base-files 13.8')]))).toBe('answered')
  })

  test('when the evidence is of another release than the image, then nothing is compared', () => {
    const evidence = archiveEvidence({}, { codename: 'trixie' })
    const what = 'the evidence is for trixie, but the image is bookworm'
    expect(interpret(evidence, image([APT]))).toMatchObject({
      problem: { code: 'evidence-incomplete', what },
    })
  })

  test.each([
    ['etc/apt/preferences.d', 'apt-config-unreadable'],
    ['etc/apt/sources.list.d/x.list', 'apt-config-unreadable'],
    ['etc/apt', 'apt-config-unreadable'],
    ['etc', 'apt-config-unreadable'],
    ['etc/apt/keyrings', 'answered'],
    ['etc/ssl', 'answered'],
  ])('when %s is behind a link, then the answer is: %s', (path, code) => {
    const layer = aLayer({
      files: { 'etc/os-release': OS_RELEASE, 'var/lib/dpkg/status': APT },
      unreadable: { [path]: 'a link' },
    })
    expect(codeOf(archiveEvidence({}), anImage({ layers: [layer] }))).toBe(code)
  })
})

describe('the package database', () => {
  const databaseOf = (status: readonly string[], records: Partial<PackageRecords>) =>
    anImage({ layers: image(status).layers.map((layer) => ({ ...layer, records: someRecords(records) })) })
  const lists = (...names: string[]) => names.map((name) => `info/${name}.list`)
  const doubt = ({ findings }: ReturnType<typeof answered>) =>
    findings.find(({ id }) => id === 'package-database-doubtful')

  test('when it fits, or nobody has looked, then that is noted and there is no finding', () => {
    const { findings, notes } = answered(
      archiveEvidence({}),
      databaseOf([APT, OPENSSL], { holds: lists('apt', 'openssl') }),
    )
    expect(findings).toEqual([])
    expect(notes).toContain("the package database matches dpkg's file lists, which cover 2 of 2 packages")
    const { limits: none } = answered(archiveEvidence({}), databaseOf([APT, OPENSSL], {}))
    expect(none?.join()).toContain('dpkg has file lists for 0 of 2 packages')
    expect(answered().limits?.join()).toContain('the package database was not compared with the image')
  })

  test('when it does not fit, then the finding names what and which packages', () => {
    const found = answered(archiveEvidence({}), databaseOf([APT], { holds: lists('apt', 'bash', 'curl') }))
    expect(doubt(found)).toMatchObject({
      check: 'security-updates',
      layer: null,
      facts: {
        packages: 'bash, curl',
        why: "dpkg's list of installed packages does not match the image: dpkg has file lists for 2 packages (bash, curl), but its status file does not list them as installed",
      },
    })
    expect(found.notes).toContain('the package database does not match the image (left-behind)')
  })

  test('when many do not fit, then the sentence names the first of them, and the facts all', () => {
    const names = Array.from({ length: 12 }, (_, at) => `p${String.fromCharCode(97 + at)}`)
    const { facts } =
      doubt(answered(archiveEvidence({}), databaseOf([APT], { holds: lists('apt', ...names) }))) ?? {}
    expect(facts?.why).toContain('12 packages (pa, pb, pc, pd, pe, pf, pg, ph and 4 more)')
    expect(facts?.packages).toBe(names.join(', '))
  })

  test('when a changelog is older than its package, then that counts where the release has the package', () => {
    const records = { holds: lists('apt', 'openssl'), changelogs: { openssl: 'openssl 3.0.0' } }
    const of = databaseOf([APT, OPENSSL], records)
    expect(
      doubt(answered(archiveEvidence({ bookworm: [stanza('openssl 3.0.1')] }), of))?.facts,
    ).toMatchObject({
      packages: 'openssl',
      why: expect.stringContaining(
        'the changelogs of 1 package (openssl) are older than the versions in the status file',
      ),
    })
    // Another's build of it is above all indexes, or in none.
    expect(doubt(answered(archiveEvidence({ bookworm: [stanza('openssl 2.0')] }), of))).toBeUndefined()
    const own = { holds: lists('apt', 'acme'), changelogs: { acme: 'acme 3.0.0' } }
    expect(
      doubt(answered(archiveEvidence({}), databaseOf([APT, installed('acme 3.0.1')], own))),
    ).toBeUndefined()
  })

  describe('when most packages are above every version of the release', () => {
    const names = Array.from({ length: 12 }, (_, at) => `lib${at}`)
    const status = names.map((name) => installed(`${name} 5`))
    const index = (above: number) =>
      archiveEvidence({ bookworm: names.map((name, at) => stanza(`${name} ${at < above ? 4 : 5}`)) })

    test('then it is another release than it says', () => {
      expect(doubt(answered(index(7), databaseOf(status, {})))?.facts.why).toContain(
        "the installed versions of 7 packages (lib0, lib1, lib2, lib3, lib4, lib5, lib6) are newer than every version in the release that the image's os-release file names",
      )
    })

    test('then apt may stop for it, and it is reported next to that', () => {
      const broken = [...status, installed('apt 1'), installed('a 1', { Depends: 'lib0 (= 4)' })]
      const doubtful = {
        id: 'package-database-doubtful',
        details: { packages: names.slice(0, 7), lines: null },
      }
      expect(interpret(index(7), databaseOf(broken, {}))).toMatchObject({
        state: 'unanswered',
        problem: { code: 'apt-stops' },
        otherFindings: [doubtful],
      })
      expect(interpret(index(0), databaseOf(broken, {}))).toMatchObject({
        problem: { code: 'apt-stops' },
        otherFindings: [],
      })
    })

    test('then half of them, or a few packages, say nothing', () => {
      expect(doubt(answered(index(6), databaseOf(status, {})))).toBeUndefined()
      const few = archiveEvidence({ bookworm: names.slice(0, 9).map((name) => stanza(`${name} 4`)) })
      expect(doubt(answered(few, databaseOf(status, {})))).toBeUndefined()
    })
  })
})
