import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../../src/checks/security-updates/interpret.js'
import type { Evidence } from '../../../../../src/model/evidence.js'
import { isObstacle } from '../../../../../src/model/finding/index.js'
import { describe as describeFinding } from '../../../../../src/model/finding/kinds.js'
import { aLayer, anImage, someApplications } from '../../../../support/builders.js'
import { installed, stanza } from '../../../checks/security-updates/apt/states.js'
import { elsewhereEvidence as evidenceWith } from '../../../checks/security-updates/archive-evidence.js'

const APT = installed('apt 2.6.1')
const SOURCES = 'deb http://deb.debian.org/debian bookworm main\n'

function image(status: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const root = {
    'etc/os-release': 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n',
    'etc/apt/sources.list': SOURCES,
    'var/lib/dpkg/status': [APT, ...status].join(''),
    ...files,
  }
  return anImage({ layers: [aLayer({ files: root })] })
}

function answered(evidence: Evidence, of: ReturnType<typeof image>) {
  const answer = interpret(evidence, of)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  const findings = answer.findings.filter(({ id }) => id !== 'no-security-source')
  return { ...answer, findings, ids: findings.map(({ id, package: name }) => `${id} ${name}`) }
}

const DJANGO = installed('python3-django 5.2', { Source: 'python-django' })
const IN_SID = stanza('python3-django 5.2', { Source: 'python-django' })

describe('when a package is of another suite', () => {
  test.each([
    ['bookworm-proposed-updates', null, null],
    ['bookworm-backports', 'no-security-support', 'backports'],
    ['forky', 'no-security-support', 'testing'],
    ['sid', 'no-security-support', 'sid'],
    ['experimental', 'no-security-support', 'experimental'],
    ['trixie', 'other-release', null],
    ['trixie-security', 'other-release', null],
  ])('then one of %s is %s', (suite, id, origin) => {
    const { findings, foreign } = answered(evidenceWith({ [suite]: [IN_SID] }), image([DJANGO]))
    expect(findings.map((one) => one.id)).toEqual(id === null ? [] : [id])
    expect(foreign).toMatchObject(id === null ? [] : [{ name: 'python3-django', suite }])
    const [finding] = findings
    if (finding !== undefined) {
      expect(finding).toMatchObject({
        package: 'python-django',
        version: '5.2',
        fixedVersion: null,
        binaries: [{ name: 'python3-django', version: '5.2', architecture: 'amd64' }],
        why: expect.stringContaining(`python-django 5.2 is from ${suite}`),
        details: { suite, ...(origin === null ? { release: 'trixie' } : { origin }) },
      })
    }
  })

  test('then binaries of one source in one version are one finding', () => {
    const doc = installed('python-django-doc 5.2', { Source: 'python-django' })
    const inSid = stanza('python-django-doc 5.2', { Source: 'python-django' })
    const { findings } = answered(evidenceWith({ sid: [IN_SID, inSid] }), image([DJANGO, doc]))
    expect(findings.map(({ binaries }) => binaries.map(({ name }) => name))).toEqual([
      ['python-django-doc', 'python3-django'],
    ])
  })

  test('then in an image of testing that is reported once, of the image, and third parties are reported all the same', () => {
    const evidence = evidenceWith({ sid: [IN_SID] }, { suite: 'testing' })
    const { ids, foreign } = answered(evidence, image([DJANGO, installed('acme 1')]))
    expect(ids).toEqual(['testing-or-unstable null', 'no-security-support acme'])
    expect(foreign?.map(({ release }) => release)).toEqual(['sid', null])
  })
})

test('when only proposed-updates has a package, then nothing newer is known of it', () => {
  const proposed = evidenceWith({ 'bookworm-proposed-updates': [stanza('acme 1')] })
  const { offered, foreign } = answered(proposed, image([installed('acme 1')]))
  expect([offered?.map(({ name }) => name), foreign]).toEqual([['apt'], []])
})

describe('when a package is of another stable release, then it lacks the updates of that one', () => {
  const openssl = installed('libssl3t64 3.5', { Source: 'openssl' })
  const inTrixie = stanza('libssl3t64 3.5', { Source: 'openssl' })

  test('security', () => {
    const suites = {
      trixie: [inTrixie],
      'trixie-security': [stanza('libssl3t64 3.6', { Source: 'openssl' })],
    }
    const tracker = {
      openssl: {
        'CVE-2026-1001': {
          releases: {
            bookworm: { status: 'resolved', fixed_version: '3.0.1', urgency: 'low' },
            trixie: { status: 'resolved', fixed_version: '3.6', urgency: 'low' },
          },
        },
      },
    }
    const evidence = evidenceWith(suites)
    const documents = { ...evidence.documents, 'tracker.json': JSON.stringify(tracker) }
    const { findings, offered } = answered({ ...evidence, documents }, image([openssl]))
    expect(findings).toMatchObject([
      {
        id: 'security-update',
        package: 'libssl3t64',
        fixedVersion: '3.6',
        cves: ['CVE-2026-1001'],
        indexes: ['trixie-security/main amd64'],
      },
      { id: 'other-release', package: 'openssl' },
    ])
    expect(offered?.map(({ name }) => name)).toEqual(['apt', 'libssl3t64'])
  })

  test('of the image’s release and of its own the one that matters more is reported', () => {
    const old = installed('tzdata 1')
    const own = { bookworm: [stanza('tzdata 3')] }
    const suites = { trixie: [stanza('tzdata 1')], 'trixie-security': [stanza('tzdata 2')] }
    const { ids, findings } = answered(evidenceWith(suites, { own }), image([old]))
    expect(ids).toEqual(['security-update tzdata', 'other-release tzdata'])
    expect(findings[0]?.fixedVersion).toBe('2')
    const lower = answered(evidenceWith({ trixie: [stanza('tzdata 1')] }, { own }), image([old]))
    expect(lower.ids).toEqual(['ordinary-update tzdata', 'other-release tzdata'])
  })
})

describe('when a package is of another stable release, and the image’s own', () => {
  const UNRAR = [
    installed('unrar 6.2-1+b1', { Source: 'unrar-nonfree (6.2-1)' }),
    installed('libunrar5 6.2-1', { Source: 'unrar-nonfree' }),
  ]
  const OLD = [
    stanza('unrar 6.2-1+b1', { Source: 'unrar-nonfree (6.2-1)' }),
    stanza('libunrar5 6.2-1', { Source: 'unrar-nonfree' }),
  ]
  const left = (bookworm: readonly string[], more: Readonly<Record<string, unknown>> = {}) => {
    const evidence = evidenceWith({ trixie: OLD }, { own: { bookworm }, more })
    const found = answered(evidence, image(UNRAR)).findings.filter((one) => isObstacle(one, 'other-release'))
    expect(found).toHaveLength(1)
    return found[0]
  }

  test('has a higher version of one of its binaries, then that is the fix', () => {
    const found = left([stanza('unrar 7.1-1+b2', { Source: 'unrar-nonfree (7.1-1)' })])
    expect(found).toMatchObject({
      package: 'unrar-nonfree',
      version: '6.2-1',
      fixedVersion: '7.1-1',
      installable: true,
      details: { newer: ['unrar 7.1-1+b2'], release: 'trixie' },
    })
    expect(found?.why).toBe(
      "unrar-nonfree 6.2-1 is from trixie, so it is checked against trixie; the image's release has newer versions: unrar 7.1-1+b2 (bookworm)",
    )
  })

  test('has an update of a later version, then that is the fix', () => {
    const found = left([stanza('unrar 6.2-12+deb12u1', { Source: 'unrar-nonfree' })])
    expect(found?.fixedVersion).toBe('6.2-12+deb12u1')
  })

  test.each([
    ['none of them', []],
    ['a lower one', [stanza('unrar 6.1-1', { Source: 'unrar-nonfree' })]],
    ['its own update of the same version', [stanza('unrar 6.2-1+deb12u1', { Source: 'unrar-nonfree' })]],
    ['only one for another architecture', [stanza('unrar 7.1-1', { Architecture: 'i386' })]],
    ['only another package of the same source', [stanza('libunrar6 7.1-1', { Source: 'unrar-nonfree' })]],
  ])('has %s, then there is nothing to install', (_, bookworm) => {
    const found = left(bookworm)
    expect(found).toMatchObject({ fixedVersion: null, installable: null })
    expect(found?.details.newer).toBeNull()
    expect(found?.why).toBe('unrar-nonfree 6.2-1 is from trixie, so it is checked against trixie')
  })
})

describe('when a package is of sid, then what sid has newer is known and no finding', () => {
  const newer = stanza('python3-django 5.3', { Source: 'python-django' })
  const offered = (evidence: Evidence) => {
    const { beyond, offered: all, ids } = answered(evidence, image([DJANGO]))
    return [ids, beyond?.map(({ fixedVersion }) => fixedVersion), all?.map(({ name }) => name)]
  }

  test('of an index of today', () => {
    expect(offered(evidenceWith({ sid: [IN_SID, newer] }))).toEqual([
      ['no-security-support python-django'],
      ['5.3'],
      ['apt', 'python3-django'],
    ])
  })

  test('of an old one what it has not is not known', () => {
    const unread = [{ suite: 'sid', why: 'an old copy' }]
    const [, , all] = offered(evidenceWith({ sid: [IN_SID] }, { unread }))
    expect(all).toEqual(['apt'])
  })
})

describe('when no index has a package', () => {
  const whyOf = (fields: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) => {
    const { findings } = answered(evidenceWith({}), image([installed('acme 1', fields)], files))
    const unsupported = findings.filter((one) => isObstacle(one, 'no-security-support'))
    expect(unsupported).toEqual(findings)
    return unsupported.map(({ details: { origin, from, saysSo } }) => [origin, from, saysSo])
  }
  const LISTS = 'var/lib/apt/lists/'
  const lists = {
    [`${LISTS}repo.example.com_dists_stable_InRelease`]:
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nOrigin: Acme Repository\nLabel: x\nSuite: stable\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n',
    [`${LISTS}other.example.com_Release`]: 'Label: Other\nSuite: stable\n',
    [`${LISTS}broken.example.com_Release`]: ' not a field\n',
  }

  test.each([
    ['its Origin', { Origin: 'Acme', Maintainer: 'x <x@example.com>' }, {}, 'Acme', 'Origin'],
    [
      'its Maintainer',
      { Maintainer: 'NGINX Packaging <n@example.com>' },
      lists,
      'NGINX Packaging',
      'Maintainer',
    ],
    ['a Maintainer without a name', { Maintainer: '<n@example.com>' }, {}, '<n@example.com>', 'Maintainer'],
    ['apt’s lists', {}, lists, 'Acme Repository, Other', 'apt lists'],
    ['nothing', {}, {}, null, null],
  ])('then it is named by %s', (_, fields, files, from, namedIn) => {
    expect(whyOf(fields, files)).toEqual([['third-party', from, namedIn]])
  })

  test('then a file that is not one of apt’s lists names nobody', () => {
    expect(whyOf({}, { 'srv/x_InRelease': 'Origin: Nobody\n' })).toEqual([['third-party', null, null]])
  })

  test('then a list that is made to keep a pattern busy is read all the same', () => {
    const files = { [`${LISTS}x_Release`]: 'Hash:\n\n'.repeat(150_000) }
    expect(whyOf({}, files)).toEqual([['third-party', null, null]])
  })

  test('then two third parties are two findings', () => {
    const one = installed('acme 1', { Maintainer: 'A', Source: 'tools' })
    const two = installed('acme-more 1', { Maintainer: 'B', Source: 'tools' })
    const { findings } = answered(evidenceWith({}), image([one, two]))
    expect(findings).toMatchObject([{ details: { from: 'A' } }, { details: { from: 'B' } }])
  })

  test('then two versions, or two sources, of one third party are two findings', () => {
    const packages = ['acme 1', 'acme-more 2', 'other 1'].map((one) => {
      return installed(one, { Maintainer: 'A', Source: one.startsWith('acme') ? 'tools' : 'x' })
    })
    const { findings } = answered(evidenceWith({}), image(packages))
    expect(findings.map(({ package: name, version }) => [name, version])).toEqual([
      ['tools', '1'],
      ['tools', '2'],
      ['x', '1'],
    ])
    expect(findings[0]).toHaveProperty(
      'why',
      'tools 1 is not in any Debian index; its Maintainer field is A; no source of security updates is known for this package',
    )
  })

  test('then suites that could not be read are named, and the reason is in a note', () => {
    const unread = [
      { suite: 'sid', why: 'an old copy' },
      { suite: 'experimental', why: 'no answer' },
    ]
    const { findings, limits } = answered(evidenceWith({}, { unread }), image([installed('acme 1')]))
    expect(findings).toMatchObject([
      {
        id: 'no-security-support',
        why: expect.stringContaining('it is unknown whether sid or experimental contains this package'),
        details: { origin: 'unknown' },
      },
    ])
    expect(limits).toContain(
      'it is unknown which packages come from the current sid, experimental: an old copy',
    )
  })
})

test('when the evidence does not say what was read elsewhere, then there is no answer', () => {
  const answer = interpret(evidenceWith({}, { more: { elsewhere: undefined } }), image([installed('acme 1')]))
  expect(answer).toMatchObject({ state: 'unanswered', problem: { code: 'evidence-incomplete' } })
})

test('when the evidence names a suite and lacks its index, then there is no answer', () => {
  const { 'elsewhere-0.txt': _, ...documents } = evidenceWith({ sid: [IN_SID] }).documents
  const answer = interpret({ ...evidenceWith({ sid: [IN_SID] }), documents }, image([DJANGO]))
  expect(answer).toMatchObject({ state: 'unanswered', problem: { code: 'evidence-incomplete' } })
})

describe('a vendor’s package', () => {
  const status = [installed('nginx 1.20.1-1~bookworm'), installed('acme 1.0~bookworm')]
  const DEBIANS = [stanza('nginx 1.22.1-9+deb12u3'), stanza('acme 2.0')]
  const imageOf = (packages: readonly string[], hasPrograms: boolean) => {
    const one = image(packages)
    const layers = one.layers.map((layer) => ({
      ...layer,
      applications: someApplications(hasPrograms ? { hasPrograms } : {}),
    }))
    return { ...one, layers }
  }
  const of = (hasPrograms: boolean) => imageOf(status, hasPrograms)

  test('when Debian has a higher version of that name, then nobody is told to become Debian’s', () => {
    const { ids, findings, foreign, notes } = answered(
      evidenceWith({}, { own: { bookworm: DEBIANS } }),
      of(true),
    )
    expect(ids).toEqual(['ordinary-update acme', 'no-security-support nginx'])
    const [, nginx] = findings
    expect(nginx).toMatchObject({
      details: { vendor: 'nginx.org' },
      why: 'nginx 1.20.1-1~bookworm is not in any Debian index; the image has no information about where the package is from; it is a package of nginx.org',
    })
    expect(nginx && describeFinding(nginx).todo).toBe(
      'Update these packages from nginx.org, and accept them in a whitelist entry with the id no-security-support',
    )
    expect(foreign?.map(({ name, vendor }) => [name, vendor?.title])).toEqual([['nginx', 'nginx.org']])
    expect(notes.join('\n')).toContain(
      "newer versions that are not updates: nginx 1.22.1-9+deb12u3 in bookworm/main amd64 (1.20.1-1~bookworm is a vendor's package)",
    )
  })

  const TEN = [
    ['postgresql-15 15.4-1.pgdg120+1', 'postgresql-15 15.14-0+deb12u1'],
    ['mariadb-server 1:10.11.4+maria~deb12', 'mariadb-server 1:10.11.14-0+deb12u2'],
    ['nginx 1.20.1-1~bookworm', 'nginx 1.22.1-9+deb12u3'],
    ['nodejs 16.20.2-1nodesource1', 'nodejs 18.20.4+dfsg-1~deb12u1'],
    ['redis-server 5:7.0.1-1rl1', 'redis-server 5:7.0.15-1~deb12u5'],
    ['redis-tools 5:7.0.1-1rl1~bookworm1', 'redis-tools 5:7.0.15-1~deb12u5'],
    ['php8.2-cli 8.2.6-1+0~20230411.40+debian12~1.gbp2a7a3a', 'php8.2-cli 8.2.29-1~deb12u1'],
    // Debian may have had these: nothing decides.
    ['rabbitmq-server 3.9.10-1', 'rabbitmq-server 3.10.8-1.1+deb12u1'],
    ['erlang-base 1:24.3.3-1', 'erlang-base 1:25.2.3+dfsg-1+deb12u3'],
    ['haproxy 2.4.22-1', 'haproxy 2.6.12-1+deb12u2'],
  ] as const

  test.each(TEN)(
    'when it is %s, below %s, then it becomes Debian’s only where nothing decides',
    (own, debians) => {
      const [name = ''] = own.split(' ')
      const evidence = evidenceWith({}, { own: { bookworm: [], 'bookworm-security': [stanza(debians)] } })
      const isOpen = ['rabbitmq-server', 'erlang-base', 'haproxy'].includes(name)
      expect(answered(evidence, imageOf([installed(own)], true)).ids).toEqual([
        isOpen ? `security-update ${name}` : `no-security-support ${name}`,
      ])
      // One of Debian's that is as old is an update, whatever the vendors have.
      const old = debians.replace(/ (\d+:)?(\d+)\..*/, ' $1$2.0-1')
      expect(answered(evidence, imageOf([installed(old)], true)).ids).toEqual([`security-update ${name}`])
    },
  )

  test('when its version may be one that Debian had, then the finding says so', () => {
    const both = imageOf([installed('rabbitmq-server 3.12.4-1'), installed('haproxy 2.6.11-1')], true)
    const own = [stanza('rabbitmq-server 3.10.8-1.1'), stanza('haproxy 2.6.12-1+deb12u2')]
    const { ids, findings } = answered(
      evidenceWith({ sid: [stanza('rabbitmq-server 4.0.5-6')] }, { own: { bookworm: own } }),
      both,
    )
    expect(ids).toEqual(['ordinary-update haproxy', 'no-security-support rabbitmq-server'])
    expect(findings[1]).toMatchObject({
      why: 'rabbitmq-server 3.12.4-1 is not in any Debian index; the image has no information about where the package is from; it may be a package of RabbitMQ, or a version that Debian had earlier: its version does not show which',
    })
  })

  test('when the evidence is older than the search for programs, then both are old ones of Debian’s', () => {
    expect(answered(evidenceWith({}, { own: { bookworm: DEBIANS } }), of(false)).ids).toEqual([
      'ordinary-update acme',
      'ordinary-update nginx',
    ])
  })
})
