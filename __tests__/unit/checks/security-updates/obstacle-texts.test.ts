import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { aSource } from '../../../support/builders.js'
import { APT, FIXED, image, OPENSSL, THREE } from './answered.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

/** The answer as it is judged: findings with their sentences and details. */
function answerTo(evidence: Evidence, of = image([APT, OPENSSL])) {
  const answer = interpret(evidence, of)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  return answer
}

function obstaclesIn(evidence: Evidence, of = image([APT, OPENSSL])) {
  const isObstacle = (one: Finding) => 'details' in one
  return answerTo(evidence, of)
    .findings.filter(isObstacle)
    .map((one) => ('details' in one ? [one.id, one.why, one.details] : []))
}

const sources = (text: string, files: Readonly<Record<string, string>> = {}) =>
  image([APT, OPENSSL], { 'etc/apt/sources.list': text, ...files })
const MAIN = 'deb http://deb.debian.org/debian bookworm main\n'

describe('the support of the release', () => {
  const row = { eol: '2026-01-01', eolLts: null, released: null }
  const DATES = { codename: 'trixie', from: 'archive' }
  test.each<[object, string, unknown[]]>([
    [
      {},
      'testing',
      [
        'testing-or-unstable',
        'bookworm is testing, so Debian does not give it the security support of a stable release',
        { suite: 'testing' },
      ],
    ],
    [
      {},
      'experimental',
      [
        'testing-or-unstable',
        'bookworm is experimental, so Debian does not give it the security support of a stable release',
        { suite: 'experimental' },
      ],
    ],
    [
      { support: { codename: 'bookworm', state: 'end-of-life', row } },
      'stable',
      [
        'end-of-life',
        "Debian's support for bookworm ended on 2026-01-01",
        { end: '2026-01-01', stable: 'Debian 12 (bookworm)' },
      ],
    ],
    [
      { support: { codename: 'bookworm', state: 'end-of-life', row: { ...row, eolLts: '2026-02-02' } } },
      'stable',
      [
        'end-of-life',
        "Debian's support for bookworm ended on 2026-02-02",
        { end: '2026-02-02', stable: 'Debian 12 (bookworm)' },
      ],
    ],
    [
      { support: { codename: 'bookworm', state: 'end-of-life', row: null } },
      'stable',
      [
        'end-of-life',
        "Debian's support for bookworm ended on unknown",
        { end: 'unknown', stable: 'Debian 12 (bookworm)' },
      ],
    ],
    [
      { stable: null },
      'stable',
      [
        'stable-not-known',
        "neither the archive nor Debian's list of releases shows which release is the current stable one",
        {},
      ],
    ],
    [
      { stable: DATES },
      'oldstable',
      [
        'not-current-stable',
        'bookworm is not the current stable release, which is trixie',
        { stable: 'trixie', saysSo: 'archive', support: 'supported', end: null },
      ],
    ],
    [
      { stable: DATES, support: { codename: 'bookworm', state: 'lts', row } },
      'oldstable',
      [
        'not-current-stable',
        'bookworm is not the current stable release, which is trixie',
        { stable: 'trixie', saysSo: 'archive', support: 'lts', end: '2026-01-01' },
      ],
    ],
  ])('when archive.json says %j, and the archive %s, then it is said so', (more, own, obstacle) => {
    expect(obstaclesIn(archiveEvidence({}, more as never, own))).toEqual([obstacle])
  })

  test('when the archive does not say what the release is, then the list of releases does', () => {
    const unnamed = (state: string) => {
      const { documents, ...rest } = archiveEvidence(
        {},
        { support: { codename: 'bookworm', state, row: null } },
      )
      const archive = JSON.parse(documents['archive.json'] ?? '')
      archive.suites[0].release.suite = null
      return obstaclesIn({ ...rest, documents: { ...documents, 'archive.json': JSON.stringify(archive) } })
    }
    expect(unnamed('unreleased')).toEqual([
      [
        'testing-or-unstable',
        'bookworm is not released, so Debian does not give it the security support of a stable release',
        { suite: 'unreleased' },
      ],
    ])
    expect(unnamed('unknown')).toEqual([
      ['unknown-release', "bookworm is not in Debian's list of releases", {}],
    ])
    const released = { support: { codename: 'bookworm', state: 'unreleased', row: null } }
    expect(obstaclesIn(archiveEvidence({}, released, 'stable'))).toEqual([])
  })

  test('when the mirrors no longer have the files of updates, then how many is said', () => {
    const support = { codename: 'bookworm', state: 'end-of-life', row }
    const deb = (name: string) => ({ Filename: `pool/${name}.deb`, SHA256: 'f' })
    const packages = { bookworm: [stanza('openssl 3.0.2', deb('openssl')), stanza('apt 2.7', deb('apt'))] }
    const { documents, ...rest } = archiveEvidence(packages, { support })
    const url = 'http://deb.debian.org/debian/pool/openssl.deb'
    const pool = (...more: readonly object[]) => {
      const answers = [{ url, state: 'gone', detail: 'it said 404' }, ...more]
      return { ...rest, documents: { ...documents, 'pool.json': JSON.stringify(answers) } }
    }
    const present = { url: 'http://deb.debian.org/debian/pool/apt.deb', state: 'there', detail: null }
    const unknown = {
      url: 'http://deb.debian.org/debian/pool/x.deb',
      state: 'unknown',
      detail: 'it said 500',
    }
    const answerOf = (evidence: Evidence) => [
      answerTo(evidence).notes.find((one) => one.startsWith('support for')),
      obstaclesIn(evidence)[0]?.[1],
    ]
    const ended = "Debian's support for bookworm ended on 2026-01-01"
    const files = 'and the mirrors no longer have the files for'
    const note = 'support for the release has ended; update files:'
    expect(answerOf(pool(present, unknown))).toEqual([
      `${note} 3 in total, 1 still on the mirrors, 1 gone, 1 could not be checked`,
      `${ended}, ${files} 1 of its 2 updates`,
    ])
    // A file that was not asked for is gone as all others of its archive are.
    expect(answerOf(pool())).toEqual([
      `${note} 1 in total, 0 still on the mirrors, 1 gone`,
      `${ended}, ${files} 2 of its 2 updates`,
    ])
    expect(answerOf(pool(unknown))[1]).toBe(`${ended}, ${files} 1 of its 2 updates`)
    expect(answerTo(archiveEvidence({})).notes.join()).not.toContain('support for')
  })
})

describe('the sources of the image', () => {
  const lines = 'RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*'
  const noSource = (why: string) => [
    'no-security-source',
    `apt in this image gets nothing from bookworm-security: ${why}`,
    { codename: 'bookworm', lines: expect.stringContaining(lines) },
  ]
  const oldCopy = (suite: string, url: string) => ({
    ...{ suite, url, from: 'image', date: null, outcome: 'archive-expired', detail: 'it is 40 days old' },
  })
  const SECURITY = 'deb http://deb.debian.org/debian-security bookworm-security main\n'

  test('when none of them is for security updates, then the reason is the first that applies', () => {
    expect(obstaclesIn(archiveEvidence({}), sources(MAIN))).toEqual([
      noSource("none of the image's apt sources includes this suite"),
    ])
    expect(obstaclesIn(archiveEvidence({}), sources(''))).toEqual([noSource('the image has no apt source')])
    const snapshot = 'deb http://snapshot.debian.org/archive/debian/20250520T000000Z/ bookworm main\n'
    const never = 'a snapshot of the archive never gets updates'
    const old = [
      'snapshot-source',
      `etc/apt/sources.list: source bookworm: ${never}`,
      { file: 'etc/apt/sources.list' },
    ]
    expect(obstaclesIn(archiveEvidence({}), sources(snapshot + snapshot))).toEqual([noSource(never), old])
    const expired = archiveEvidence(
      {},
      {
        asked: [oldCopy('bookworm-security', 'http://deb.debian.org/debian-security/')],
      },
    )
    expect(obstaclesIn(expired, sources(snapshot + SECURITY))).toEqual([
      noSource('it is 40 days old'),
      old,
      [
        'expired-source',
        'etc/apt/sources.list: security source bookworm-security: it is 40 days old',
        { file: 'etc/apt/sources.list' },
      ],
    ])
  })

  test('when an old copy is of another suite, then it is no reason for a missing security source', () => {
    const expired = archiveEvidence({}, { asked: [oldCopy('bookworm', 'http://deb.debian.org/debian/')] })
    expect(obstaclesIn(expired, sources(MAIN))[0]).toEqual(
      noSource("none of the image's apt sources includes this suite"),
    )
  })

  test('when the image has no apt, then its sources do not matter', () => {
    expect(obstaclesIn(archiveEvidence({}), image([OPENSSL], { 'etc/apt/sources.list': '' }))).toEqual([])
  })

  test('when a component is written as in the security archive, then the right one is named', () => {
    const of = sources(
      `${THREE}deb http://deb.debian.org/debian-security bookworm-security updates/contrib\n`,
    )
    expect(obstaclesIn(archiveEvidence({}), of)).toEqual([
      [
        'updates-main-component',
        'etc/apt/sources.list: security source bookworm-security specifies the component "updates/contrib", which selects no packages; write "contrib" instead',
        { file: 'etc/apt/sources.list' },
      ],
    ])
  })

  test('when sources are of other releases, then each suite is named once', () => {
    const evidence = archiveEvidence({ trixie: [], 'trixie-security': [], 'bookworm-backports': [] })
    const more = ['trixie', 'bookworm-backports'].map(
      (one) => `deb http://deb.debian.org/debian ${one} main\n`,
    )
    const security = 'deb http://deb.debian.org/debian-security trixie-security main\n'
    expect(obstaclesIn(evidence, sources(THREE + more.join('') + security + more.join('')))).toEqual([
      [
        'mixed-releases',
        'the image has apt sources for releases other than bookworm: trixie, trixie-security',
        { suites: ['trixie', 'trixie-security'] },
      ],
    ])
  })

  test('when a source is of others, then it is not judged, and named once', () => {
    const others = ['x', 'y'].map((suite) => `deb [signed-by=/k.gpg] https://a.example/d ${suite} main\n`)
    const { limits } = answerTo(archiveEvidence({}), sources(THREE + others.join('') + others.join('')))
    expect(limits).toContain('third-party sources are not judged: a.example x, a.example y')
  })
})

describe('updates that are hidden', () => {
  const packages = {
    bookworm: [stanza('openssl 3.0.1'), stanza('zlib1g 1')],
    'bookworm-security': [FIXED, stanza('zlib1g 2')],
  }
  const hidden = (files: Readonly<Record<string, string>>) =>
    obstaclesIn(archiveEvidence(packages), image([APT, OPENSSL, installed('zlib1g 1')], files))
  const pin = (name: string) => `Package: ${name}\nPin: release l=Debian-Security\nPin-Priority: -1\n`
  const reads = 'apt in this image reads the security suite, but'
  const conf = { 'etc/apt/apt.conf': 'APT::Default-Release "bookworm";\n' }

  test.each<[string, Readonly<Record<string, string>>, unknown[]]>([
    [
      'a pin',
      { 'etc/apt/preferences': pin('openssl') },
      [`${reads} 1 of the suite's updates is hidden by apt's preferences`, { packages: ['openssl'] }],
    ],
    [
      'Default-Release',
      conf,
      [
        `${reads} 2 of the suite's updates are hidden by apt's Default-Release bookworm`,
        { packages: ['openssl', 'zlib1g'] },
      ],
    ],
    [
      'both',
      { ...conf, 'etc/apt/preferences': pin('*') },
      [
        `${reads} 2 of the suite's updates are hidden by apt's preferences and Default-Release bookworm`,
        { packages: ['openssl', 'zlib1g'] },
      ],
    ],
  ])('when it is by %s, then that is named', (_, files, [why, details]) => {
    expect(hidden(files)).toEqual([['hidden-security-updates', why, details]])
  })

  test('when a pin offers a part of an update only, then it is hidden too', () => {
    const more = { ...packages, 'bookworm-updates': [stanza('openssl 3.0.1+u1')] }
    const of = image([APT, OPENSSL], { 'etc/apt/preferences': pin('openssl') })
    expect(obstaclesIn(archiveEvidence(more), of)).toEqual([
      [
        'hidden-security-updates',
        `${reads} 1 of the suite's updates is hidden by apt's preferences`,
        { packages: ['openssl'] },
      ],
    ])
  })
})

test('when dpkg has not finished many packages, then ten are named, and all in the details', () => {
  const broken = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `p${String.fromCharCode(97 + at)}`)
    const status = names.map((name, at) => {
      const state = ['half-installed', 'unpacked', 'half-configured'][at % 3]
      return installed(`${name} 1`, { Status: `install ok ${state}` })
    })
    const evidence = archiveEvidence({ bookworm: names.map((name) => stanza(`${name} 1`)) })
    return obstaclesIn(evidence, image([...status.toReversed(), OPENSSL]))[0]
  }
  const texts = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const state = ['half-installed', 'unpacked', 'half-configured'][at % 3]
      return `p${String.fromCharCode(97 + at)} (ok ${state})`
    })
  const why = `dpkg has not finished processing ${texts(10).join(', ')}`
  expect(broken(10)).toEqual(['dpkg-broken', why, { packages: texts(10) }])
  expect(broken(11)).toEqual(['dpkg-broken', `${why} …`, { packages: texts(11) }])
})

describe('notes about the updates', () => {
  test('when some are not offered and some are held back, then each is counted, with the data’s date', () => {
    const packages = {
      bookworm: [stanza('apt 2.7')],
      'bookworm-security': [stanza('openssl 3.0.2', { Depends: 'gone' })],
    }
    const { documents, ...rest } = archiveEvidence(packages)
    const tracker = JSON.stringify({
      openssl: {
        'CVE-2026-1001': {
          releases: { bookworm: { status: 'resolved', fixed_version: '3.0.2', urgency: 'low' } },
        },
      },
    })
    const source = aSource({ name: 'debian-security-tracker', date: null })
    const evidence = { ...rest, documents: { ...documents, 'tracker.json': tracker }, sources: [source] }
    expect(answerTo(evidence, sources(MAIN)).notes.slice(0, 3)).toEqual([
      'security updates: 1, other updates: 1; apt in this image, as configured, would offer 0 of the security updates',
      'CVEs fixed by the updates: 1, according to security tracker data from an unknown date',
      'held back by apt-get upgrade: openssl (Depends: gone); to install them, packages might have to be removed or added',
    ])
    const dated = {
      ...evidence,
      sources: [aSource({ name: 'other' }), { ...source, date: '2026-11-24T00:00:00Z' }],
    }
    expect(answerTo(dated).notes.slice(0, 2)).toEqual([
      'security updates: 1, other updates: 1; apt in this image, as configured, would offer 1 of the security updates',
      'CVEs fixed by the updates: 1, according to security tracker data from 2026-11-24T00:00:00Z',
    ])
  })

  test.each([
    ['2026-11-23T02:09:32.000Z', '1 minute'],
    ['2026-11-23T02:07:33.000Z', '2 minutes'],
    ['2026-11-23T01:10:33.000Z', '59 minutes'],
    ['2026-11-23T01:09:33.000Z', '1 hour'],
    ['2026-11-22T02:10:33.000Z', '23 hours'],
    ['2026-11-22T02:09:33.000Z', '1 day'],
    ['2026-11-21T02:09:34.000Z', '1 day'],
    ['2026-11-21T02:09:33.000Z', '2 days'],
  ])('when a mirror is of %s, then it is %s behind', (date, span) => {
    const one = { suite: 'bookworm', url: 'http://a/', from: 'machine', date, outcome: 'ok', detail: null }
    const { notes } = answerTo(archiveEvidence({}, { asked: [one] }))
    expect(notes).toContain(`mirrors differ; the newest copy is used: bookworm: http://a/ is ${span} behind`)
  })

  test('when it is compared, then the suites of the release are named with their days', () => {
    const { notes } = answerTo(archiveEvidence({ trixie: [], 'bookworm-backports': [] }))
    expect(notes.slice(-2)).toEqual([
      'compared with bookworm of 2026-11-23, bookworm-updates of 2026-11-23, bookworm-security of 2026-11-23, bookworm-backports of 2026-11-23',
      'canary found',
    ])
  })
})
