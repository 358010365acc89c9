import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { aLayer, anEvidence, anImage } from '../../../support/builders.js'
import { APT, answered, codeOf, FIXED, image, OPENSSL, OS_RELEASE } from './answered.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

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
  expect(full.findings[0]).toMatchObject({ hasApt: true })
  expect(answered(evidence, small).findings[0]).toMatchObject({ hasApt: false })
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

  test('when apt would stop by the release’s own suites, then it does, whatever other sources have', () => {
    const again = installed('gzip 1', { Status: 'install reinstreq installed' })
    const source = {
      'etc/apt/sources.list.d/b.list': 'deb http://deb.debian.org/debian bookworm-backports main\n',
    }
    const evidence = archiveEvidence({ 'bookworm-backports': [stanza('gzip 1')] })
    expect(codeOf(evidence, image([APT, again], source))).toBe('apt-stops')
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

  test('when only libc6 shows the release, then its upstream version decides', () => {
    const packages = [stanza('libc6 2.36-9+deb12u15'), stanza('base-files 12.4')]
    const answerOf = (...all: readonly string[]) => {
      const answer = interpret(
        archiveEvidence({ bookworm: packages }),
        image([APT, ...all.map((one) => installed(one))]),
      )
      return answer.state === 'unanswered' ? answer.problem.what : 'answered'
    }
    expect(answerOf('libc6 2.36-9+deb12u4')).toBe('answered')
    expect(answerOf('libc6 1:2.36~rc1-1')).toBe('answered')
    expect(answerOf('libc6 2.41-12')).toBe(
      'os-release says bookworm, but libc6 2.41-12 is not from bookworm: that release has libc6 2.36-9+deb12u15',
    )
    // base-files is asked first, and the rest is then whatever it is.
    expect(answerOf('base-files 12.4', 'libc6 2.41-12')).toBe('answered')
  })

  test('when only the security suite has a witness of the release, then that is no evidence for the release', () => {
    const evidence = archiveEvidence({ 'bookworm-security': [stanza('libc6 2.36-9+deb12u15')] })
    expect(codeOf(evidence, image([APT, installed('libc6 2.41-12')]))).toBe('answered')
  })

  test('when a suite or its main component is missing, then the problem names it', () => {
    const whatFor = (change: (suites: { suite: string; indexes: object[] }[]) => object[]) => {
      const { documents, ...rest } = archiveEvidence({})
      const archive = JSON.parse(documents['archive.json'] ?? '')
      const text = JSON.stringify({ ...archive, suites: change(archive.suites) })
      const answer = interpret({ ...rest, documents: { ...documents, 'archive.json': text } }, image([APT]))
      return answer.state === 'unanswered' ? answer.problem.what : 'answered'
    }
    for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
      expect(whatFor((all) => all.filter((one) => one.suite !== suite))).toBe(
        `the suite ${suite} is missing from the evidence`,
      )
      const emptied = (all: { suite: string; indexes: object[] }[]) =>
        all.map((one) => (one.suite === suite ? { ...one, indexes: [] } : one))
      expect(whatFor(emptied)).toBe(`the component "main" of ${suite} is missing from the evidence`)
    }
  })

  test('when the evidence is of another release than the image, then nothing is compared', () => {
    const evidence = archiveEvidence({}, { codename: 'trixie' })
    const what = 'the evidence is for trixie, but the image is bookworm'
    expect(interpret(evidence, image([APT]))).toMatchObject({
      problem: { code: 'evidence-incomplete', what },
    })
  })

  test.each([
    ...['apt.conf', 'apt.conf.d', 'preferences', 'sources.list', 'sources.list.d'].map((name) => [
      ...[`etc/apt/${name}`, 'apt-config-unreadable'],
    ]),
    ['etc/apt/apt.conf.d/x', 'apt-config-unreadable'],
    ['etc/apt/apt.configuration', 'answered'],
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
