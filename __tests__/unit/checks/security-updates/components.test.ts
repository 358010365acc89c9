import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import { compareVersions } from '../../../../src/debian/version.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import { isUpdate } from '../../../../src/model/finding/index.js'
import { aLayer, anImage } from '../../../support/builders.js'
import { type Fields, installed, stanza } from './apt/states.js'
import { archiveEvidence, type Packages, withIndexes } from './archive-evidence.js'

/** Every index of the release's own suites counts, whatever its component and whatever it was read for. */

const MODPROBE = 'nvidia-modprobe 535.161.07-1~deb12u1'
const FIXED = 'nvidia-modprobe 535.309.01-0+deb12u1'
const MIRROR = 'http://deb.debian.org/debian-security'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

const lines = (options = '') =>
  [
    `deb ${options}http://deb.debian.org/debian bookworm main`,
    `deb ${options}http://deb.debian.org/debian bookworm-updates main`,
    `deb ${options}${MIRROR} bookworm-security main`,
    '',
  ].join('\n')

function imageOf(packages: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const root = {
    'etc/os-release': 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n',
    'etc/apt/sources.list': lines(),
    'var/lib/dpkg/status': [installed('apt 2.6.1'), ...packages].join(''),
    ...files,
  }
  return anImage({ layers: [aLayer({ files: root })] })
}

/** contrib, read because no index of main has the package. */
const FOUND: Packages = {
  'bookworm/contrib amd64': [stanza(MODPROBE)],
  'bookworm-security/contrib amd64': [stanza(FIXED)],
}

function answered(evidence: Evidence, image = imageOf([installed(MODPROBE)])) {
  const answer = interpret(evidence, image)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  return answer
}

const problemOf = (evidence: Evidence, image = imageOf([installed(MODPROBE)])) => {
  const answer = interpret(evidence, image)
  return answer.state === 'unanswered' ? answer.problem : null
}

describe('when a package is from contrib, and the image has no source for contrib', () => {
  test('then its security update is found, with the source that apt lacks for it', () => {
    const { findings } = answered(withIndexes(archiveEvidence({}), { found: FOUND }))
    expect(findings).toMatchObject([
      {
        id: 'security-update',
        package: 'nvidia-modprobe',
        fixedVersion: '535.309.01-0+deb12u1',
        indexes: ['bookworm-security/contrib amd64'],
        asConfigured: null,
        aptSource: {
          ...{ uri: MIRROR, suite: 'bookworm-security', component: 'contrib' },
          ...{ signedBy: KEYRING, style: 'one-line' },
        },
      },
    ])
  })

  test('then an index that was requested with the suite counts in the same way', () => {
    const { findings } = answered(withIndexes(archiveEvidence({}), { named: FOUND }))
    expect(findings.map(({ id }) => id)).toEqual(['security-update'])
  })

  test('then it is no security update that pins hide, unless they hide it with that source too', () => {
    const evidence = withIndexes(archiveEvidence({}), { found: FOUND })
    const pinned = (text: string) =>
      answered(evidence, imageOf([installed(MODPROBE)], { 'etc/apt/preferences': text }))
    const ids = ({ findings }: ReturnType<typeof answered>) => findings.map(({ id }) => id)
    expect(ids(answered(evidence))).toEqual(['security-update'])
    const hiding = 'Package: *\nPin: release n=bookworm-security\nPin-Priority: 50\n'
    expect(ids(pinned(hiding))).toEqual(['security-update', 'hidden-security-updates'])
  })

  test('then the sources of the image count next to that one', () => {
    const files = { 'etc/apt/apt.conf': 'APT::Default-Release "bookworm";\n' }
    const evidence = withIndexes(archiveEvidence({}), { found: FOUND })
    const { findings } = answered(evidence, imageOf([installed(MODPROBE)], files))
    expect(findings.map(({ id }) => id)).toEqual(['security-update'])
  })

  test('then a hold is no reason to leave it out', () => {
    const onHold = installed(MODPROBE, { Status: 'hold ok installed' })
    const { findings } = answered(withIndexes(archiveEvidence({}), { found: FOUND }), imageOf([onHold]))
    expect(findings).toMatchObject([{ id: 'security-update', heldBack: { by: 'hold' } }])
  })
})

describe('the source that apt lacks', () => {
  const sourceFor = (files: Readonly<Record<string, string>>, evidence = archiveEvidence({})) => {
    const all = withIndexes(evidence, { found: FOUND })
    const { findings } = answered(all, imageOf([installed(MODPROBE)], files))
    return findings.filter((one) => isUpdate(one))[0]?.aptSource
  }
  const OWN = 'http://mirror.example/debian-security'
  const deb822 = (key: string) =>
    `Types: deb\nURIs: ${OWN}/\nSuites: bookworm-security\nComponents: main\n${key}`

  test.each([
    [
      'goes through the mirror of the image, with its key, as a stanza',
      { 'etc/apt/sources.list': '', 'etc/apt/sources.list.d/debian.sources': deb822('Signed-By: /k.gpg\n') },
      { uri: OWN, signedBy: '/k.gpg', style: 'deb822' },
    ],
    [
      'has fingerprints as the image has them',
      { 'etc/apt/sources.list': lines(`[signed-by=${'A'.repeat(40)},${'B'.repeat(40)}!] `) },
      { uri: MIRROR, signedBy: `${'A'.repeat(40)},${'B'.repeat(40)}!`, style: 'one-line' },
    ],
    [
      'never has a password',
      { 'etc/apt/sources.list': lines().replaceAll('//deb', '//me:secret@deb') },
      { uri: 'http://security.debian.org/debian-security', signedBy: KEYRING },
    ],
    [
      'avoids an address whose source has a whole key',
      {
        'etc/apt/sources.list': '',
        'etc/apt/sources.list.d/debian.sources': deb822(
          'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n',
        ).replace(OWN, 'http://security.debian.org/debian-security'),
      },
      { uri: MIRROR, signedBy: KEYRING },
    ],
    [
      'is not a snapshot',
      { 'etc/apt/sources.list': lines().replaceAll('-security b', '-security/20260101T000000Z b') },
      { uri: 'http://security.debian.org/debian-security' },
    ],
    [
      'is one of Debian’s own if the image has none',
      { 'etc/apt/sources.list': '' },
      { uri: 'http://security.debian.org/debian-security', signedBy: KEYRING, style: 'one-line' },
    ],
  ])('%s', (_, files, source) => {
    expect(sourceFor(files)).toMatchObject(source)
  })

  test('goes to the second address of the archive if the image excludes the first', () => {
    const whole = deb822('Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n')
      .replace(OWN, 'http://deb.debian.org/debian')
      .replace('bookworm-security', 'bookworm')
    const files = { 'etc/apt/sources.list': '', 'etc/apt/sources.list.d/debian.sources': whole }
    const found = { 'bookworm/contrib amd64': [stanza(FIXED)] }
    const { findings } = answered(
      withIndexes(archiveEvidence({}), { found }),
      imageOf([installed(MODPROBE)], files),
    )
    expect(findings.filter((one) => isUpdate(one))[0]?.aptSource).toMatchObject({
      ...{ uri: 'http://ftp.debian.org/debian', suite: 'bookworm', component: 'contrib' },
    })
  })

  test('is none if the image has it, by whichever name of the suite, or has no apt', () => {
    const named = { named: FOUND }
    const kept = { 'etc/apt/sources.list': lines().replaceAll(' main', ' main contrib') }
    const of = (files: Readonly<Record<string, string>>, status = [installed(MODPROBE)]) =>
      answered(withIndexes(archiveEvidence({}), named), imageOf(status, files)).findings.filter((one) =>
        isUpdate(one),
      )[0]
    expect(of(kept)).toMatchObject({ aptSource: null, asConfigured: '535.309.01-0+deb12u1' })
    const withoutApt = { 'var/lib/dpkg/status': installed(MODPROBE) }
    expect(of(withoutApt)).toMatchObject({ aptSource: null, hasApt: false })
  })
})

describe('when an index of a component could not be read', () => {
  const unread = [{ suite: 'bookworm-security', why: 'no answer' }]
  const evidence = () =>
    withIndexes(archiveEvidence({}, { elsewhere: { suites: [], unread } }), {
      found: { 'bookworm/contrib amd64': [stanza(MODPROBE)] },
    })

  test('then there is no answer for an image with a package from there', () => {
    expect(problemOf(evidence())).toMatchObject({
      code: 'archive-component-unread',
      what: 'nvidia-modprobe is from contrib, but the contrib index of bookworm-security could not be read: no answer',
      where: 'bookworm-security/contrib',
    })
  })

  test('then a package that names it in its Section is from there too', () => {
    const nothing = archiveEvidence({}, { elsewhere: { suites: [], unread } })
    const image = imageOf([installed('unrar 1', { Section: 'non-free/utils' })])
    expect(problemOf(nothing, image)).toMatchObject({ code: 'archive-component-unread' })
  })

  test.each([
    ['bookworm', true],
    ['bookworm-updates', true],
    ['bookworm-security', true],
    ['sid', false],
    ['bookworm-backports', false],
  ])('then it matters in a suite of the release: %s %s', (suite, matters) => {
    const of = archiveEvidence({}, { elsewhere: { suites: [], unread: [{ suite, why: 'no answer' }] } })
    const problem = problemOf(of, imageOf([installed('unrar 1', { Section: 'non-free/utils' })]))
    expect(problem?.where ?? null).toBe(matters ? `${suite}/non-free` : null)
  })

  test('then other packages have their answer', () => {
    const { findings } = answered(evidence(), imageOf([installed('acme 1', { Section: 'utils' })]))
    expect(findings.map(({ id }) => id)).toEqual(['no-security-support'])
  })
})

describe('when evidence has an index that cannot be used', () => {
  test.each([
    ['has no Version', 'Package: nvidia-modprobe\nArchitecture: amd64\n', 'no version field'],
    ['has no Architecture', 'Package: nvidia-modprobe\nVersion: 9\n', 'no architecture field'],
    ['has an empty Version', 'Package: nvidia-modprobe\nVersion:\nArchitecture: amd64\n', 'no version field'],
    ['has no Package', 'Version: 9\nArchitecture: amd64\n', 'no package field'],
    ['has a version of two words', 'Package: x\nVersion: 9 9\nArchitecture: amd64\n', 'contains spaces'],
    ['has a field twice', 'Package: x\nVersion: 9\nVersion: 8\nArchitecture: all\n', 'appears twice'],
  ])('because a stanza %s, then there is no answer, and the file is named', (_, text, why) => {
    const found = { ...FOUND, 'bookworm-updates/contrib amd64': [text] }
    const problem = problemOf(withIndexes(archiveEvidence({}), { found }))
    expect(problem?.code).toBe('archive-index-broken')
    expect(problem?.what).toContain(why)
    expect(problem?.where).toMatch(/^more-\d+\.txt:\d+$/)
  })

  test('because its component is none of Debian’s, then there is no answer', () => {
    const odd = { "bookworm/contrib';id amd64": [stanza(MODPROBE)] }
    expect(problemOf(withIndexes(archiveEvidence({}), { found: odd }))?.code).toBe('evidence-incomplete')
  })
})

describe('newer versions', () => {
  const newerNotes = (evidence: Evidence, image: ReturnType<typeof imageOf>) =>
    answered(evidence, image).notes.filter((note) => note.startsWith('newer versions'))

  test('when only another architecture has one, then a note says so', () => {
    const evidence = withIndexes(archiveEvidence({ bookworm: [stanza('bash 1')] }), {
      named: { 'bookworm-security/main i386': [stanza('bash 2', { Architecture: 'i386' })] },
    })
    expect(newerNotes(evidence, imageOf([installed('bash 1')]))).toEqual([
      'newer versions that are not updates: bash 2 in bookworm-security/main i386 (installed for amd64)',
    ])
  })

  const NAMES = ['bash', 'curl', 'perl']
  const name = fc.constantFrom(...NAMES)
  const version = fc.integer({ min: 1, max: 5 }).map(String)
  const architecture = fc.constantFrom('amd64', 'i386', 'all')
  const one = fc.record({ name, version, architecture, phased: fc.constantFrom('', '', '50') })
  const place = fc
    .tuple(
      fc.constantFrom('bookworm', 'bookworm-updates', 'bookworm-security'),
      fc.constantFrom('contrib', 'non-free', 'non-free-firmware'),
      fc.constantFrom('amd64', 'i386'),
    )
    .map(([suite, component, of]) => `${suite}/${component} ${of}`)
  const indexes = fc.dictionary(place, fc.array(one, { maxLength: 4 }), { maxKeys: 6 })
  const setting = fc.record({
    status: fc.uniqueArray(
      fc.record({ name, version, hold: fc.boolean(), architecture: fc.constantFrom('amd64', 'i386', 'all') }),
      { selector: ({ name: text }) => text, maxLength: 3 },
    ),
    named: indexes,
    found: indexes,
    apt: fc.constantFrom('2.2.4', '2.6.1'),
    pins: fc.constantFrom(
      '',
      'Package: *\nPin: release n=bookworm-security\nPin-Priority: -1\n',
      'Package: bash\nPin: version 1\nPin-Priority: 1001\n',
    ),
    isMachine: fc.boolean(),
  })

  type Index = readonly { name: string; version: string; architecture: string; phased: string }[]
  const textsOf = (all: Readonly<Record<string, Index>>): Packages =>
    Object.fromEntries(
      Object.entries(all).map(([where, stanzas]) => [
        where,
        stanzas.map(({ name: text, version: of, architecture: its, phased }) => {
          const more: Fields = phased === '' ? {} : { 'Phased-Update-Percentage': phased }
          return stanza(`${text} ${of}`, { Architecture: its, ...more })
        }),
      ]),
    )

  test('when worlds are made at random, then each is an update of that package or has its reason', () => {
    const counts = { update: 0, other: 0 }
    fc.assert(
      fc.property(setting, ({ status, named, found, apt, pins, isMachine }) => {
        const packages = status.map(({ name: text, version: of, architecture: its, hold }) =>
          installed(`${text} ${of}`, {
            Architecture: its,
            ...(hold ? { Status: 'hold ok installed' } : {}),
          }),
        )
        const image = imageOf([], {
          'var/lib/dpkg/status': [installed(`apt ${apt}`), ...packages].join(''),
          'var/lib/dpkg/arch': 'amd64\ni386\n',
          'etc/apt/preferences': pins,
          ...(isMachine ? { 'etc/machine-id': 'a'.repeat(32) } : {}),
        })
        const evidence = withIndexes(archiveEvidence({}), { named: textsOf(named), found: textsOf(found) })
        const { findings, notes } = answered(evidence, image)
        const updates = findings.filter((finding) => isUpdate(finding))
        const text = notes.find((note) => note.startsWith('newer versions')) ?? ''
        for (const [where, stanzas] of [...Object.entries(named), ...Object.entries(found)]) {
          for (const its of stanzas) {
            for (const mine of status.filter((two) => two.name === its.name)) {
              if (compareVersions(mine.version, its.version) >= 0) {
                continue
              }
              const update = updates.find(
                (two) => two.package === mine.name && two.architecture === mine.architecture,
              )
              if (update !== undefined) {
                counts.update++
                continue
              }
              const native = (of: string) => (of === 'all' ? 'amd64' : of)
              const isOther = native(its.architecture) !== native(mine.architecture)
              counts.other++
              expect([isOther, its.name, its.version, where]).toEqual([
                true,
                ...[its.name, its.version, where],
              ])
              expect(
                text.includes(`${its.name} ${its.version} in ${where} (`) || text.includes(' more'),
              ).toBe(true)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  })
})
